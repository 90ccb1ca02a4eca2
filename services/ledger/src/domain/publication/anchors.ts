import { type RowSpace, reduced, type Vector } from './row-space.ts';

/** What a view has learned: one sum more, without the pivots of the view before. */
const learnedBy = (before: RowSpace, after: RowSpace): Vector | null => {
  const old = new Set(before);
  for (const row of after) {
    if (old.has(row)) continue;
    const left = reduced(before, row.entries);
    if (left.size > 0) return left;
  }
  return null;
};

/**
 * Columns of which a small sum has at least one, if it follows now and did not before. Before, a
 * column c of what was learned was free: c could be changed by one, with the pivots of the rows
 * that have it, and no known sum would have shown it. A sum with none of these was known, or is
 * not even now. Any c will do, so the one with the fewest such pivots is taken.
 */
export const anchorsOf = (
  before: RowSpace,
  after: RowSpace,
  isSmall: (column: number) => boolean,
): ReadonlySet<number> => {
  const learned = learnedBy(before, after);
  if (!learned) return new Set();
  const small = before.filter(({ pivot }) => isSmall(pivot));
  let fewest: ReadonlySet<number> | null = null;
  for (const column of learned.keys()) {
    const pivots = small.flatMap(({ pivot, entries }) => (entries.has(column) ? [pivot] : []));
    const anchors = new Set([...pivots, ...(isSmall(column) ? [column] : [])]);
    if (fewest === null || anchors.size < fewest.size) fewest = anchors;
  }
  return fewest ?? new Set();
};
