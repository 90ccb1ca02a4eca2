import type { PreviewValue, PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import { printedOf, signed, unitsAt } from '../../../live/printed.ts';

type Hidden = NonNullable<PreviewValue['published']['hidden']>;

export interface PreviewSummary {
  readonly moves: number;
  readonly waits: number;
  /** Of what is hidden, how many for which reason, most first. */
  readonly hidden: readonly (readonly [Hidden, number])[];
}

export const summaryOf = ({ values }: Pick<PublicationPreview, 'values'>): PreviewSummary => {
  const counts = new Map<Hidden, number>();
  for (const { published } of values) {
    const { hidden } = published;
    if (hidden && published.value === null) counts.set(hidden, (counts.get(hidden) ?? 0) + 1);
  }
  return {
    moves: values.filter((one) => one.moves).length,
    waits: values.filter((one) => one.waits).length,
    hidden: [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
  };
};

/** By how many points the public's value moves from the last vintage; null where one is missing. */
export const pointsMoved = ({ published, lastValue }: PreviewValue): string | null => {
  if (published.value === null || lastValue === null) return null;
  const [now, last] = [printedOf(published.value), printedOf(lastValue)];
  const place = Math.max(now.decimals, last.decimals);
  return signed(unitsAt(now, place) - unitsAt(last, place), place);
};

/** The largest moves first, what waits after them, and the rest in the order of the method. */
export const byMove = (values: readonly PreviewValue[]): readonly PreviewValue[] => {
  const sizeOf = (value: PreviewValue): bigint => {
    const points = pointsMoved(value);
    if (points === null) return value.moves ? 0n : value.waits ? -1n : -2n;
    const { units } = printedOf(points);
    return units < 0n ? -units : units;
  };
  return [...values].sort((a, b) => {
    const [x, y] = [sizeOf(a), sizeOf(b)];
    return x === y ? 0 : x > y ? -1 : 1;
  });
};
