import { type Cell, type Merge, type ReadLimits, readAddress, Unreadable } from './sheet.ts';
import type { TextCount } from './text-limit.ts';

/** More merges, or more cells under them, are no table. */
export const MERGES_MAX = 20_000;
const MERGED_CELLS_MAX = 200_000;
/** More than any address has columns. */
const COLUMNS = 100_000;

export const mergeOf = (ref: string): Merge | undefined => {
  const [from, to] = ref.split(':').map(readAddress);
  if (!from || !to) return undefined;
  return {
    top: Math.min(from.row, to.row),
    left: Math.min(from.column, to.column),
    bottom: Math.max(from.row, to.row),
    right: Math.max(from.column, to.column),
  };
};

const cellsOf = ({ top, left, bottom, right }: Merge): number =>
  (bottom - top + 1) * (right - left + 1);

const requireApart = (merges: readonly Merge[]): void => {
  const taken = new Set<number>();
  for (const { top, left, bottom, right } of merges) {
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const cell = row * COLUMNS + column;
        if (taken.has(cell)) throw new Unreadable('too-many-merges', 'two over one cell');
        taken.add(cell);
      }
    }
  }
};

/**
 * Refuses merged areas that would cost more than they say: those over one another, those over more
 * cells than a table has, and those that would repeat a long text more often than a sheet may hold.
 */
export const requirePlainMerges = (
  rows: ReadonlyMap<number, readonly (Cell | null)[]>,
  merges: readonly Merge[],
  { lastRow, lastColumn }: ReadLimits,
  texts: TextCount,
): void => {
  const cells = merges.reduce((sum, merge) => sum + cellsOf(merge), 0);
  if (cells > MERGED_CELLS_MAX) throw new Unreadable('too-many-merges', 'their cells');
  requireApart(merges);
  for (const merge of merges) {
    const text = rows.get(merge.top)?.[merge.left - 1]?.text ?? '';
    const bottom = Math.min(merge.bottom, lastRow);
    const right = Math.min(merge.right, lastColumn);
    texts.add(text, cellsOf({ ...merge, bottom, right }) - 1);
  }
};
