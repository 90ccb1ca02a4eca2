import type { AnswerOf } from '@jishi/contracts/endpoint';
import type { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import type { LineMonth } from '../../../live/line-data.ts';

export type SeriesAnswer = AnswerOf<typeof readIndexSeries>;
export type SeriesPoint = SeriesAnswer['points'][number];

/** One month with all its vintages beside each other. */
export interface VintageRow {
  readonly period: string;
  readonly first: SeriesPoint | null;
  readonly latest: SeriesPoint | null;
  /** As it would be now: for operator and auditor alone. */
  readonly restated: SeriesPoint | null;
  /** What is read first: the latest published, and where nothing is, what is known now. */
  readonly shown: SeriesPoint;
}

const byPeriod = (answer: SeriesAnswer | undefined): ReadonlyMap<string, SeriesPoint> =>
  new Map((answer?.points ?? []).map((point) => [point.period, point]));

/** A month that nobody published yet says so even where it could be computed. */
const isPublished = (point: SeriesPoint | undefined): point is SeriesPoint =>
  point?.vintage != null;

/** Months of all vintages together, oldest first. */
export const vintageRows = (
  first: SeriesAnswer | undefined,
  latest: SeriesAnswer | undefined,
  restated: SeriesAnswer | undefined,
): readonly VintageRow[] => {
  const [one, last, now] = [byPeriod(first), byPeriod(latest), byPeriod(restated)];
  const periods = [...new Set([...last.keys(), ...now.keys()])].sort();
  return periods.flatMap((period): VintageRow[] => {
    const [known, exact] = [last.get(period), now.get(period)];
    const shown = isPublished(known) ? known : (exact ?? known);
    if (!shown) return [];
    const original = one.get(period);
    return [
      {
        period,
        first: isPublished(original) ? original : null,
        latest: isPublished(known) ? known : null,
        restated: exact ?? null,
        shown,
      },
    ];
  });
};

/** Whether a later vintage says something else than the first. */
export const isRestated = ({ first, latest }: VintageRow): boolean =>
  first !== null && latest !== null && first.value !== latest.value;

const numberOf = (point: SeriesPoint | null): number | null =>
  point?.value && !point.provisional ? Number(point.value) : null;

export interface VintageLines {
  /** The line itself; a label stands where a vintage changed the value. */
  readonly months: readonly LineMonth[];
  readonly first: readonly (number | null)[];
  readonly restated: readonly (number | null)[];
  readonly lowest: number;
  readonly highest: number;
  /** The last value of the line, as printed. */
  readonly last: string | null;
}

/** What is drawn. A month that still runs is told beside the line and not drawn into it. */
export const vintageLines = (
  rows: readonly VintageRow[],
  isFestival: (period: string) => boolean,
  base: number,
): VintageLines => {
  const ended = rows.filter(({ shown }) => !shown.provisional);
  // Before the first publication the only line that there is is drawn, and said to be that.
  const isPublic = ended.some(({ latest }) => latest !== null);
  const lineOf = ({ latest, shown }: VintageRow) => (isPublic ? latest : shown);
  const months = ended.map((row): LineMonth => {
    const revision = isRestated(row) ? row.latest?.vintage?.revision : null;
    return {
      month: row.period,
      value: numberOf(lineOf(row)),
      springFestival: !revision && isFestival(row.period),
      ...(revision ? { mark: revision } : {}),
    };
  });
  const first = ended.map((row) => numberOf(row.first));
  const restated = ended.map((row) => numberOf(row.restated));
  const values = [...months.map(({ value }) => value), ...first, ...restated];
  const numbers = values.filter((value) => value !== null);
  return {
    ...{ months, first, restated },
    lowest: numbers.length > 0 ? Math.min(...numbers) : base,
    highest: numbers.length > 0 ? Math.max(...numbers) : base,
    last: ended.findLast((row) => lineOf(row)?.value != null)?.shown.value ?? null,
  };
};

/** Months without a value inside the line, so that no gap is left without a word. */
export const gapsOf = (rows: readonly VintageRow[]): readonly VintageRow[] => {
  const begin = rows.findIndex(({ shown }) => shown.value !== null);
  return begin < 0 ? [] : rows.slice(begin).filter(({ shown }) => shown.value === null);
};
