import { randomBytes } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import pg from 'pg';
import { MIGRATIONS } from '../src/store/all-migrations.ts';
import type { AppendCommand } from '../src/store/log/append.ts';
import { createAppendQueue } from '../src/store/log/append-queue.ts';
import { appendBulk, type BulkEvent } from '../src/store/log/bulk.ts';

/**
 * How many appends a second, beside as many bare INSERTs of the same size on the same server right
 * before. MEASURE_SERVER_URL names a PostgreSQL that may create a database; nothing else matters.
 */

const SLICE_MS = 2_000;
const ROUNDS = 5;
const DATA = JSON.stringify({ contractId: newId(), filler: 'x'.repeat(600) });
const BODY = JSON.stringify({ filler: 'y'.repeat(250) });

const server = process.env.MEASURE_SERVER_URL;
if (!server) throw new Error('MEASURE_SERVER_URL is not set');
const name = `measure_${process.pid}`;
const admin = async (text: string): Promise<void> => {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(text);
  await client.end();
};
await admin(`create database ${name}`);
const url = new URL(server);
url.pathname = `/${name}`;
const pool = openPool({ url: url.toString() });
await migrateToLatest(openDatabase<unknown>(pool), MIGRATIONS);
await pool.query('create table bare (id uuid primary key, body text not null)');

const event = () => ({
  ...{ type: 'ReceiptRecorded', schema: 1, id: newId(), data: DATA, recordedAt: null },
  actor: { kind: 'service', service: 'ledger' } as const,
  private: { salt: randomBytes(32), body: BODY },
});
const command = (): AppendCommand => ({
  ...{ org: 'service:ledger', id: newId(), hash: Buffer.alloc(32), expected: 0 },
  ...{ stream: `contract-${newId()}`, events: [event()], claims: [] },
});
const bulkEvent = (): BulkEvent => ({
  ...event(),
  ...{ stream: `contract-${newId()}`, version: 1, org: 'service:ledger', commandId: newId() },
  ...{ part: 1, hash: Buffer.alloc(32), claims: [] },
});

/** Operations a second of `workers` that each wait for their own answer. */
const rate = async (workers: number, operation: () => Promise<number>): Promise<number> => {
  let done = 0;
  const started = performance.now();
  const work = async (): Promise<void> => {
    while (performance.now() - started < SLICE_MS) {
      const count = await operation();
      done += count;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return (done * 1_000) / (performance.now() - started);
};

const bare = async (): Promise<number> => {
  await pool.query({
    name: 'bare',
    text: 'insert into bare (id, body) values ($1, $2)',
    values: [newId(), DATA + BODY],
  });
  return 1;
};
const queue = createAppendQueue(pool);
const append = async (): Promise<number> => {
  const { outcome } = await queue.append(command());
  if (outcome !== 'ok') throw new Error(outcome);
  return 1;
};
const bulk = async (): Promise<number> => {
  await appendBulk(pool, Array.from({ length: 1_000 }, bulkEvent));
  return 1_000;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const compare = async (label: string, workers: number, operation: () => Promise<number>) => {
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const limit = await rate(workers, bare);
    const own = await rate(workers, operation);
    ratios.push(own / limit);
    rates.push(own);
  }
  const [ratio, perSecond] = [median(ratios).toFixed(2), median(rates).toFixed(0)];
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  console.log(`${label}: ${perSecond} events/s, ratio to bare INSERT ${ratio} (${spread})`);
};

try {
  await compare('append, 1 at a time', 1, append);
  await compare('append, 64 at a time', 64, append);
  await compare('bulk, 1000 per statement, 1 at a time', 1, bulk);
} finally {
  await queue.close();
  await pool.end();
  await admin(`drop database ${name}`);
}
