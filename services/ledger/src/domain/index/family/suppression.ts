import type { Arc, ArcClass, SuppressionTable } from './suppression-table.ts';

/** More than any amount: a hidden cell has no upper limit of its own. */
const UNBOUNDED = 10n ** 40n;

interface Edge {
  readonly to: number;
  room: bigint;
  readonly back: number;
}

/** What hidden cells other than one could still take (forward) or give (backward). */
const residual = (table: SuppressionTable, hidden: ReadonlySet<string>, left: Arc): Edge[][] => {
  const edges: Edge[][] = Array.from({ length: table.nodes }, () => []);
  for (const arc of table.arcs) {
    if (arc === left || !hidden.has(arc.code)) continue;
    const out = edges[arc.from] ?? [];
    const back = edges[arc.to] ?? [];
    out.push({ to: arc.to, room: UNBOUNDED, back: back.length });
    back.push({ to: arc.from, room: arc.value, back: out.length - 1 });
  }
  return edges;
};

/** The shortest way with room from one node to another, as edges; null: there is none. */
const findWay = (edges: Edge[][], from: number, to: number): Edge[] | null => {
  const reachedBy = new Map<number, { edge: Edge; before: number }>();
  const queue = [from];
  for (const node of queue) {
    for (const edge of edges[node] ?? []) {
      if (edge.room === 0n || edge.to === from || reachedBy.has(edge.to)) continue;
      reachedBy.set(edge.to, { edge, before: node });
      queue.push(edge.to);
    }
  }
  const way: Edge[] = [];
  for (let node = to; node !== from; ) {
    const reached = reachedBy.get(node);
    if (!reached) return null;
    way.push(reached.edge);
    node = reached.before;
  }
  return way;
};

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The greatest flow between two nodes, no further than a limit; stops at it. */
const flowUpTo = (edges: Edge[][], from: number, to: number, limit: bigint): bigint => {
  let flow = 0n;
  while (flow < limit) {
    const way = findWay(edges, from, to);
    if (!way) return flow;
    const room = way.reduce((least, { room: own }) => smaller(own, least), limit - flow);
    for (const edge of way) {
      edge.room -= room;
      const back = edges[edge.to]?.[edge.back];
      if (back) back.room += room;
    }
    flow += room;
  }
  return flow;
};

/** How far an attacker must leave a hidden cell free: up and down from its true value. */
export interface Freedom {
  readonly up: bigint;
  readonly down: bigint;
}

/**
 * How far a hidden cell's value can lie above and below the true one, given every published cell,
 * all sums and that nothing is negative; each told no further than `limit`. The true values are
 * one solution, and any other differs from it by a flow around the hidden cells.
 */
export const freedomOf = (
  table: SuppressionTable,
  hidden: ReadonlySet<string>,
  arc: Arc,
  limit: bigint,
): Freedom => {
  const up = flowUpTo(residual(table, hidden, arc), arc.to, arc.from, limit);
  const give = smaller(arc.value, limit);
  const down = flowUpTo(residual(table, hidden, arc), arc.from, arc.to, give);
  return { up, down };
};

/** Safe if the feasible interval holds [(1 − p)·x, (1 + p)·x] (B12-20). */
const isSafe = (
  table: SuppressionTable,
  hidden: ReadonlySet<string>,
  arc: Arc,
  percent: bigint,
): boolean => {
  const needed = (arc.value * percent + 99n) / 100n;
  const { up, down } = freedomOf(table, hidden, arc, needed);
  return up >= needed && down >= needed;
};

const RANK: Readonly<Record<ArcClass, number>> = { interior: 0, margin: 1, grand: 2 };

/** Interior before margins before the total; in the same row or column first; then the smallest. */
const nextToHide = (
  { arcs }: SuppressionTable,
  hidden: ReadonlySet<string>,
  unsafe: Arc,
): Arc | null => {
  const isAside = ({ row, column }: Arc): boolean => row === unsafe.row || column === unsafe.column;
  let best: Arc | null = null;
  const isBefore = (a: Arc, b: Arc): boolean => {
    if (RANK[a.kind] !== RANK[b.kind]) return RANK[a.kind] < RANK[b.kind];
    if (isAside(a) !== isAside(b)) return isAside(a);
    return a.value < b.value;
  };
  for (const arc of arcs) {
    if (arc.value === 0n || hidden.has(arc.code)) continue;
    if (best === null || isBefore(arc, best)) best = arc;
  }
  return best;
};

/**
 * Secondary suppression 次级隐藏: hides further cells until no hidden one is known within ± p %.
 * Cells of zero are published as zero. The attacker knows the published cells, the sums and that
 * nothing is negative. Gives every hidden code, primary ones included.
 */
export const suppress = (
  table: SuppressionTable,
  primary: ReadonlySet<string>,
  percent: bigint,
): ReadonlySet<string> => {
  const isHidden = (arc: Arc): boolean => primary.has(arc.code) && arc.value > 0n;
  const hidden = new Set(table.arcs.filter(isHidden).map(({ code }) => code));
  // Each turn hides one more cell, so there are no more turns than cells.
  for (let turn = 0; turn < table.arcs.length; turn += 1) {
    const unsafe = table.arcs.find(
      (arc) => hidden.has(arc.code) && !isSafe(table, hidden, arc, percent),
    );
    const next = unsafe && nextToHide(table, hidden, unsafe);
    if (!next) return hidden;
    hidden.add(next.code);
  }
  return hidden;
};
