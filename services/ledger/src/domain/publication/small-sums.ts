import type { Steps } from '../steps.ts';
import {
  type Learned,
  learn,
  lightVectors,
  type RowSpace,
  reduced,
  spanOf,
  spread,
  type Vector,
  type Weight,
} from './row-space.ts';
import type { ColumnsOf } from './whose.ts';

/** So many bases are looked at: the search is bounded, not complete. */
const VIEWS = 12;
const FIRST_SALT = 7_919;

/** What is small: a column, and a sum of columns. */
export interface Smallness {
  readonly isSmall: (column: number) => boolean;
  readonly isLight: (vector: Vector) => boolean;
}

/** By whose columns are: sums of up to so many sellers are light. */
export const smallnessOf = (sellersOf: ColumnsOf['sellersOf'], most: number): Smallness => ({
  isSmall: (column) => sellersOf(column).length <= most,
  isLight: (vector) => {
    const sellers = new Set<string>();
    for (const column of vector.keys()) {
      for (const seller of sellersOf(column)) sellers.add(seller);
      if (sellers.size > most) return false;
    }
    return true;
  },
});

/**
 * One space in reduced form by several choices of columns, so that a light sum stands as a row, or
 * a difference of two, in one of the forms (Lee and Brickell's search for light words of a code).
 */
export type Views = readonly RowSpace[];

/**
 * The rows that sums over small columns are combinations of: those of small pivots. They may have
 * heavy columns, too, that cancel each other: in a view these are pivots first. Such rows are kept,
 * for with what is learned later they may give a small sum.
 */
const smallPart = (space: RowSpace, { isSmall }: Smallness): readonly Vector[] =>
  space.filter(({ pivot }) => isSmall(pivot)).map(({ entries }) => entries);

/** Heavy columns first, for no light sum has one; the others in an order of the view's own. */
const weightIn = (view: number, { isSmall }: Smallness): Weight => {
  const salt = FIRST_SALT + 2 * view;
  return (column) => spread(column, salt) + (isSmall(column) ? 0 : HEAVY);
};
/** More than any residue. */
const HEAVY = 2 ** 40;

export function* viewsOf(space: RowSpace, smallness: Smallness): Steps<Views> {
  const rows = smallPart(space, smallness);
  const views: RowSpace[] = [];
  for (let view = 0; view < VIEWS; view += 1) {
    views.push(spanOf(rows, weightIn(view, smallness)));
    yield;
  }
  return views;
}

export interface Seen {
  readonly views: Views;
  /** Light sums that follow now and did not before. */
  readonly sums: readonly Vector[];
}

/**
 * The views with what has been learned, which is one sum more: it is put into each of them, and
 * light sums are looked for where that has changed something.
 */
export function* seeing(
  views: Views,
  before: RowSpace,
  { changed }: Learned,
  smallness: Smallness,
): Steps<Seen> {
  const fresh = changed.filter(({ pivot }) => smallness.isSmall(pivot));
  if (fresh.length === 0) return { views, sums: [] };
  const found = new Map<string, Vector>();
  const seen: RowSpace[] = [];
  for (const [view, space] of views.entries()) {
    let now = space;
    for (const { entries } of fresh) {
      const learned = learn(now, entries, weightIn(view, smallness));
      if (!learned) continue;
      for (const vector of lightVectors(learned, smallness.isLight)) {
        found.set([...vector.keys()].sort((a, b) => a - b).join(' '), vector);
      }
      now = learned.space;
    }
    seen.push(now);
    yield;
  }
  return {
    views: seen,
    sums: [...found.values()].filter((vector) => reduced(before, vector).size > 0),
  };
}
