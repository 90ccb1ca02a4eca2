import { type Few, fewContractSums } from './few-contracts.ts';
import {
  learn,
  type RowSpace,
  reduced,
  type SolvedRow,
  solvedColumns,
  type Vector,
} from './row-space.ts';
import { seeing, type Views, viewsOf } from './small-sums.ts';

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
  /** Where sums of up to so many unknowns are looked for among combinations of several rows. */
  readonly search?: Search;
}

interface Search {
  readonly most: number;
  readonly views: Views;
  /** Where sums of few contracts are looked for without gaps. */
  readonly few: Few | null;
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

/** From now on sums of up to so many unknowns are looked for among several rows at once, too. */
export const searching = (
  equations: Equations,
  most: number,
  few: Few | null = null,
): Equations => ({
  ...equations,
  search: { most, few, views: viewsOf(equations.space, weightOf(equations), most) },
});

interface Refined {
  readonly equations: Equations;
  readonly vector: Vector;
}

/** Parts the columns until the sum has each of them whole, or not at all. */
const refined = ({ columns, members, space, search }: Equations, sum: Sum): Refined => {
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
  return { equations: isOld ? searching(equations, search.most, search.few) : equations, vector };
};

export interface Told {
  readonly equations: Equations;
  /** Sums that can be read now and could not before: their unknowns, by column. */
  readonly solved: readonly (readonly (readonly number[])[])[];
}

/** Sums of few contracts, from the rows of a view that have none but small columns. */
const fewIn = (
  [view]: Views,
  { few, most }: Search,
  members: Equations['members'],
): readonly Vector[] => {
  if (!few || !view) return [];
  const small = (column: number): readonly number[] => members[column] ?? [];
  const rows = view.filter(({ pivot }) => small(pivot).length <= most);
  const contractsOf = (column: number): readonly string[] => [
    ...new Set(small(column).map(few.contractOf)),
  ];
  return fewContractSums(rows, contractsOf, few.below);
};

/** Adds a sum. What it says itself is not among what is solved: that is judged before. */
export const told = (before: Equations, sum: Sum): Told => {
  const { equations, vector } = refined(before, sum);
  const { members, search } = equations;
  const weight = weightOf(equations);
  const learned = learn(equations.space, vector, weight);
  if (!learned) return { equations, solved: [] };
  const isItself = (columns: readonly number[]): boolean =>
    columns.length === vector.size && columns.every((column) => vector.has(column));
  const seen = search && seeing(search.views, equations.space, learned, weight, search.most);
  const few =
    search && seen && seen.views !== search.views ? fewIn(seen.views, search, members) : [];
  const isNew = (one: Vector): boolean => reduced(equations.space, one).size > 0;
  const small = [...(seen?.sums ?? []), ...few.filter(isNew)].map((one) => [...one.keys()]);
  const solved = [...solvedColumns(learned), ...small]
    .filter((columns) => !isItself(columns))
    .map((columns) => columns.map((column) => members[column] ?? []));
  return {
    equations: {
      ...equations,
      space: learned.space,
      ...(search && seen ? { search: { ...search, views: seen.views } } : {}),
    },
    solved,
  };
};
