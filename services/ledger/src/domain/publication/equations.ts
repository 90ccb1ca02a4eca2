import { atOnce, type Steps } from '../steps.ts';
import { fewSellerSums } from './few-sellers.ts';
import {
  type Learned,
  learn,
  type RowSpace,
  reduced,
  type SolvedRow,
  solvedColumns,
  type Vector,
} from './row-space.ts';
import { seeing, smallnessOf, type Views, viewsOf } from './small-sums.ts';
import { columnsOf, type Few } from './whose.ts';

/** A sum that somebody can read: how often each unknown stands in it; no zeros. */
export type Sum = ReadonlyMap<number, number>;

/**
 * What a reader of some sums can solve for. Unknowns that stand in exactly the same sums are one
 * column, for nobody can tell them apart. A state is never changed: what was tried is dropped.
 */
export interface Equations {
  /** By unknown: its column; 0, or none, stands in no sum yet. */
  readonly columns: Int32Array;
  /** By column: its unknowns. */
  readonly members: readonly (readonly number[])[];
  readonly space: RowSpace;
  /** Where small sums are looked for among combinations of several rows. */
  readonly search?: Search;
}

interface Search {
  readonly few: Few;
  readonly views: Views;
}

export const NO_EQUATIONS: Equations = {
  columns: new Int32Array(0),
  members: [[]],
  space: [],
};

interface Group {
  readonly column: number;
  readonly times: number;
  readonly unknowns: number[];
}

const TIMES_MAX = 8;

/** The unknowns of a sum, by column and how often they stand in it. */
const groupsOf = (sum: Sum, columns: Int32Array): Iterable<Group> => {
  const groups = new Map<number, Group>();
  for (const [unknown, times] of sum) {
    const column = columns[unknown] ?? 0;
    const key = column * 2 * TIMES_MAX + times + TIMES_MAX;
    const group = groups.get(key);
    if (group) group.unknowns.push(unknown);
    else groups.set(key, { column, times, unknowns: [unknown] });
  }
  return groups.values();
};

type Parted = ReadonlyMap<number, readonly number[]>;

/** A column that was parted: every row has both parts as often as it had the whole. */
const withParted = (space: RowSpace, parted: Parted): RowSpace =>
  parted.size === 0
    ? space
    : space.map((row): SolvedRow => {
        const { pivot, entries } = row;
        const common =
          entries.size < parted.size
            ? [...entries.keys()].filter((column) => parted.has(column))
            : [...parted.keys()].filter((column) => entries.has(column));
        if (common.length === 0) return row;
        const wider = new Map(entries);
        for (const column of common) {
          for (const part of parted.get(column) ?? []) wider.set(part, entries.get(column) ?? 0);
        }
        return { pivot, entries: wider };
      });

/** A copy that has a place for each unknown of a sum. */
const withPlaces = (columns: Int32Array, sum: Sum): Int32Array => {
  let last = columns.length - 1;
  for (const unknown of sum.keys()) if (unknown > last) last = unknown;
  const copy = new Int32Array(last + 1);
  copy.set(columns);
  return copy;
};

const weightOf =
  ({ members }: Equations) =>
  (column: number): number =>
    members[column]?.length ?? 0;

/** From now on sums of few sellers are looked for among several rows at once, too. */
export function* searchingSteps(equations: Equations, few: Few): Steps<Equations> {
  const { sellersOf } = columnsOf(equations.members, few);
  const views = yield* viewsOf(equations.space, smallnessOf(sellersOf, few.most));
  return { ...equations, search: { few, views } };
}

export const searching = (equations: Equations, few: Few): Equations =>
  atOnce(searchingSteps(equations, few));

interface Refined {
  readonly equations: Equations;
  readonly vector: Vector;
}

/** Parts the columns until the sum has each of them whole, or not at all. */
function* refined({ columns, members, space, search }: Equations, sum: Sum): Steps<Refined> {
  const newColumns = withPlaces(columns, sum);
  const newMembers = [...members];
  const parted = new Map<number, number[]>();
  const vector = new Map<number, number>();
  for (const { column, times, unknowns } of groupsOf(sum, columns)) {
    if (column !== 0 && newMembers[column]?.length === unknowns.length) {
      vector.set(column, times);
      continue;
    }
    const part = newMembers.length;
    newMembers.push(unknowns);
    for (const unknown of unknowns) newColumns[unknown] = part;
    vector.set(part, times);
    if (column === 0) continue;
    const left = new Set(unknowns);
    newMembers[column] = (newMembers[column] ?? []).filter((unknown) => !left.has(unknown));
    parted.set(column, [...(parted.get(column) ?? []), part]);
  }
  const equations = {
    ...{ columns: newColumns, members: newMembers, space: withParted(space, parted) },
    ...(search ? { search } : {}),
  };
  // A column's rest may be tiny: kept, all views would stand on the same small columns.
  const isOld = search && parted.size > 0;
  return { equations: isOld ? yield* searchingSteps(equations, search.few) : equations, vector };
}

export interface Told {
  readonly equations: Equations;
  /** Sums that can be read now and could not before: their unknowns, by column. */
  readonly solved: readonly (readonly (readonly number[])[])[];
}

/** Light sums that follow from what has been learned, and did not before. */
function* smallSums(
  { members, space, search }: Equations,
  learned: Learned,
): Steps<{ readonly sums: readonly Vector[]; readonly search?: Search }> {
  if (!search) return { sums: [] };
  const { few, views } = search;
  const columns = columnsOf(members, few);
  const seen = yield* seeing(views, space, learned, smallnessOf(columns.sellersOf, few.most));
  const [before, after] = [views[0], seen.views[0]];
  const sums = before && after ? fewSellerSums(before, after, columns, few) : [];
  const fresh = sums.filter((one) => reduced(space, one).size > 0);
  return { sums: [...seen.sums, ...fresh], search: { few, views: seen.views } };
}

/** Adds a sum. What it says itself is not among what is solved: that is judged before. */
export function* toldSteps(before: Equations, sum: Sum): Steps<Told> {
  const { equations, vector } = yield* refined(before, sum);
  const { members } = equations;
  const learned = learn(equations.space, vector, weightOf(equations));
  if (!learned) return { equations, solved: [] };
  const isItself = (columns: readonly number[]): boolean =>
    columns.length === vector.size && columns.every((column) => vector.has(column));
  const { sums, search } = yield* smallSums(equations, learned);
  const solved = [...solvedColumns(learned), ...sums.map((one) => [...one.keys()])]
    .filter((columns) => !isItself(columns))
    .map((columns) => columns.map((column) => members[column] ?? []));
  return {
    equations: { ...equations, space: learned.space, ...(search ? { search } : {}) },
    solved,
  };
}

export const told = (before: Equations, sum: Sum): Told => atOnce(toldSteps(before, sum));
