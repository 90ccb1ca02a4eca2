import { readHead } from '@jishi/contracts/ledger/endpoints';
import { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import type { SeriesKey } from '@jishi/contracts/ledger/index-family';
import { addDays, startOfDay } from '@jishi/contracts/time';
import { useRead } from '../../../api/queries.ts';
import { dayOf } from '../../../format/moment.ts';
import { useParameter } from '../../../place.tsx';
import { seesExact } from '../../../session/session.ts';
import { useWho } from '../../../session/who.ts';
import { askedSeries, seriesOfText } from './series-choice.ts';
import { type VintageRow, vintageRows } from './vintage-rows.ts';

export interface IndicesView {
  readonly series: SeriesKey;
  readonly exact: boolean;
  /** Oldest first. */
  readonly rows: readonly VintageRow[];
  /** The month that the page is about. */
  readonly row: VintageRow | null;
  readonly isPublished: boolean;
  readonly headSeq: number;
  /** The day as of whose end everything is asked, and the log then; null: as of now. */
  readonly asOf: AsOfDay | null;
}

export interface AsOfDay {
  readonly day: string;
  readonly seq: number;
}

/** What is added to a question about an index. */
export const asOfQuery = ({ asOf }: Pick<IndicesView, 'asOf'>): { asOf?: number } =>
  asOf ? { asOf: asOf.seq } : {};

/** A day of the calendar up to today; anything else in the address is no day. */
const pastDay = (text: string | null): string | null => {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text > dayOf(Date.now())) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
};
const lastInstantOf = (day: string): string =>
  new Date(Date.parse(startOfDay(addDays(day, 1))) - 1).toISOString();

/** The log at the end of the day in the address, for those who may see it as it was on any day. */
const useAsOfDay = (exact: boolean) => {
  const [asked] = useParameter('day');
  const day = exact ? pastDay(asked) : null;
  const asOfDay = day === null ? {} : { recordedAt: lastInstantOf(day) };
  const query = useRead(readHead, { query: asOfDay }, { when: day !== null });
  const asOf: AsOfDay | null = day && query.data ? { day, seq: query.data.seq } : null;
  return { asOf, query, isKnown: day === null || asOf !== null };
};

/** The month asked for; else the last published one, else the last that has a value. */
const chosenRow = (rows: readonly VintageRow[], period: string | null): VintageRow | null =>
  rows.find((row) => row.period === period) ??
  rows.findLast((row) => row.latest !== null) ??
  rows.findLast(({ shown }) => shown.value !== null && !shown.provisional) ??
  rows.at(-1) ??
  null;

/** What the page shows, from its address and from who asks. */
export const useIndices = () => {
  const known = useWho();
  const exact = known.state === 'person' && seesExact(known.me);
  const [asked] = useParameter('cell');
  const [period] = useParameter('period');
  const series = seriesOfText(asked);
  const { asOf, query: head, isKnown: isDayKnown } = useAsOfDay(exact);
  const query = { ...askedSeries(series), ...asOfQuery({ asOf }) };
  const isKnown = known.state !== 'asking' && isDayKnown;
  const keep = { keep: false, when: isKnown };
  const first = useRead(readIndexSeries, { query: { ...query, vintage: 'first' } }, keep);
  const latest = useRead(readIndexSeries, { query: { ...query, vintage: 'latest' } }, keep);
  const now = useRead(
    readIndexSeries,
    { query: { ...query, vintage: 'restated' } },
    { when: isKnown && exact },
  );
  const view = (): IndicesView | null => {
    // What was read before the day was known is of another one.
    if (!isDayKnown || !latest.data || !first.data || (exact && !now.data)) return null;
    const rows = vintageRows(first.data, latest.data, now.data);
    return {
      ...{ series, exact, rows, row: chosenRow(rows, period) },
      isPublished: rows.some((row) => row.latest !== null),
      headSeq: (now.data ?? latest.data).head.seq,
      asOf,
    };
  };
  const queries = [head, latest, first, now];
  return {
    ...{ view: view(), series, exact },
    failed: queries.find(({ error }) => error) ?? latest,
    retry: () => {
      for (const one of queries) if (one.error) one.refetch().catch(() => undefined);
    },
  };
};
