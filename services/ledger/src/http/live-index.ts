import type { MethodRef } from '@jishi/contracts/ledger/live';
import type { LocalMonth } from '@jishi/contracts/time';
import type { JsonValue } from '../domain/index/canonical-json.ts';
import { indexNow, neededMonths } from '../domain/index/cell-now.ts';
import { addToMonth } from '../domain/index/family/calendar.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';
import { seriesOf } from '../domain/index/family/series.ts';
import type { IndexBeside } from '../domain/index/snapshot.ts';
import type { View } from '../domain/index/view.ts';
import { hashOf } from '../store/index/method.ts';
import { type AsOfQuery, readFamily, runningMonth } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';
import { publicLine } from './public-values.ts';

/** Later than any month there will be. */
const LAST_MONTH: LocalMonth = '9999-12';

const hashes = new WeakMap<Method, string>();

export const methodRefOf = (method: Method): MethodRef => {
  const { file } = method;
  const parameterHash = hashes.get(method) ?? hashOf(file as unknown as JsonValue);
  hashes.set(method, parameterHash);
  return { name: file.name, version: file.version, parameterHash };
};

/** The month that is over, once anything was registered; before, there is nothing to show. */
const closedMonth = (family: Family): LocalMonth | null =>
  family.market.contracts.size === 0 ? null : addToMonth(runningMonth(family), -1);

const exactNow = ({ family, values }: IndexDeps, query: AsOfQuery): Promise<IndexBeside> => {
  const prepare = async (now: () => Family): Promise<void> => {
    const month = closedMonth(now());
    if (month === null) return;
    const needed = neededMonths(family.method.file.base.from, month);
    const city = seriesOf(family.method).filter(({ isCity }) => isCity);
    await values.prepare(now, needed.cells);
    await values.prepare(now, needed.city, city.slice(0, 1));
  };
  const read = (at: Family): IndexBeside => {
    const bySeries = new Map(seriesOf(at.method).map((series) => [series.key, series]));
    const tell = (key: string, period: LocalMonth) => {
      const series = bySeries.get(key);
      return series ? values.line(at, series, period) : null;
    };
    const running = at.market.contracts.size > 0 ? tell('city', runningMonth(at)) : null;
    return {
      method: methodRefOf(at.method),
      now: indexNow(at.method, tell, closedMonth(at), running),
    };
  };
  return readFamily(family, query, read, prepare);
};

/**
 * What was published, with the city's running month as of the step. The month shown is the latest
 * that was published; as long as none is, the one before the running.
 */
const publicNow = async (
  deps: IndexDeps,
  stepSeq: number,
  asOf: number | null,
): Promise<IndexBeside> => {
  const { family, shown } = deps;
  const { method } = family;
  const { from } = method.file.base;
  const step = await (asOf === null ? shown.step(stepSeq) : shown.stepAt(asOf));
  const hasStep = step.head.seq > 0;
  const table = await shown.published({ from, to: LAST_MONTH, vintage: 'latest', asOf });
  const published = [...table.values()].map(({ line }) => line.period).sort();
  const before = hasStep ? addToMonth(step.running.period, -1) : null;
  const month = published.at(-1) ?? before;
  const bySeries = new Map(seriesOf(method).map((series) => [series.key, series]));
  const tell = (key: string, period: LocalMonth) => {
    const series = bySeries.get(key);
    return series ? publicLine(family, table, step, series, period) : null;
  };
  const now = indexNow(method, tell, month, hasStep ? step.running : null);
  return { method: methodRefOf(method), now };
};

/**
 * The index of the live screen, beside a state of gauge and feed. Exact: as of the asked head, or
 * as it stands, which may be some events further than the state. Public: as of the state's step.
 */
export const indexBeside = (
  deps: IndexDeps,
  view: View,
  stateSeq: number,
  asOf?: number,
): Promise<IndexBeside> =>
  view === 'exact'
    ? exactNow(deps, { asOf, atLeast: stateSeq })
    : publicNow(deps, stateSeq, asOf ?? null);
