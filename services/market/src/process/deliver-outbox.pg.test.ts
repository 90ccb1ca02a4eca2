import { createServer } from 'node:net';
import * as trade from '@jishi/contracts/market/trade';
import { openDatabase, openPool } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { outboxHealth } from '../http/trade-outbox.ts';
import { publishedListing, readyContract, signed } from '../http/trade-story.ts';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from '../http/trade-trial.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { type Delivery, startDelivery } from './deliver-outbox.ts';
import { startLedgerDouble } from './ledger-double.ts';

/** A busy machine is slow; what is waited for comes within milliseconds on an idle one. */
const SOON = { timeout: 20_000, interval: 10 };

let trial: TradeTrial;
let seller: Trader;
let buyer: Trader;
let reviewer: Awaited<ReturnType<TradeTrial['officer']>>;
const endings: (() => Promise<void>)[] = [];
beforeAll(async () => {
  trial = await openTradeTrial('outbox');
  seller = await trial.trader(['listing-officer']);
  buyer = await trial.trader(['buyer']);
  reviewer = await trial.officer(['exchange-operator']);
});
beforeEach(async () => {
  await sql`truncate outbox`.execute(trial.admin);
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
afterAll(() => trial.close());

const ledger = async (port?: number) => {
  const double = await startLedgerDouble(trial.people.trustedKeys, port);
  endings.push(() => double.kill());
  return double;
};

const deliver = (ledgerUrl: string, pool = trial.serving): Delivery => {
  const delivery = startDelivery({
    pool,
    log: silentLog,
    clock: trial.clock,
    ledgerUrl,
    serviceKey: trial.people.privateKeyOf('service:market'),
    limits: { pauseMs: 5, backOffFirstMs: 5, backOffLastMs: 20, callTimeoutMs: 2_000 },
  });
  endings.push(() => delivery.stop());
  return delivery;
};

const rows = () => trial.admin.selectFrom('outbox').selectAll().orderBy('position').execute();
const states = async () => (await rows()).map((row) => row.state);

const health = () => outboxHealth(openDatabase<TradeTables>(trial.serving), trial.clock)();

const signedContract = async (): Promise<string> => {
  const { contractId } = await readyContract(seller, buyer, reviewer);
  await signed(seller, contractId);
  await signed(buyer, contractId);
  return contractId;
};

test('in order and once, though the ledger loses the answer after applying', async () => {
  const double = await ledger();
  double.behave(({ times }) => (times < 3 ? 'drop' : 'answer'));
  const contractId = await signedContract();
  await signedContract();
  deliver(double.url);
  await expect.poll(states, SOON).toStrictEqual(Array(4).fill('delivered'));
  const sent = await rows();
  expect(sent.map((row) => row.attempts)).toStrictEqual([3, 3, 3, 3]);
  expect(double.calls).toHaveLength(12);
  const order = double.applied.map((a) => a.commandId);
  expect([...order].sort()).toStrictEqual(sent.map((row) => row.id).sort());
  const [firstListing, firstContract] = sent;
  expect(order.indexOf(firstListing?.id ?? '')).toBeLessThan(
    order.indexOf(firstContract?.id ?? ''),
  );
  const contract = double.applied.find((a) => a.commandId === firstContract?.id);
  expect(contract).toMatchObject({ what: 'ContractSubmitted', actor: buyer.person.userId });
  const seen = await seller.call(trade.readContract, { params: { contractId } });
  expect(seen.delivery).toStrictEqual({ state: 'delivered', attempts: 3, reason: null });
});

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('port')),
      );
    });
  });

test('with the ledger stopped people sign, and it hears of it once when it is back', async () => {
  const port = await freePort();
  deliver(`http://127.0.0.1:${port}`);
  const contractId = await signedContract();
  const seen = await seller.call(trade.readContract, { params: { contractId } });
  expect(seen).toMatchObject({ status: 'signed', delivery: { state: 'waiting' } });
  await expect.poll(async () => (await rows())[0]?.attempts, SOON).toBeGreaterThan(1);
  expect((await rows())[1]?.attempts).toBe(0);
  const double = await ledger(port);
  await expect.poll(states, SOON).toStrictEqual(['delivered', 'delivered']);
  expect(double.applied.map((a) => a.what)).toStrictEqual(['ListingOpened', 'ContractSubmitted']);
});

test('with the ledger killed in the middle of a call nothing is lost or doubled', async () => {
  const first = await ledger();
  first.behave(() => 'hold');
  const contractId = await signedContract();
  deliver(first.url);
  await expect.poll(() => first.applied.length, SOON).toBe(1);
  await first.kill();
  const second = await ledger(first.port);
  second.applied.push(...first.applied);
  await expect.poll(states, SOON).toStrictEqual(['delivered', 'delivered']);
  expect(second.applied.map((a) => a.what)).toStrictEqual(['ListingOpened', 'ContractSubmitted']);
  expect(second.calls).toHaveLength(2);
  expect((await rows())[1]?.stream).toBe(`contract:${contractId}`);
});

test('with the connection cut between the answer and its record the row is sent again', async () => {
  const double = await ledger();
  double.behave(({ times }) => (times === 1 ? 'hold' : 'answer'));
  await publishedListing(seller, reviewer);
  const pool = openPool({
    url: String(trial.serving.options.connectionString),
    poolSize: 2,
    applicationName: 'delivery-to-cut',
  });
  endings.push(() => pool.end());
  deliver(double.url, pool);
  await expect.poll(() => double.held.length, SOON).toBe(1);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'delivery-to-cut'`.execute(trial.admin);
  double.held[0]?.();
  await expect.poll(states, SOON).toStrictEqual(['delivered']);
  // Both connections were cut: the second may fail one more try before a whole one comes through.
  expect(double.calls.length).toBeGreaterThanOrEqual(2);
  expect(double.applied).toHaveLength(1);
});

test('two processes deliver each row once between them', async () => {
  const double = await ledger();
  for (let i = 0; i < 6; i++) await publishedListing(seller, reviewer);
  const pool = openPool({ url: String(trial.serving.options.connectionString), poolSize: 4 });
  endings.push(() => pool.end());
  deliver(double.url);
  deliver(double.url, pool);
  await expect.poll(states, SOON).toStrictEqual(Array(6).fill('delivered'));
  expect(double.calls).toHaveLength(6);
  expect(new Set(double.calls).size).toBe(6);
});

test('a row that the ledger refuses is parked by name, holds up what follows, and can be retried', async () => {
  const double = await ledger();
  const contractId = await signedContract();
  const other = await publishedListing(seller, reviewer);
  const [refused] = await rows();
  double.behave(({ commandId }) => (commandId === refused?.id ? 'refuse' : 'answer'));
  deliver(double.url);
  await expect.poll(states, SOON).toStrictEqual(['parked', 'waiting', 'delivered']);
  expect((await rows())[2]?.stream).toBe(`listing:${other}`);
  expect(await health()).toMatchObject({
    figures: { outboxWaiting: 1, outboxParked: 1 },
    notes: [{ en: 'The ledger refused 1 rows, which wait for somebody: listing-state' }],
  });
  const { items } = await reviewer.call(trade.listOutbox);
  expect(items).toMatchObject([
    { id: refused?.id, state: 'parked', attempts: 1, reason: 'listing-state' },
    { stream: `contract:${contractId}`, state: 'waiting', attempts: 0 },
  ]);
  const retry = { params: { id: refused?.id ?? '' } };
  double.behave(() => 'answer');
  await reviewer.call(trade.retryOutboxRow, retry);
  await expect.poll(states, SOON).toStrictEqual(['delivered', 'delivered', 'delivered']);
  expect(await refusalOf(reviewer.call(trade.retryOutboxRow, retry))).toBe('not-found');
});

test('the age of the outbox is a note after thirty seconds and not before', async () => {
  await publishedListing(seller, reviewer);
  const created = Date.parse((await rows())[0]?.created_at ?? '');
  const noteAfter = async (ageMs: number) => {
    trial.now.offsetMs = created + ageMs - Date.now();
    const found = await health();
    trial.now.offsetMs = 0;
    return found.notes.length;
  };
  expect(await noteAfter(25_000)).toBe(0);
  expect(await noteAfter(31_000)).toBe(1);
});
