import { type Atom, atomsOf, type ContractsOf } from './atoms.ts';
import { type Half, Halves } from './halves.ts';
import { type RowSpace, reduced, residue, type Vector } from './row-space.ts';

/** Where sums of few contracts are looked for: of fewer than so many, and whose an unknown is. */
export interface Few {
  readonly below: number;
  readonly contractOf: (unknown: number) => string;
}

/** So many columns and changes are put together by four, at most: it costs by square. */
const ATOMS_MAX = 500;
/** Of so many each may stand twice, too. */
const TWICE_MAX = 80;

/** How often the two atoms of a half stand in it: the first two of many, all of a few. */
const TIMES = [
  [1, 1],
  [1, -1],
  [1, 2],
  [1, -2],
  [2, 1],
  [2, -1],
] as const;

/** The atoms of a half, one or two or none, and how often each. */
type Counted = readonly (readonly [Atom, number])[];

const codeOf = (one: number, other: number, times: number): number =>
  (one * (ATOMS_MAX + 1) + other) * TIMES.length + times;

const atomsIn = (atoms: readonly Atom[], { code, sign }: Half): Counted => {
  const pair = Math.floor(code / TIMES.length);
  const one = atoms[Math.floor(pair / (ATOMS_MAX + 1))];
  const other = atoms[pair % (ATOMS_MAX + 1)];
  const [ofOne, ofOther] = TIMES[code % TIMES.length] ?? TIMES[0];
  return [
    ...(one ? [[one, sign * ofOne] as const] : []),
    ...(other ? [[other, sign * ofOther] as const] : []),
  ];
};
/** Stands for no atom. */
const NONE = ATOMS_MAX;

/** One half less another; null where an atom of both is cancelled: the rest is found by itself. */
const differenceOf = (half: Counted, other: Counted, below: number): Vector | null => {
  if (half.some(([atom, times]) => other.some(([same, by]) => same === atom && times === by)))
    return null;
  const contracts = new Set([...half, ...other].flatMap(([atom]) => atom.contracts));
  if (contracts.size >= below) return null;
  const sum = new Map<number, number>();
  const add = ([{ vector }, times]: Counted[number], side: 1 | -1): void => {
    for (const [column, value] of vector) {
      const rest = residue((sum.get(column) ?? 0) + side * times * value);
      if (rest === 0) sum.delete(column);
      else sum.set(column, rest);
    }
  };
  for (const one of half) add(one, 1);
  for (const one of other) add(one, -1);
  return sum.size === 0 ? null : sum;
};

/** Which pairs of atoms have few enough contracts together. */
const pairing = (atoms: readonly Atom[], below: number) => {
  const sizes = Uint8Array.from(atoms, ({ contracts }) => contracts.length);
  const numbers = new Map<string, number>();
  for (const one of atoms.flatMap(({ contracts }) => contracts)) {
    if (!numbers.has(one)) numbers.set(one, numbers.size);
  }
  const bits = Int32Array.from(atoms, ({ contracts }) =>
    contracts.reduce((all, one) => all | (1 << ((numbers.get(one) ?? 0) % 32)), 0),
  );
  return (i: number, j: number): boolean => {
    const together = (sizes[i] ?? 0) + (sizes[j] ?? 0);
    if (together < below || ((bits[i] ?? 0) & (bits[j] ?? 0)) === 0) return together < below;
    const others = atoms[j]?.contracts ?? [];
    const shared = atoms[i]?.contracts.filter((one) => others.includes(one)) ?? [];
    return together - shared.length < below;
  };
};

/**
 * Sums over fewer contracts than asked that follow from the known ones, of up to four columns or
 * changes, once or twice: halves of such a sum are equal in both worlds ("meet in the middle").
 * Beyond so many columns the last are not looked at.
 */
export const fewContractSums = (
  rows: RowSpace,
  contractsOf: ContractsOf,
  below: number,
): readonly Vector[] => {
  const made = atomsOf(rows, contractsOf, below, TWICE_MAX);
  const atoms = made.atoms.slice(0, ATOMS_MAX);
  const times = TIMES.slice(0, made.mayBeTwice ? TIMES.length : 2);
  const halves = new Halves(1 + (times.length / 2) * atoms.length ** 2 + atoms.length);
  const found: Vector[] = [];
  const place = (code: number, first: number, second: number): void => {
    const [half, ...equal] = halves.place(code, first, second);
    if (!half) return;
    for (const other of equal) {
      const vector = differenceOf(atomsIn(atoms, half), atomsIn(atoms, other), below);
      if (vector && reduced(rows, vector).size === 0) found.push(vector);
    }
  };
  const [firsts, seconds] = [0, 1].map((world) =>
    Int32Array.from(atoms, ({ worlds }) => worlds[world as 0 | 1]),
  ) as [Int32Array, Int32Array];
  const mayPair = pairing(atoms, below);
  const isKnown = (i: number): boolean => firsts[i] === 0 && seconds[i] === 0;
  place(codeOf(NONE, NONE, 0), 0, 0);
  for (let i = 0; i < atoms.length; i += 1) {
    const [a, b] = [firsts[i] ?? 0, seconds[i] ?? 0];
    place(codeOf(i, NONE, 0), a, b);
    for (let j = i + 1; j < atoms.length; j += 1) {
      // What is known by itself says nothing more beside another.
      if (isKnown(i) || isKnown(j) || !mayPair(i, j)) continue;
      const [c, d] = [firsts[j] ?? 0, seconds[j] ?? 0];
      for (let t = 0; t < times.length; t += 1) {
        const [one, other] = times[t] ?? TIMES[0];
        place(codeOf(i, j, t), residue(one * a + other * c), residue(one * b + other * d));
      }
    }
  }
  return found;
};
