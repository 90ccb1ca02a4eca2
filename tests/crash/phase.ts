import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadCursor } from '@jishi/ledger/store/log/follow';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { makeSigningKey } from '@jishi/runtime/keys';
import type pg from 'pg';
import { randomFrom } from '../drill/random.ts';
import { auditHeads, type HeadsReport } from './audit-heads.ts';
import { auditJournals, type JournalsReport } from './audit-journals.ts';
import { auditConsumers, auditLog, type ConsumersReport, type LogReport } from './audit-log.ts';
import { startChild, waitUntilAtWork } from './children.ts';
import { type FaultCounts, strikeUntil } from './faults.ts';
import { readJournal } from './journal.ts';
import type { CrashServer } from './server.ts';
import { CONSUMER } from './tasks.ts';

const WRITERS = 3;
const CONSUMERS = 2;
/** As two service processes on one machine: one key, one file. */
const SIGNERS = 2;
const CAUGHT_UP_WITHIN_MS = 60_000;
const POLL_MS = 100;

export interface Phase {
  readonly server: CrashServer;
  readonly seed: number;
  readonly runMs: number;
  /** What is done to them meanwhile; seeded kills and stops when not said. */
  readonly disturb?: (unanswered: () => number) => Promise<void>;
  readonly tell: (line: string) => void;
}

export interface PhaseReport {
  readonly log: LogReport;
  readonly journals: JournalsReport;
  readonly consumers: ConsumersReport;
  readonly heads: HeadsReport;
  readonly faults: FaultCounts;
  /** A byte altered on purpose was found, at its place. */
  readonly alteredByteFound: boolean;
  readonly lives: number;
  /** Processes that did not end well, and what else went wrong, in words. */
  readonly problems: readonly string[];
}

/** After the faults the consumers must come to the end by themselves, in bounded time. */
const waitUntilCaughtUp = async (pool: pg.Pool): Promise<boolean> => {
  const db = openDatabase<LogTables>(pool);
  const untilMs = performance.now() + CAUGHT_UP_WITHIN_MS;
  while (performance.now() < untilMs) {
    const { seq } = await db.selectFrom('log_head').select('seq').executeTakeFirstOrThrow();
    if ((await loadCursor(db, CONSUMER)) === Number(seq)) return true;
    await pause(POLL_MS);
  }
  return false;
};

/** Alters one byte of one envelope unseen: whether the audit finds it, and where. */
const findsAlteredByte = async (pool: pg.Pool, log: LogReport, seed: number): Promise<boolean> => {
  const random = randomFrom(seed ^ 0x5eed);
  const seq = random.between(1, log.events + 1);
  const alter = `update log set envelope = overlay(envelope placing
    translate(substr(envelope, $2, 1), '0123456789', '1234567890') from $2 for 1) where seq = $1`;
  const { rows } = await pool.query<{ envelope: string }>(
    'select envelope from log where seq = $1',
    [seq],
  );
  const digits = [...(rows[0]?.envelope ?? '').matchAll(/\d/g)].map((match) => match.index + 1);
  if (digits.length === 0) return false;
  await pool.query(alter, [seq, random.pick(digits)]);
  const after = await auditLog(pool, seed, WRITERS);
  await pool.query('update log set envelope = $2 where seq = $1', [seq, rows[0]?.envelope]);
  return after.unproven === 1 && after.faults.some((text) => text === `unproven: sequence ${seq}`);
};

const unansweredIn = (journals: readonly string[]): number =>
  journals.flatMap(readJournal).filter((line) => line.step === 'failed').length;

/** Writers and consumers at work while they are disturbed; then everything is held to account. */
export const runPhase = async (phase: Phase): Promise<PhaseReport> => {
  const { server, seed, tell } = phase;
  const { url } = server;
  const journals = Array.from({ length: WRITERS }, (_, w) => join(server.folder, `writer-${w}`));
  const consumers = Array.from({ length: CONSUMERS }, (_, consumer) => consumer);
  const writers = journals.map((journal, writer) =>
    startChild('writer', `writer ${writer}`, { url, seed, writer, journal }),
  );
  const readers = consumers.map((consumer) =>
    startChild('consumer', `consumer ${consumer}`, { url, consumer }),
  );
  const signing = { url, key: makeSigningKey(), file: join(server.folder, 'heads.notes') };
  const signers = Array.from({ length: SIGNERS }, (_, signer) =>
    startChild('signer', `signer ${signer}`, signing),
  );
  const children = [...writers, ...readers, ...signers];
  const faults: FaultCounts = { kills: {}, stops: 0 };
  await waitUntilAtWork(children);
  tell('all at work');
  const untilMs = performance.now() + phase.runMs;
  if (phase.disturb) await phase.disturb(() => unansweredIn(journals));
  else await strikeUntil({ server, children }, untilMs, randomFrom(seed), faults, tell);
  await server.ensure();

  tell('no more faults: everything must come to its end');
  const ends = await Promise.all(writers.map((child) => child.finish()));
  const pool = openPool({ url: server.adminUrl, poolSize: 2, applicationName: 'crash-audit' });
  try {
    const caughtUp = await waitUntilCaughtUp(pool);
    ends.push(...(await Promise.all([...readers, ...signers].map((child) => child.finish()))));
    tell('reading the whole log');
    const log = await auditLog(pool, seed, WRITERS);
    const journalsReport = auditJournals(journals, log.commands);
    return {
      ...{ log, faults, journals: journalsReport },
      consumers: await auditConsumers(pool),
      heads: await auditHeads(pool, log.leaves, signing.file),
      alteredByteFound: await findsAlteredByte(pool, log, seed),
      lives: children.reduce((sum, child) => sum + child.lives(), 0),
      problems: [
        ...ends.filter((end) => !end.ok).map((end) => end.why),
        ...(caughtUp ? [] : ['the consumers did not come to the end of the log']),
        ...log.faults,
        ...journalsReport.faults,
      ],
    };
  } finally {
    await pool.end();
  }
};
