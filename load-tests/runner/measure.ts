import { join } from 'node:path';
import type { Session } from '@jishi/contracts/session';
import { readPostmasterPid, type Sessions, watchSessions } from './database-sessions.ts';
import type { Journey } from './journeys.ts';
import type { LoadedMarket } from './own-market.ts';
import { type CpuShares, watchProcesses } from './processes.ts';
import { type Running, type Summary, startK6 } from './run-k6.ts';
import { type Delays, watchScreens } from './timed-screens.ts';
import { verdictsOf } from './verdicts.ts';

/** One run of one journey at one rate, and what was seen of the machine meanwhile. */
export interface Measured {
  readonly journey: Journey;
  readonly rate: number;
  readonly seconds: number;
  readonly summary: Summary;
  readonly cpu: CpuShares;
  readonly sessions: Sessions;
  readonly delays: Delays | null;
}

export interface Bench {
  readonly k6: string;
  readonly market: LoadedMarket;
  readonly operator: Session;
  /** Where the data of the journeys and k6's summaries lie. */
  readonly folder: string;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

const TIMED_SCREENS = 10;

const nothingSeen = async (): Promise<Record<string, never>> => ({});

/** Begins to look at the machine; each answer ends its looking. */
const watch = async ({ market, operator }: Bench, journey: Journey, k6: Running) => {
  const { baseUrl, dataDir, launcherPid } = market;
  const isOwn = launcherPid !== null;
  const postmasterPid = isOwn ? await readPostmasterPid(dataDir) : null;
  const processes = { launcherPid, postmasterPid, k6Pid: k6.pid };
  const screens =
    journey.name === 'watch-live'
      ? await watchScreens(baseUrl, operator, TIMED_SCREENS)
      : async () => null;
  return {
    cpu: isOwn ? await watchProcesses(processes) : nothingSeen,
    sessions: isOwn ? await watchSessions(dataDir) : nothingSeen,
    screens,
  };
};

export const measure = async (
  bench: Bench,
  journey: Journey,
  load: { readonly rate: number; readonly seconds: number; readonly offset: number },
): Promise<Measured> => {
  const failed = new AbortController();
  const running = startK6({
    ...load,
    k6: bench.k6,
    journey,
    baseUrl: bench.market.baseUrl,
    dataFile: join(bench.folder, `${journey.name}.json`),
    summaryFile: join(bench.folder, `${journey.name}.summary.json`),
    signal: AbortSignal.any([bench.signal, failed.signal]),
  });
  // Its end is awaited below; if watching fails before, that is what is told.
  running.done.catch(() => {});
  try {
    const seen = await watch(bench, journey, running);
    const summary = await running.done.finally(seen.screens);
    const [cpu, sessions] = await Promise.all([seen.cpu(), seen.sessions()]);
    return { journey, ...load, summary, cpu, sessions, delays: await seen.screens() };
  } finally {
    failed.abort();
  }
};

export const isGood = (measured: Measured): boolean => verdictsOf(measured).every((v) => v.ok);
