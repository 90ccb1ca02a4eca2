import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { LiveHeartbeat } from '@jishi/contracts/ledger/live';
import type { Clock } from '@jishi/contracts/time';

/** Events that wait longer than this to be counted make the numbers «behind». */
const BEHIND_AFTER_MS = 1_500;

export interface PulseDeps {
  readonly logHead: () => Promise<LogHead>;
  /** The last event that was counted. */
  readonly counted: () => LogHead;
  readonly isRunning: () => boolean;
  readonly clock: Clock;
  readonly nowMs?: () => number;
}

/** What heartbeats say: where the log is, what the numbers are as of, and if they are stale. */
export const createPulse = (deps: PulseDeps): ((asOf: LogHead) => Promise<LiveHeartbeat>) => {
  const { logHead, counted, isRunning, clock, nowMs = () => performance.now() } = deps;
  let waitingSince: { readonly seq: number; readonly atMs: number } | null = null;

  const status = (headSeq: number): LiveHeartbeat['status'] => {
    if (!isRunning()) return 'broken';
    const { seq } = counted();
    if (seq >= headSeq) {
      waitingSince = null;
      return 'live';
    }
    // The head that we first saw waiting: a busy log is always a moment ahead, and not stale.
    if (waitingSince === null || seq >= waitingSince.seq) {
      waitingSince = { seq: headSeq, atMs: nowMs() };
    }
    return nowMs() - waitingSince.atMs > BEHIND_AFTER_MS ? 'behind' : 'live';
  };

  return async (asOf) => {
    try {
      const head = await logHead();
      return { at: clock(), head, asOf, status: status(head.seq) };
    } catch {
      // The database does not answer: the stream lives on and says that it is blind.
      return { at: clock(), head: counted(), asOf, status: 'broken' };
    }
  };
};
