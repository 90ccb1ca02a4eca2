import type { Id } from '@jishi/contracts/ids';
import type { Log } from '@jishi/runtime/log';

/** What becomes of runs that cannot go on: held back for a while, told, and tried again. */
export interface FailedRuns {
  /** Those that nobody tries now. */
  readonly held: () => Id[];
  readonly failed: (run: Id, error: unknown) => void;
  readonly went: (run: Id) => void;
}

/** One failure ends the work: for whoever does it by hand. */
export const FAIL_AT_ONCE: FailedRuns = {
  held: () => [],
  failed: (_, error) => {
    throw error;
  },
  went: () => {},
};

const FIRST_PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 300_000;

/** A run that fails is left alone for a second, then two, then four, at most five minutes. */
export const holdFailedRuns = (
  log: Log,
  nowMs: () => number = () => performance.now(),
): FailedRuns => {
  const runs = new Map<Id, { readonly failures: number; readonly until: number }>();
  return {
    held: () => [...runs].flatMap(([id, { until }]) => (until > nowMs() ? [id] : [])),
    failed: (run, error) => {
      const failures = (runs.get(run)?.failures ?? 0) + 1;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), PAUSE_MAX_MS);
      runs.set(run, { failures, until: nowMs() + pauseMs });
      const what = error instanceof Error ? error.message : '';
      log.error({ imports: what, run, failures, pauseMs });
    },
    went: (run) => void runs.delete(run),
  };
};
