import { PRIME, type RowSpace, residue, times, type Vector } from './row-space.ts';
import type { ColumnsOf } from './whose.ts';

/** What a sum of few sellers is made of: a column, or some versions less others of the same. */
export interface Atom {
  readonly contracts: readonly string[];
  readonly sellers: readonly string[];
  readonly vector: Vector;
  /** Its value in two worlds. */
  readonly worlds: readonly [number, number];
}

/** So many ways to have the same contracts by other versions are compared. */
const COVERS_MAX = 8;

/** A well mixed residue: at random, and the same on any machine. */
const mixed = (column: number, world: number): number => {
  let bits = Math.imul(column + 1, 0x9e37_79b1) ^ Math.imul(world + 1, 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb_352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846c_a68b);
  return ((bits ^ (bits >>> 16)) >>> 0) % PRIME;
};

/**
 * Two worlds: each gives every column a value so that all known sums are nought, and is otherwise
 * made at random. A sum of columns is nought in both just where it follows from the known ones,
 * but for one chance in 2⁵².
 */
const worldsOf = (rows: RowSpace): ReadonlyMap<number, readonly [number, number]> => {
  const worlds = new Map<number, readonly [number, number]>();
  for (const { pivot, entries } of rows) {
    let [first, second] = [0, 0];
    for (const [column, value] of entries) {
      if (column === pivot) continue;
      const free = worlds.get(column) ?? [mixed(column, 0), mixed(column, 1)];
      worlds.set(column, free);
      first = residue(first - times(value, free[0]));
      second = residue(second - times(value, free[1]));
    }
    worlds.set(pivot, [first, second]);
  }
  return worlds;
};

type Cover = readonly Atom[];

/** The ways to have each of some contracts once, by columns that have no other. */
const coversOf = (
  contracts: readonly string[],
  columnsOf: ReadonlyMap<string, readonly Atom[]>,
): readonly Cover[] => {
  const [first] = contracts;
  if (first === undefined) return [[]];
  const covers: Cover[] = [];
  for (const one of columnsOf.get(first) ?? []) {
    if (!one.contracts.every((contract) => contracts.includes(contract))) continue;
    const rest = contracts.filter((contract) => !one.contracts.includes(contract));
    for (const cover of coversOf(rest, columnsOf)) {
      if (covers.length === COVERS_MAX) return covers;
      covers.push([one, ...cover]);
    }
  }
  return covers;
};

/** How often the later versions stand in a change, and how often the earlier. */
const CHANGE = [1, -1] as const;
/** Sums have some months twice. */
const CHANGES_TWICE = [[2, -1] as const, [1, -2] as const];

const changeOf = (
  [now, before]: readonly [Cover, Cover],
  times: readonly [number, number],
  contracts: readonly string[],
): Atom => {
  const vector = new Map<number, number>();
  let [first, second] = [0, 0];
  for (const [cover, factor] of [[now, times[0]] as const, [before, times[1]] as const]) {
    for (const one of cover) {
      for (const column of one.vector.keys()) vector.set(column, residue(factor));
      first += factor * one.worlds[0];
      second += factor * one.worlds[1];
    }
  }
  const sellers = [...new Set([...now, ...before].flatMap((one) => one.sellers))];
  return { contracts, sellers, vector, worlds: [residue(first), residue(second)] };
};

/** What is told of some contracts at two times, by columns that have nothing else. */
interface Change {
  readonly covers: readonly [Cover, Cover];
  readonly contracts: readonly string[];
}

const changesOf = (covers: readonly Cover[], contracts: readonly string[]): readonly Change[] =>
  covers.flatMap((before, i) =>
    covers
      .slice(i + 1)
      .filter((now) => !now.some((column) => before.includes(column)))
      .map((now) => ({ covers: [now, before] as const, contracts })),
  );

/** What sums are made of; whether there are so few that each may stand in them twice. */
interface Atoms {
  readonly atoms: readonly Atom[];
  readonly mayBeTwice: boolean;
}

/** The columns of fewer sellers than asked, and what some versions differ from others. */
export const atomsOf = (
  rows: RowSpace,
  { contractsOf, sellersOf }: ColumnsOf,
  below: number,
  twiceMax: number,
): Atoms => {
  const columns: Atom[] = [];
  const versionsOf = new Map<string, Atom[]>();
  const groups = new Map<string, readonly string[]>();
  for (const [column, worlds] of worldsOf(rows)) {
    const sellers = sellersOf(column);
    if (sellers.length >= below) continue;
    const contracts = contractsOf(column);
    const atom = { contracts, sellers, vector: new Map([[column, 1]]), worlds };
    columns.push(atom);
    if (contracts.length >= below) continue;
    groups.set([...contracts].sort().join(' '), contracts);
    for (const one of contracts) versionsOf.set(one, [...(versionsOf.get(one) ?? []), atom]);
  }
  const changes = [...groups.values()].flatMap((contracts) =>
    changesOf(coversOf(contracts, versionsOf), contracts),
  );
  const atoms = [
    ...changes.map(({ covers, contracts }) => changeOf(covers, CHANGE, contracts)),
    ...columns,
  ];
  if (atoms.length > twiceMax) return { atoms, mayBeTwice: false };
  const twice = changes.flatMap(({ covers, contracts }) =>
    CHANGES_TWICE.map((times) => changeOf(covers, times, contracts)),
  );
  return { atoms: [...atoms, ...twice], mayBeTwice: true };
};
