import { setTimeout as pause } from 'node:timers/promises';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import { Refusal } from '@jishi/contracts/problem';
import type { LedgerEvent } from '@jishi/ledger/domain/ledger-event';
import { handleCommand } from '@jishi/ledger/store/event-store';
import type { AppendResult, Expected } from '@jishi/ledger/store/log/append';
import { createAppendQueue } from '@jishi/ledger/store/log/append-queue';
import type { LogTables } from '@jishi/ledger/store/log/tables';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { randomFrom } from '../drill/random.ts';
import { appendOf, type CrashCommand, commandOf } from './commands.ts';
import { openJournal, readJournal } from './journal.ts';
import { onFinish, sayAtWork, taskOf, type WriterTask } from './tasks.ts';

const WORKERS = 8;
const PAUSE_MS_MAX = 12;
const CONFLICT_TRIES_MAX = 4;
/** Without an answer a command is sent again, until faults have surely ended. */
const SENDS_MAX = 400;
const RESEND_AFTER_MS = 100;

const task = taskOf<WriterTask>();
const pool = openPool({ url: task.url, poolSize: 3, applicationName: 'crash-writer' });
const db = openDatabase<LogTables>(pool);
const queue = createAppendQueue(pool);
const before = readJournal(task.journal);
const journal = openJournal(task.journal);
const versions = new Map<string, number>();
const acked: number[] = [];
let next = before.reduce((highest, line) => Math.max(highest, line.n), -1) + 1;
let acksOfThisLife = 0;
let finishing = false;

/** Through emmett: read, decide, append. The decision names the command's own event. */
const decide = async (command: CrashCommand): Promise<AppendResult> => {
  const [event] = command.events;
  if (!event) throw new Error('a decided command has one event');
  const written = await handleCommand<number, LedgerEvent<'ListingRenewed'>>(
    {
      db,
      queue,
      sources: { newId: () => event.id, newSalt: () => Buffer.alloc(32), now: () => null },
    },
    { org: command.org, id: command.id, hash: command.hash },
    {
      stream: command.stream,
      initialState: () => 0,
      evolve: (count) => count + 1,
      handle: () => [
        {
          type: 'ListingRenewed',
          data: {
            public: JSON.parse(event.data) as EventDataOf<'ListingRenewed'>,
            private: null,
          },
          metadata: { actor: { kind: 'service', service: 'ledger' } },
        },
      ],
    },
  );
  const { seq, version } = written;
  return { outcome: 'ok', firstSeq: seq, lastSeq: seq, version };
};

const send = async (command: CrashCommand, expected: Expected): Promise<AppendResult> => {
  try {
    if (command.kind === 'decided') return await decide(command);
    return await queue.append(appendOf(command, expected));
  } catch (error) {
    // A stream that others moved on too often, or made meanwhile.
    const lost = error instanceof Refusal && /^(version-conflict|not-found)$/.test(error.type);
    if (lost) {
      return { outcome: 'conflict', current: 0 };
    }
    throw error;
  }
};

/** Sends until an answer comes; a server that is away, full or recovering is no answer. */
const ask = async (command: CrashCommand, n: number, expected: Expected): Promise<AppendResult> => {
  for (let sends = 1; ; sends += 1) {
    try {
      return await send(command, expected);
    } catch (error) {
      journal.note('failed', n, String((error as { code?: string }).code ?? 'none'));
      if (sends >= SENDS_MAX) throw error;
      await pause(RESEND_AFTER_MS);
    }
  }
};

const expectedFor = (command: CrashCommand): Expected =>
  command.expects === 'known' ? (versions.get(command.stream) ?? 0) : command.expects;

/** One command until it is acknowledged or finally refused. */
const carry = async (n: number): Promise<void> => {
  const command = commandOf(task.seed, task.writer, n);
  journal.note('sent', n);
  for (let tries = 1; ; tries += 1) {
    const result = await ask(command, n, expectedFor(command));
    if (result.outcome === 'ok' || result.outcome === 'replayed') {
      versions.set(command.stream, result.version);
      await journal.keep('acked', n, result.firstSeq, result.lastSeq, result.version);
      if (acksOfThisLife === 0) sayAtWork();
      acksOfThisLife += 1;
      acked.push(n);
      return;
    }
    if (result.outcome === 'conflict') versions.set(command.stream, result.current);
    const again = result.outcome === 'conflict' && command.expects === 'known';
    if (!again || tries >= CONFLICT_TRIES_MAX) {
      await journal.keep('refused', n, result.outcome);
      return;
    }
  }
};

/** The same command again: the answer must be the one it had. */
const repeat = async (n: number): Promise<void> => {
  const command = commandOf(task.seed, task.writer, n);
  const result = await ask(command, n, expectedFor(command));
  if (result.outcome === 'replayed' || (command.kind === 'decided' && result.outcome === 'ok')) {
    await journal.keep('replayed', n, result.firstSeq, result.lastSeq, result.version);
  } else {
    await journal.keep('wrong', n, `repeated:${result.outcome}`);
  }
};

/** The id of an earlier command with another content: must be refused. */
const reuse = async (n: number): Promise<void> => {
  const command = commandOf(task.seed, task.writer, n);
  const other = { ...command, kind: 'cold', hash: Buffer.alloc(32, 7) } as const;
  const { outcome } = await ask(other, n, 'any');
  await journal.keep(outcome === 'key-reused' ? 'reused' : 'wrong', n, `reused:${outcome}`);
};

const work = async (worker: number): Promise<void> => {
  const random = randomFrom(task.seed * 7919 + task.writer * 101 + worker * 13 + next);
  while (!finishing) {
    const dice = random.between(0, 100);
    const old = acked.length > 0 ? random.pick(acked) : undefined;
    if (dice < 6 && old !== undefined) await repeat(old);
    else if (dice < 8 && old !== undefined) await reuse(old);
    else await carry(next++);
    await pause(random.between(0, PAUSE_MS_MAX));
  }
};

/** Commands of an earlier life without an answer: every other one is sent again, the rest not. */
const unanswered = (): number[] => {
  const open = new Set<number>();
  for (const { step, n } of before) {
    if (step === 'sent') open.add(n);
    else if (step === 'acked' || step === 'refused') open.delete(n);
    if (step === 'acked') acked.push(n);
  }
  return [...open].filter((n) => n % 2 === 0);
};

onFinish(() => {
  finishing = true;
});
await Promise.all(unanswered().map(carry));
await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
await queue.close();
journal.close();
await pool.end();
process.disconnect?.();
