import { type Checkpoint, originOf } from '../checkpoint.ts';
import { leafHash } from '../hash.ts';
import { checkEvent, checkPrivate } from './event-check.ts';
import type { Findings } from './findings.ts';
import { type Line, readLine, seqIn } from './line.ts';
import { createTreeCheck } from './tree-check.ts';

/** How many events may wait for one that is not there: as far as one may have been moved. */
const WAITING_MAX = 1_000;

export interface ExportResult {
  readonly events: number;
  readonly erased: number;
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

/** An event names itself; where its bytes are not sound, the line's own number has to do. */
const placeOf = (line: Line): number => {
  const own = seqIn(line.envelope);
  const sound = own !== null && leafHash(line.envelope).toString('hex') === line.leaf;
  return sound ? own : line.seq;
};

/** Takes the lines of an export one by one, in memory that does not grow with it. */
export const createExportCheck = (heads: readonly Checkpoint[], findings: Findings) => {
  const tree = createTreeCheck(heads, findings);
  const waiting = new Map<number, Line>();
  const missing = new Set<number>();
  let expected = 1;
  let disorder = false;
  let events = 0;
  let erased = 0;

  const take = (line: Line): void => {
    const seq = expected;
    expected += 1;
    const sound = checkEvent(line, seq, tree, findings);
    if (seq === 1) requireOrigin(sound, heads[0], findings);
    if (!line.broken && checkPrivate(seq, sound, line, findings) === 'erased') erased += 1;
  };
  const takeWaiting = (): void => {
    for (let line = waiting.get(expected); line; line = waiting.get(expected)) {
      waiting.delete(expected);
      take(line);
    }
  };
  /** What never came: a run of events at once. */
  const giveUp = (to: number): void => {
    findings.add({ kind: 'event-missing', seq: expected, ...(to > expected ? { to } : {}) });
    for (; expected <= to; expected += 1) {
      if (missing.size < WAITING_MAX) missing.add(expected);
      tree.lose();
    }
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
    const seq = placeOf(line);
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
    line: (bytes: Buffer): void => {
      events += 1;
      const line = readLine(bytes);
      if (line) {
        place(line);
        return;
      }
      // Nothing of it can be told: it stands where the next event should.
      findings.add({ kind: 'line-unreadable', seq: expected });
      expected += 1;
      tree.lose();
      takeWaiting();
    },
    end: (): ExportResult => {
      while (waiting.size > 0) {
        giveUp(firstWaiting() - 1);
        takeWaiting();
      }
      tree.end();
      const last = heads.at(-1)?.size ?? 0;
      if (expected <= last) findings.add({ kind: 'tail-missing', seq: expected, to: last });
      if (expected - 1 > last) {
        findings.add({ kind: 'tail-uncovered', seq: last + 1, to: expected - 1 });
      }
      return { events, erased };
    },
  };
};
