import { type Checkpoint, originOf } from '../checkpoint.ts';
import { leafHash } from '../hash.ts';
import { checkEvent } from './event-check.ts';
import type { Findings } from './findings.ts';
import { type Line, readLine, seqIn } from './line.ts';
import { createPrivateCheck } from './private-check.ts';
import { createRepair } from './repair.ts';
import { createTreeCheck } from './tree-check.ts';

/** How many events may wait for one that is not there: as far as one may have been moved. */
const WAITING_MAX = 1_000;

export interface ExportResult {
  readonly events: number;
  readonly erased: number;
  /** The export was made without any private part. */
  readonly private?: 'none given';
}

/** The first event says what the log is, and its leaf names it. */
const requireOrigin = (
  envelope: Buffer,
  head: Checkpoint | undefined,
  findings: Findings,
): void => {
  if (!head) return;
  try {
    const { data } = JSON.parse(envelope.toString('utf8')) as {
      data: { city: string; kind: string };
    };
    if (originOf(data.city, data.kind, leafHash(envelope)) === head.origin) return;
  } catch {
    // An event that cannot be read is found as such.
  }
  findings.add({ kind: 'origin-differs', seq: 1 });
};

interface Reach {
  readonly expected: number;
  readonly last: number;
}

/**
 * An event names itself; where its bytes are not sound, the line's own number has to do, unless it
 * lies beyond every head: then it stands where it stands.
 */
const placeOf = (line: Line, { expected, last }: Reach): number => {
  const own = seqIn(line.envelope);
  const sound = own !== null && leafHash(line.envelope).toString('hex') === line.leaf;
  if (sound) return own;
  return line.seq > last ? expected : line.seq;
};

/** Takes the lines of an export one by one, in memory that does not grow with it. */
export const createExportCheck = (heads: readonly Checkpoint[], findings: Findings) => {
  const tree = createTreeCheck(heads, findings);
  const waiting = new Map<number, Line>();
  const missing = new Set<number>();
  let expected = 1;
  let disorder = false;
  let events = 0;
  const last = heads.at(-1)?.size ?? 0;
  const repairByte = createRepair();
  const privates = createPrivateCheck(findings, repairByte);

  const take = (line: Line): void => {
    const seq = expected;
    expected += 1;
    const sound = checkEvent(line, seq, tree, findings, repairByte);
    if (seq === 1) requireOrigin(sound, heads[0], findings);
    privates.take(seq, sound, line);
  };
  const takeWaiting = (): void => {
    for (let line = waiting.get(expected); line; line = waiting.get(expected)) {
      waiting.delete(expected);
      take(line);
    }
  };
  /** What never came: a run of events at once. */
  const giveUp = (to: number): void => {
    const covered = Math.max(expected, Math.min(to, last));
    const range = covered > expected ? { to: covered } : {};
    findings.add({ kind: 'event-missing', seq: expected, ...range });
    tree.lose(to - expected + 1);
    for (; expected <= to && missing.size < WAITING_MAX; expected += 1) missing.add(expected);
    expected = to + 1;
  };
  const firstWaiting = (): number => Math.min(...waiting.keys());

  /** One alone that waits came too early; before several that wait, this one comes too late. */
  const tellDisorder = (seq: number): void => {
    if (waiting.size > 0 && !disorder) {
      const moved = waiting.size === 1 ? firstWaiting() : seq;
      findings.add({ kind: 'event-out-of-order', seq: moved });
    }
    disorder = waiting.size > 0;
  };

  const place = (line: Line): void => {
    const seq = placeOf(line, { expected, last });
    if (seq === expected) {
      tellDisorder(seq);
      take(line);
      takeWaiting();
      return;
    }
    if (seq < expected || waiting.has(seq)) {
      const late = missing.delete(seq);
      findings.add({ kind: late ? 'event-out-of-order' : 'event-doubled', seq });
      return;
    }
    waiting.set(seq, line);
    if (waiting.size > WAITING_MAX) {
      giveUp(firstWaiting() - 1);
      takeWaiting();
    }
  };

  return {
    /** Null: a line that was too long to be read. */
    line: (bytes: Buffer | null): void => {
      events += 1;
      const line = bytes && readLine(bytes);
      if (line) {
        place(line);
        return;
      }
      // Nothing of it can be told: it stands where the next event should.
      findings.add({ kind: 'line-unreadable', seq: expected });
      expected += 1;
      tree.lose(1);
      takeWaiting();
    },
    end: (): ExportResult => {
      while (waiting.size > 0) {
        giveUp(firstWaiting() - 1);
        takeWaiting();
      }
      tree.end();
      if (expected <= last) findings.add({ kind: 'tail-missing', seq: expected, to: last });
      if (expected - 1 > last) {
        findings.add({ kind: 'tail-uncovered', seq: last + 1, to: expected - 1 });
      }
      return { events, ...privates.end() };
    },
  };
};
