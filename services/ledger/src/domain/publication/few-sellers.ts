import { anchorsOf } from './anchors.ts';
import { type Atom, atomsOf } from './atoms.ts';
import { type Half, Halves } from './halves.ts';
import { PRIME, type RowSpace, reduced, residue, type Vector } from './row-space.ts';
import { smallnessOf } from './small-sums.ts';
import type { ColumnsOf, Few } from './whose.ts';

/** So many columns and changes are put together by four, at most: it costs by square. */
const ATOMS_MAX = 1_500;
/** Of so many each may stand twice, too. */
const TWICE_MAX = 80;
/** So many halves with an anchor are kept, at most. */
const HALVES_MAX = 500_000;

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

/** Stands for no atom. */
const NONE = ATOMS_MAX;

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

/** One half less another; null where an atom of both is cancelled: the rest is found by itself. */
const differenceOf = (half: Counted, other: Counted, below: number): Vector | null => {
  if (half.some(([atom, times]) => other.some(([same, by]) => same === atom && times === by)))
    return null;
  const sellers = new Set([...half, ...other].flatMap(([atom]) => atom.sellers));
  if (sellers.size >= below) return null;
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

/** Which pairs of atoms have few enough sellers together. */
const pairing = (atoms: readonly Atom[], below: number) => {
  const sizes = Uint8Array.from(atoms, ({ sellers }) => sellers.length);
  const numbers = new Map<string, number>();
  for (const one of atoms.flatMap(({ sellers }) => sellers)) {
    if (!numbers.has(one)) numbers.set(one, numbers.size);
  }
  const bits = Int32Array.from(atoms, ({ sellers }) =>
    sellers.reduce((all, one) => all | (1 << ((numbers.get(one) ?? 0) % 32)), 0),
  );
  return (i: number, j: number): boolean => {
    const together = (sizes[i] ?? 0) + (sizes[j] ?? 0);
    if (together < below || ((bits[i] ?? 0) & (bits[j] ?? 0)) === 0) return together < below;
    const others = atoms[j]?.sellers ?? [];
    const shared = atoms[i]?.sellers.filter((one) => others.includes(one)) ?? [];
    return together - shared.length < below;
  };
};

/** The residue of a sum of a few residues. */
const within = (value: number): number => {
  let rest = value;
  while (rest < 0) rest += PRIME;
  while (rest >= PRIME) rest -= PRIME;
  return rest;
};

type Place = (code: number, first: number, second: number) => void;

/** All halves of up to two atoms of which the first is one of the first so many. */
const halvesOf = (atoms: readonly Atom[], below: number, mayBeTwice: boolean) => {
  const [firsts, seconds] = [0, 1].map((world) =>
    Int32Array.from(atoms, ({ worlds }) => worlds[world as 0 | 1]),
  ) as [Int32Array, Int32Array];
  const times = TIMES.slice(0, mayBeTwice ? TIMES.length : 2);
  const mayPair = pairing(atoms, below);
  const isKnown = (i: number): boolean => firsts[i] === 0 && seconds[i] === 0;
  const each = (upTo: number, place: Place): void => {
    for (let i = 0; i < upTo; i += 1) {
      const [a, b] = [firsts[i] ?? 0, seconds[i] ?? 0];
      place(codeOf(i, NONE, 0), a, b);
      for (let j = i + 1; j < atoms.length; j += 1) {
        // What is known by itself says nothing more beside another.
        if (isKnown(i) || isKnown(j) || !mayPair(i, j)) continue;
        const [c, d] = [firsts[j] ?? 0, seconds[j] ?? 0];
        for (let t = 0; t < times.length; t += 1) {
          const [one, other] = times[t] ?? TIMES[0];
          place(codeOf(i, j, t), within(one * a + other * c), within(one * b + other * d));
        }
      }
    }
  };
  return { each, most: 1 + times.length * atoms.length };
};

/** The atoms with an anchor first, and how many these are. */
const inOrder = (atoms: readonly Atom[], anchors: ReadonlySet<number>) => {
  const hasAnchor = ({ vector }: Atom): boolean => {
    for (const column of vector.keys()) if (anchors.has(column)) return true;
    return false;
  };
  const first = atoms.filter(hasAnchor);
  const others = atoms.filter((atom) => !hasAnchor(atom));
  return { atoms: [...first, ...others].slice(0, ATOMS_MAX), anchored: first.length };
};

/**
 * Sums over fewer sellers than asked that follow from what a view has learned, of up to four
 * columns or changes, once or twice: the halves of such a sum are equal in both worlds ("meet in
 * the middle"), and one of them has an anchor. Beyond the bounds the last are not looked at.
 */
export const fewSellerSums = (
  before: RowSpace,
  after: RowSpace,
  columns: ColumnsOf,
  { below, most }: Pick<Few, 'below' | 'most'>,
): readonly Vector[] => {
  const { isSmall } = smallnessOf(columns.sellersOf, most);
  const anchors = anchorsOf(before, after, isSmall);
  if (anchors.size === 0) return [];
  const rows = after.filter(({ pivot }) => isSmall(pivot));
  const { atoms: made, mayBeTwice } = atomsOf(rows, columns, below, TWICE_MAX);
  const { atoms, anchored } = inOrder(made, anchors);
  if (anchored === 0) return [];
  const { each, most: ofEach } = halvesOf(atoms, below, mayBeTwice);
  const kept = Math.min(anchored, Math.floor(HALVES_MAX / ofEach) + 1);
  const halves = new Halves(kept * ofEach);
  each(kept, (code, first, second) => halves.keep(code, first, second));
  const found: Vector[] = [];
  const look: Place = (code, first, second) => {
    for (const equal of halves.equalTo(first, second)) {
      const asked = atomsIn(atoms, { code, sign: 1 });
      const vector = differenceOf(asked, atomsIn(atoms, equal), below);
      if (vector && reduced(rows, vector).size === 0) found.push(vector);
    }
  };
  look(codeOf(NONE, NONE, 0), 0, 0);
  each(atoms.length, look);
  return found;
};
