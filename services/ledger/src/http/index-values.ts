import { readIndexValues } from '@jishi/contracts/ledger/index-endpoints';
import type { LocalMonth } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { addToMonth } from '../domain/index/family/calendar.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import { seriesOf } from '../domain/index/family/series.ts';
import type { ValueLine, ValuesHead } from '../domain/index/family/value-lines.ts';
import {
  type AsOfQuery,
  askedMonths,
  readFamily,
  requireVersion,
  runningMonth,
} from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { ASKED_ABOUT_AGAIN, keptAnswer } from './kept-answer.ts';
import { headOf, methodsOf, publicLine } from './public-values.ts';

export interface ValuesQuery extends AsOfQuery {
  readonly from?: LocalMonth | undefined;
  readonly to?: LocalMonth | undefined;
}

export interface ValuesAnswer extends ValuesHead {
  readonly exact: boolean;
  readonly values: readonly ValueLine[];
}

/** What was asked for; without months the given one. One month alone stands for itself. */
const monthsOf = ({ from, to }: ValuesQuery, otherwise: LocalMonth): readonly LocalMonth[] =>
  askedMonths(from ?? to ?? otherwise, to ?? from ?? otherwise);

/** Every value of the asked months, exactly as `recompute` prints them. */
export const exactValues = async (
  { family, values }: IndexDeps,
  query: ValuesQuery,
): Promise<ValuesAnswer> => {
  const monthsAt = (at: Family) => monthsOf(query, addToMonth(runningMonth(at), -1));
  const read = (at: Family): ValuesAnswer => {
    const lines = seriesOf(at.method).flatMap((series) =>
      monthsAt(at).map((period) => values.line(at, series, period)),
    );
    return { ...values.head(at), exact: true, values: lines };
  };
  return readFamily(family, query, read, (now) => values.prepare(now, monthsAt(now())));
};

/** The same as it was published, and the city's running month as of the last public step. */
export const publicValues = async (
  { family, index, shown, published }: IndexDeps,
  query: ValuesQuery,
): Promise<ValuesAnswer> => {
  const { asOf = null } = query;
  await index.waitFor(query.atLeast);
  const step = asOf === null ? await shown.step() : await shown.stepAt(asOf);
  const latest = (await published.latestPeriod()) ?? step.running.period;
  const months = monthsOf(query, latest);
  const span = { from: months[0] ?? latest, to: months.at(-1) ?? latest };
  const table = await shown.published({ ...span, vintage: 'latest', asOf });
  const lines = seriesOf(family.method).flatMap((series) =>
    months.flatMap((period) => publicLine(family, table, step, series, period) ?? []),
  );
  const methods = methodsOf(table.values());
  return {
    ...{ head: headOf(step, table), methods, adjustments: [] },
    exact: false,
    values: lines,
  };
};

/** GET /index/values. */
export const serveIndexValues = (service: Service, deps: IndexDeps): void => {
  service.serveRaw(readIndexValues, async (asked) => {
    const { query } = asked;
    requireVersion(deps.family.method, query.method);
    await deps.refuseBeyondHead(query.asOf);
    if (viewOf(asked.principal) === 'exact') {
      return keptAnswer(readIndexValues, asked, await exactValues(deps, query), null);
    }
    const answer = await publicValues(deps, query);
    return keptAnswer(readIndexValues, asked, answer, ASKED_ABOUT_AGAIN);
  });
};
