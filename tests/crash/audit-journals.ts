import type { Placed } from './audit-log.ts';
import { type JournalLine, readJournal } from './journal.ts';

export interface JournalsReport {
  /** Commands whose answer reached a disk. */
  acknowledged: number;
  /** Commands sent again on purpose, and answered as before. */
  replayed: number;
  /** Final refusals by version or by a key that another stream holds. */
  conflicts: number;
  /** Ids with another content, refused. */
  reused: number;
  /** Attempts without an answer. */
  failed: number;
  /** Acknowledged, but not in the log. */
  lost: number;
  /** In the log otherwise than answered; refused for good and there all the same; never sent. */
  differing: number;
  /** Sent, never answered, and in the log (at most once is the log's part). */
  unacknowledged: number;
  readonly faults: string[];
}

const FAULTS_TOLD_MAX = 10;

/** Sent once and never left without an answer: nothing of it can still be on its way. */
const isSettled = (lines: readonly JournalLine[]): boolean =>
  lines.filter((line) => line.step === 'sent').length === 1 &&
  lines.every((line) => line.step !== 'failed');

const byNumber = (lines: readonly JournalLine[]): Map<number, JournalLine[]> => {
  const numbers = new Map<number, JournalLine[]>();
  for (const line of lines) {
    const those = numbers.get(line.n);
    if (those) those.push(line);
    else numbers.set(line.n, [line]);
  }
  return numbers;
};

const isAnswer = (line: JournalLine): boolean => line.step === 'acked' || line.step === 'replayed';

const isAt = (place: Placed, { rest }: JournalLine): boolean => {
  const [first, last, version] = rest.map(Number);
  return place.first === first && place.last === last && place.version === version;
};

/** Holds what each writer was told against what is in the log. */
export const auditJournals = (
  paths: readonly string[],
  commands: readonly Map<number, Placed>[],
): JournalsReport => {
  const report: JournalsReport = {
    ...{ acknowledged: 0, replayed: 0, conflicts: 0, reused: 0, failed: 0 },
    ...{ lost: 0, differing: 0, unacknowledged: 0, faults: [] },
  };
  const fault = (kind: 'lost' | 'differing', text: string): void => {
    report[kind] += 1;
    if (report.faults.length < FAULTS_TOLD_MAX) report.faults.push(`${kind}: ${text}`);
  };
  const count = ({ step, n, rest }: JournalLine): void => {
    if (step === 'replayed') report.replayed += 1;
    else if (step === 'refused') report.conflicts += 1;
    else if (step === 'reused') report.reused += 1;
    else if (step === 'failed') report.failed += 1;
    else if (step === 'wrong') fault('differing', `command ${n}: ${rest.join(' ')}`);
  };
  paths.forEach((path, writer) => {
    const places = commands[writer] ?? new Map<number, Placed>();
    const numbers = byNumber(readJournal(path));
    for (const [n, lines] of numbers) {
      lines.forEach(count);
      const place = places.get(n);
      const answers = lines.filter(isAnswer);
      if (answers.length > 0) report.acknowledged += 1;
      if (answers.length > 0 && !place) fault('lost', `writer ${writer}, command ${n}`);
      if (place && !answers.every((line) => isAt(place, line))) {
        fault('differing', `writer ${writer}, command ${n}: another place than answered`);
      }
      const refused = lines.some((line) => line.step === 'refused');
      if (refused && place && answers.length === 0 && isSettled(lines)) {
        fault('differing', `writer ${writer}, command ${n}: refused, yet written`);
      }
      if (place && answers.length === 0) report.unacknowledged += 1;
    }
    for (const n of places.keys()) {
      if (!numbers.has(n)) fault('differing', `writer ${writer}, command ${n} was never sent`);
    }
  });
  return report;
};
