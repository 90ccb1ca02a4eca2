import {
  consistencyProof,
  inclusionProof,
  type Node,
  nodesOfConsistency,
  nodesOfInclusion,
  nodesOfRoot,
  type ReadNode,
  rootFrom,
  rootOf,
} from '@jishi/proof/tree';
import { LogDamaged, type Queryable } from './entries.ts';

/**
 * Hashes of the tree: leaves from the log, and the roots of full blocks of 256 leaves, of 256 such
 * blocks, and so on. Whatever lies between two stored levels is made of at most 128 hashes.
 */
const LEVELS_PER_ROW = 8;

/** Events under one stored root of the lowest level. */
export const BLOCK_EVENTS = 2 ** LEVELS_PER_ROW;

export interface Subtree {
  /** 1: over 256 leaves; 2: over 65 536; … */
  readonly level: number;
  readonly place: number;
  readonly root: Uint8Array;
}

/** What a binary subtree is as a stored one; null between the stored levels. */
export const storedLevelOf = (level: number): number | null =>
  level > 0 && level % LEVELS_PER_ROW === 0 ? level / LEVELS_PER_ROW : null;

const INSERT_SUBTREES = `
  insert into log_subtree (level, place, root)
  select * from unnest($1::int[], $2::bigint[], $3::bytea[]) on conflict do nothing`;
const CONTRADICTED = `
  select n.level, n.place::float8 as place
  from unnest($1::int[], $2::bigint[], $3::bytea[]) as n(level, place, root)
  join log_subtree t on t.level = n.level and t.place = n.place and t.root <> n.root`;

/** Keeps roots; one that is there with another hash means that the log was changed. */
export const keepSubtrees = async (db: Queryable, subtrees: readonly Subtree[]): Promise<void> => {
  if (subtrees.length === 0) return;
  const values = [
    subtrees.map((one) => one.level),
    subtrees.map((one) => one.place),
    subtrees.map((one) => one.root),
  ];
  await db.query(INSERT_SUBTREES, values);
  const { rows } = await db.query<{ level: number; place: number }>(CONTRADICTED, values);
  const [wrong] = rows;
  if (wrong) {
    const first = wrong.place * 2 ** (wrong.level * LEVELS_PER_ROW) + 1;
    throw new LogDamaged(first, `a block of events from ${first} on no longer gives its root`);
  }
};

/** A run of stored hashes: level 0 are leaves. */
interface Run {
  readonly level: number;
  readonly from: number;
  readonly to: number;
}

const runOf = ({ level, index }: Node): Run => {
  const width = 2 ** (level % LEVELS_PER_ROW);
  return {
    level: Math.floor(level / LEVELS_PER_ROW),
    from: index * width,
    to: (index + 1) * width,
  };
};

const READ_LEAVES = `
  select (l.seq - 1)::float8 as place, l.leaf as root
  from unnest($1::bigint[], $2::bigint[]) as r(a, b) join log l on l.seq > r.a and l.seq <= r.b`;
const READ_SUBTREES = `
  select t.level, t.place::float8 as place, t.root
  from unnest($1::int[], $2::bigint[], $3::bigint[]) as r(level, a, b)
  join log_subtree t on t.level = r.level and t.place >= r.a and t.place < r.b`;

type Held = Map<string, Uint8Array>;
const keyOf = (level: number, place: number): string => `${level}/${place}`;

const fetchRuns = async (db: Queryable, runs: readonly Run[]): Promise<Held> => {
  const held: Held = new Map();
  const leaves = runs.filter((run) => run.level === 0);
  const above = runs.filter((run) => run.level > 0);
  if (leaves.length > 0) {
    const values = [leaves.map((run) => run.from), leaves.map((run) => run.to)];
    const { rows } = await db.query<{ place: number; root: Buffer }>(READ_LEAVES, values);
    for (const { place, root } of rows) held.set(keyOf(0, place), root);
  }
  if (above.length > 0) {
    const { rows } = await db.query<{ level: number; place: number; root: Buffer }>(READ_SUBTREES, [
      above.map((run) => run.level),
      above.map((run) => run.from),
      above.map((run) => run.to),
    ]);
    for (const { level, place, root } of rows) held.set(keyOf(level, place), root);
  }
  return held;
};

const hashOfRun = (held: Held, { level, from, to }: Run): Uint8Array => {
  const hashes: Uint8Array[] = [];
  for (let place = from; place < to; place += 1) {
    const hash = held.get(keyOf(level, place));
    if (!hash) {
      throw new LogDamaged(
        place * 256 ** level + 1,
        `hash ${level}/${place} of the tree is missing`,
      );
    }
    hashes.push(hash);
  }
  return rootOf(hashes);
};

/** The asked-for subtrees of the stored tree, in two queries. */
export const fetchNodes = async (db: Queryable, nodes: readonly Node[]): Promise<ReadNode> => {
  const unique = new Map(nodes.map((node) => [keyOf(node.level, node.index), runOf(node)]));
  const held = await fetchRuns(db, [...unique.values()]);
  const hashes = new Map([...unique].map(([key, run]) => [key, hashOfRun(held, run)]));
  return (level, index) => {
    const hash = hashes.get(keyOf(level, index));
    if (!hash) throw new Error(`subtree ${level}/${index} was not asked for`);
    return hash;
  };
};

export const countBlocks = async (db: Queryable): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::float8 as count from log_subtree where level = 1',
  );
  return rows[0]?.count ?? 0;
};

/** The stored roots of full blocks from a place on, in order; fewer where the log ends. */
export const readBlockRoots = async (
  db: Queryable,
  place: number,
  count: number,
): Promise<Buffer[]> => {
  const { rows } = await db.query<{ root: Buffer }>(
    `select root from log_subtree where level = 1 and place >= $1 and place < $2 order by place`,
    [place, place + count],
  );
  return rows.map((row) => row.root);
};

/** The hashes that a frontier of that size goes on from. */
export const readFrontierHashes = async (db: Queryable, size: number): Promise<Uint8Array[]> => {
  const nodes = nodesOfRoot(size);
  const read = await fetchNodes(db, nodes);
  return nodes.map((node) => read(node.level, node.index));
};

export const readRoot = async (db: Queryable, size: number): Promise<Uint8Array> =>
  rootFrom(size, await fetchNodes(db, nodesOfRoot(size)));

/** Paths of events (by sequence) in the tree of that size, and its root. */
export const readInclusion = async (db: Queryable, seqs: readonly number[], size: number) => {
  const leaves = seqs.map((seq) => ({ level: 0, index: seq - 1 }));
  const paths = seqs.flatMap((seq) => nodesOfInclusion(seq - 1, size));
  const read = await fetchNodes(db, [...leaves, ...paths, ...nodesOfRoot(size)]);
  return {
    root: rootFrom(size, read),
    leaves: leaves.map(({ level, index }) => read(level, index)),
    paths: seqs.map((seq) => inclusionProof(seq - 1, size, read)),
  };
};

export const readConsistency = async (db: Queryable, first: number, second: number) => {
  const nodes = [nodesOfConsistency(first, second), nodesOfRoot(first), nodesOfRoot(second)];
  const read = await fetchNodes(db, nodes.flat());
  return {
    firstRoot: rootFrom(first, read),
    secondRoot: rootFrom(second, read),
    path: consistencyProof(first, second, read),
  };
};
