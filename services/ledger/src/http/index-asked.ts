import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import { type Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type LocalMonth, monthOf } from '@jishi/contracts/time';
import { monthSpan } from '../domain/index/family/calendar.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';
import { type Series, seriesOf } from '../domain/index/family/series.ts';
import type { FamilySource } from './family-source.ts';

/** Five years at once; more is asked for in parts. */
const MONTHS_MAX = 60;

const refuse = (field: string, rule: string, zh: string, en: string): Refusal =>
  refuseField('invalid-input', `query.${field}`, rule, zh, en);

/** The months of a span. Refuses one that is turned round, or of more than sixty months. */
export const askedMonths = (from: LocalMonth, to: LocalMonth): readonly LocalMonth[] => {
  if (from > to) {
    throw refuse('from', 'from-after-to', '起始月晚于终止月', 'The first month is after the last');
  }
  const months = monthSpan(from, to);
  if (months.length > MONTHS_MAX) {
    const [zh, en] = [`一次最多 ${MONTHS_MAX} 个月`, `At most ${MONTHS_MAX} months at once`];
    throw refuse('to', 'too-many-months', zh, en);
  }
  return months;
};

/** The last sixty months of a span that nobody asked for in so many words. */
export const latestMonths = (months: readonly LocalMonth[]): readonly LocalMonth[] =>
  months.slice(-MONTHS_MAX);

/** The series of a cell and window; without a window the city by month, a cell over three. */
export const askedSeries = (
  method: Method,
  cell: IndexCell,
  window: number | undefined,
): Series => {
  const ofCell = seriesOf(method).filter((series) => series.cell === cell);
  if (ofCell.length === 0) {
    throw refuse('cell', 'unknown-cell', '方法中没有这个分组', 'The method has no such cell');
  }
  const found = ofCell.find(({ length, isLong }) =>
    window === undefined ? !isLong : length === window,
  );
  if (found) return found;
  const lengths = ofCell.map(({ length }) => length).join('、');
  const zh = `${cell} 的窗口是 ${lengths} 个月`;
  const en = `Windows of ${cell} are of ${ofCell.map(({ length }) => length).join(' or ')} months`;
  throw refuse('window', 'unknown-window', zh, en);
};

/** Refuses a version that there is not. One version is followed; its editions are by year. */
export const requireVersion = ({ file }: Method, version: string | undefined): void => {
  if (version === undefined || version === file.version) return;
  const [zh, en] = [`没有 ${version} 版方法`, `There is no version ${version} of the method`];
  throw refuse('method', 'unknown-method', zh, en);
};

/** The month that runs at a head: the first of the base where nothing is recorded. */
export const runningMonth = ({ market, method }: Family): LocalMonth =>
  market.recordedAt === null ? method.file.base.from : monthOf(businessDay(market.recordedAt));

export interface AsOfQuery {
  readonly asOf?: number | undefined;
  readonly atLeast?: number | undefined;
}

type Prepare = (family: () => Family) => Promise<void>;
const nothing: Prepare = async () => {};

/**
 * Reads the family as of the head, or of an earlier sequence. The latest is changed in place by
 * the next event, so that `read` has to be done in one go. `prepare` may take its time before.
 */
export const readFamily = async <T>(
  source: FamilySource,
  { asOf, atLeast }: AsOfQuery,
  read: (family: Family) => T,
  prepare: Prepare = nothing,
): Promise<T> => {
  await source.waitFor(atLeast);
  const then = asOf === undefined ? null : await source.familyAt(asOf);
  const family = (): Family => then ?? source.latest();
  await prepare(family);
  return read(family());
};
