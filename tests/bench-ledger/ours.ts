import { generateKeyPairSync } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { openLog } from '@jishi/ledger/process/open-log';
import { startHeadSigner } from '@jishi/ledger/process/sign-heads';
import { MIGRATIONS } from '@jishi/ledger/store/all-migrations';
import type { LedgerTables } from '@jishi/ledger/store/database';
import type { AppendCommand } from '@jishi/ledger/store/log/append';
import { createAppendQueue } from '@jishi/ledger/store/log/append-queue';
import { appendBulk, type BulkEvent } from '@jishi/ledger/store/log/bulk';
import { createLogFollower, readLog } from '@jishi/ledger/store/log/follow';
import { migrateToLatest, openDatabase } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  DATA_TEXT,
  HIDDEN_TEXT,
  type Latency,
  newSalt,
  openRivalPool,
  type Rival,
} from './rival.ts';

const BULK_EVENTS = 1_000;
const PAGE = 1_000;
/** Far more often than an installation signs, so that every slice bears its share of the tree. */
const SIGNING_PACE_MS = 500;
const SHARED = { org: 'service:ledger', hash: Buffer.alloc(32), claims: [] };

const event = () => ({
  ...{ type: 'ReceiptRecorded', schema: 1, id: newId(), data: DATA_TEXT, recordedAt: null },
  actor: { kind: 'service', service: 'ledger' } as const,
  private: { salt: newSalt(), body: HIDDEN_TEXT },
});
const command = (): AppendCommand => ({
  ...SHARED,
  ...{ id: newId(), expected: 0, stream: `contract-${newId()}`, events: [event()] },
});
const bulkEvent = (): BulkEvent => ({
  ...event(),
  ...SHARED,
  ...{ stream: `contract-${newId()}`, version: 1, commandId: newId(), part: 1 },
});

/** The log as one flat table of the same bytes, copied out and dropped on the floor. */
const replayCopy = async (pool: pg.Pool, ms: number): Promise<number> => {
  await pool.query(
    `create table if not exists replayed as
     select l.seq, l.envelope, p.body from log l left join private_part p using (seq)`,
  );
  const { rows } = await pool.query('select count(*) from replayed');
  const started = performance.now();
  let events = 0;
  while (performance.now() - started < ms) {
    const client = await pool.connect();
    try {
      const copy = client.query(copyTo('copy replayed to stdout'));
      for await (const _ of copy) events += 0;
      events += Number(rows[0].count);
    } finally {
      client.release();
    }
  }
  return (events * 1_000) / (performance.now() - started);
};

const replayLog = async (db: Kysely<LedgerTables>, ms: number): Promise<number> => {
  const started = performance.now();
  let [events, after] = [0, 0];
  while (performance.now() - started < ms) {
    const items = await readLog(db, after, PAGE);
    after = items.at(-1)?.seq ?? 0;
    events += items.length;
  }
  return (events * 1_000) / (performance.now() - started);
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** From the call of the append, so the commit is in it, to the event parsed by a subscriber. */
const measureLatency = async (
  {
    pool,
    db,
    append,
  }: { pool: pg.Pool; db: Kysely<LedgerTables>; append: (c: AppendCommand) => Promise<unknown> },
  perSecond: number,
  ms: number,
): Promise<Latency> => {
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  const follower = createLogFollower(pool);
  const stopping = new AbortController();
  const head = await pool.query('select seq from log_head');
  const follow = async (): Promise<void> => {
    let after = Number(head.rows[0].seq);
    while (!stopping.signal.aborted) {
      const items = await readLog(db, after, PAGE);
      for (const { envelope } of items) {
        const sent = sentAt.get(envelope.id);
        if (sent !== undefined) waits.push(performance.now() - sent);
      }
      after = items.at(-1)?.seq ?? after;
      if (items.length === 0) await follower.waitForMore(stopping.signal);
    }
  };
  const following = follow();
  const started = performance.now();
  const appends: Promise<unknown>[] = [];
  const count = Math.ceil((perSecond * ms) / 1_000);
  for (let n = 0; n < count; n += 1) {
    const due = started + (n * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const next = command();
    sentAt.set(next.events[0]?.id ?? '', performance.now());
    appends.push(append(next));
  }
  await Promise.all(appends);
  while (waits.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  stopping.abort();
  await following;
  await follower.stop();
  waits.sort((a, b) => a - b);
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) };
};

export const openOurs = async (url: string): Promise<Rival> => {
  const pool = openRivalPool(url);
  const db = openDatabase<LedgerTables>(pool);
  await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
  const queue = createAppendQueue(pool);
  await openLog({ db, queue, sources: { newId, newSalt, now: () => null } }, 'real');
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const signer = await startHeadSigner(pool, { key, paceMs: SIGNING_PACE_MS }, silentLog);
  const append = async (given: AppendCommand): Promise<void> => {
    const { outcome } = await queue.append(given);
    if (outcome !== 'ok') throw new Error(outcome);
  };
  const bulk = async (count: number): Promise<number> => {
    await appendBulk(pool, Array.from({ length: count }, bulkEvent));
    return count;
  };
  return {
    append: () => append(command()),
    bulk: () => bulk(BULK_EVENTS),
    fill: async (count) => {
      for (let left = count; left > 0; ) left -= await bulk(Math.min(left, BULK_EVENTS));
      await signer.headCovering(count);
      await pool.query('vacuum (analyze) log, private_part');
      await pool.query('checkpoint');
    },
    replay: (way, ms) => (way === 'copy' ? replayCopy(pool, ms) : replayLog(db, ms)),
    latency: async (perSecond, ms) => {
      // What the slices before have left to be written is not this commit's own wait.
      await pool.query('checkpoint');
      return measureLatency({ pool, db, append }, perSecond, ms);
    },
    close: async () => {
      const { note } = signer.state();
      if (note) throw new Error(`the heads were not signed: ${note.en}`);
      await signer.stop();
      await queue.close();
      await pool.end();
    },
  };
};
