import { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import type { LinkedMethod, VintageMark } from '@jishi/contracts/ledger/index-family';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalMonth } from '@jishi/contracts/time';
import type { Asked, Service } from '@jishi/runtime/service';
import { addToMonth, monthSpan } from '../domain/index/family/calendar.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import { changeBp } from '../domain/index/family/hundredths.ts';
import type { Series } from '../domain/index/family/series.ts';
import type { ValueLine, ValuesHead } from '../domain/index/family/value-lines.ts';
import {
  askedMonths,
  askedSeries,
  latestMonths,
  readFamily,
  requireVersion,
  runningMonth,
} from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { ASKED_ABOUT_AGAIN, keptAnswer } from './kept-answer.ts';
import { headOf, lineKey, methodsOf, publicLine } from './public-values.ts';

type Query = Asked<typeof readIndexSeries>['query'];
type Vintage = 'restated' | 'first' | 'latest';

/** A value on its way into a point, with the vintage that it is. */
interface Told {
  readonly line: ValueLine;
  readonly mark: VintageMark | null;
}

interface SeriesAnswer {
  readonly head: ValuesHead['head'];
  readonly methods: readonly LinkedMethod[];
  readonly points: readonly object[];
}

const MONTHS_PER_YEAR = 12;

/** Points with their changes against the month and the year before, where both are shown. */
const pointsOf = (
  months: readonly LocalMonth[],
  tell: (period: LocalMonth) => Told | null,
): readonly object[] =>
  months.flatMap((period) => {
    const now = tell(period);
    if (!now) return [];
    const { series, windowMonths, ...point } = now.line;
    const valueAt = (back: number): string | null =>
      tell(addToMonth(period, -back))?.line.value ?? null;
    return {
      ...point,
      vintage: now.mark,
      monthOnMonthBp: changeBp(point.value, valueAt(1)),
      yearOnYearBp: changeBp(point.value, valueAt(MONTHS_PER_YEAR)),
    };
  });

/** The asked months; without them the base up to the running one, at most the last sixty. */
const spanOf = ({ from, to }: Query, base: LocalMonth, last: LocalMonth): readonly LocalMonth[] => {
  if (from !== undefined || to !== undefined) return askedMonths(from ?? base, to ?? last);
  return latestMonths(monthSpan(base, last));
};

const restated = (
  { family, values }: IndexDeps,
  series: Series,
  query: Query,
): Promise<SeriesAnswer> => {
  const monthsAt = (at: Family) => spanOf(query, at.method.file.base.from, runningMonth(at));
  const read = (at: Family): SeriesAnswer => {
    const points = pointsOf(monthsAt(at), (period) => ({
      line: values.line(at, series, period),
      mark: null,
    }));
    const { head, methods } = values.head(at);
    return { head, methods, points };
  };
  return readFamily(family, query, read, (now) => values.prepare(now, monthsAt(now()), [series]));
};

const published = async (
  { family, index, shown }: IndexDeps,
  series: Series,
  query: Query,
  { vintage, isExact }: { vintage: 'first' | 'latest'; isExact: boolean },
): Promise<SeriesAnswer> => {
  const { asOf = null, atLeast } = query;
  const stepAt = isExact ? shown.stepBefore : shown.stepAt;
  await index.waitFor(atLeast);
  const step = asOf === null ? await shown.step() : await stepAt(asOf);
  const months = spanOf(query, family.method.file.base.from, step.running.period);
  const [first = step.running.period] = months;
  const to = months.at(-1) ?? first;
  const table = await shown.published({
    ...{ from: addToMonth(first, -MONTHS_PER_YEAR), to, vintage, asOf },
  });
  const tell = (period: LocalMonth): Told | null => {
    const line = publicLine(family, table, step, series, period);
    // What runs is no publication: it stands beside the latest values, not the first ones.
    if (!line || (line === step.running && vintage === 'first')) return null;
    return { line, mark: table.get(lineKey(series.key, period))?.mark ?? null };
  };
  const methods = methodsOf(table.values());
  return { head: headOf(step, table), methods, points: pointsOf(months, tell) };
};

/** What is meant where nothing is said; values as they stand are for operator and auditor. */
const vintageOf = ({ vintage }: Query, isExact: boolean): Vintage => {
  if (vintage === undefined) return isExact ? 'restated' : 'latest';
  if (vintage === 'restated' && !isExact) throw new Refusal('role-missing');
  return vintage;
};

/** GET /index/series. */
export const serveIndexSeries = (service: Service, deps: IndexDeps): void => {
  service.serveRaw(readIndexSeries, async (asked) => {
    const { query, principal } = asked;
    const { method } = deps.family;
    requireVersion(method, query.method);
    const isExact = viewOf(principal) === 'exact';
    const vintage = vintageOf(query, isExact);
    const series = askedSeries(method, query.cell, query.window);
    await deps.refuseBeyondHead(query.asOf);
    const isRestated = vintage === 'restated';
    const found = isRestated
      ? await restated(deps, series, query)
      : await published(deps, series, query, { vintage, isExact });
    const said = { series: series.key, cell: query.cell, windowMonths: series.length, vintage };
    const answer = { ...said, exact: isRestated, ...found };
    return keptAnswer(readIndexSeries, asked, answer, isExact ? null : ASKED_ABOUT_AGAIN);
  });
};
