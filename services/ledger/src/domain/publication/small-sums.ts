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

/** So many bases are looked at, and so many rows at most: the search is bounded, not complete. */
const VIEWS = 12;
const ROWS_MAX = 150;
const FIRST_SALT = 7_919;

/**
 * One space in reduced form by several choices of columns, so that a light sum stands as a row, or
 * a difference of two, in one of the forms (Lee and Brickell's search for light words of a code).
 */
export type Views = readonly RowSpace[];

/**
 * What the space says of small columns alone. A sum over few columns uses no row but those of
 * small pivots; the heavy columns of these are eliminated first, and what is left has none.
 */
const smallPart = (space: RowSpace, weight: Weight, most: number): RowSpace => {
  const rows = space.filter(({ pivot }) => weight(pivot) <= most).slice(-ROWS_MAX);
  const entries = rows.map((row) => row.entries);
  return spanOf(entries, weight).filter(({ pivot }) => weight(pivot) <= most);
};

/** Heavy columns first, for no light sum has one; the others in an order of the view's own. */
const weightIn = (view: number, weight: Weight, most: number): Weight => {
  const salt = FIRST_SALT + 2 * view;
  return (column) => {
    const own = weight(column);
    return own > most ? Number.MAX_SAFE_INTEGER + own : spread(column, salt);
  };
};

export const viewsOf = (space: RowSpace, weight: Weight, most: number): Views => {
  const rows = smallPart(space, weight, most).map(({ entries }) => entries);
  return Array.from({ length: VIEWS }, (_, view) => spanOf(rows, weightIn(view, weight, most)));
};

export interface Seen {
  readonly views: Views;
  /** Sums over few unknowns that follow now and did not before. */
  readonly sums: readonly Vector[];
}

/**
 * The views with what has been learned, which is one sum more: it is put into each of them, and
 * light sums are looked for where that has changed something.
 */
export const seeing = (
  views: Views,
  before: RowSpace,
  { changed }: Learned,
  weight: Weight,
  most: number,
): Seen => {
  const fresh = changed.filter(({ pivot }) => weight(pivot) <= most);
  if (fresh.length === 0) return { views, sums: [] };
  const found = new Map<string, Vector>();
  const seen = views.map((space, view) => {
    let now = space;
    for (const { entries } of fresh) {
      const learned = learn(now, entries, weightIn(view, weight, most));
      if (!learned) continue;
      for (const vector of lightVectors(learned, weight, most)) {
        found.set([...vector.keys()].sort((a, b) => a - b).join(' '), vector);
      }
      now = learned.space;
    }
    return now;
  });
  return {
    views: seen,
    sums: [...found.values()].filter((vector) => reduced(before, vector).size > 0),
  };
};
