import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newId } from '@jishi/contracts/ids';
import { silentLog } from '@jishi/runtime/log';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { factOf } from '../domain/index/registered-contract.ts';
import { EMPTY_STATE, evolve } from '../domain/index/state.ts';
import {
  openTestApp,
  type TestApp,
  testParty,
  testReceipt,
  testSubmission,
} from '../http/testing.ts';
import { createLogFollower, readLog } from '../store/log/follow.ts';
import { startIndexProjector } from './project-index.ts';
import { MODELS, type ModelName, rebuildModel } from './rebuild-model.ts';

let ledger: TestApp;
const children: ChildProcess[] = [];
beforeAll(async () => {
  ledger = await openTestApp('rebuild');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(() => ledger.end());

const seller = testParty('10000001');
const submit = async (buyer = '20000002'): Promise<{ contractId: string; seq: number }> => {
  const submission = testSubmission({}, { seller, buyer: testParty(buyer, 'kunshan') });
  const who = ledger.person(['listing-officer'], seller);
  const body = { commandId: newId(), submission };
  const { seq } = await ledger.asService('market', who, 'POST', '/registrations', body);
  return { contractId: submission.contractId, seq: Number(seq) };
};

let buyers = 0;
/** A contract on its whole way, with money, of a pair of its own. */
const register = async (): Promise<number> => {
  const registrar = ledger.person(['registrar']);
  buyers += 1;
  const { contractId } = await submit(`3${`${buyers}`.padStart(7, '0')}`);
  const path = `/registrations/${contractId}`;
  for (const [version, verb] of ['accept', 'approve'].entries()) {
    const body = { commandId: newId(), version: version + 1 };
    expect(await ledger.as(registrar, 'POST', `${path}/${verb}`, body)).toMatchObject({
      status: 200,
    });
  }
  const side = ledger.person(['listing-officer'], seller);
  const recorded = await ledger.as(side, 'POST', `${path}/receipts`, testReceipt('1000'));
  expect(recorded.status).toBe(200);
  return Number(recorded.seq);
};

const rebuild = (model: ModelName, checkOnly = false, progress = (): void => {}) =>
  rebuildModel({ url: ledger.url, model, checkOnly, progress });

const rowsOf = async (model: ModelName): Promise<string[][]> => {
  const found: string[][] = [];
  for (const table of MODELS[model].tables) {
    const { rows } = await ledger.pool.query(`select t::text as row from ${table} t order by 1`);
    found.push(rows.map(({ row }) => row));
  }
  return found;
};

/** Everything about the tables that a switch might have changed. */
const shapeOf = async (model: ModelName): Promise<unknown[]> => {
  const { rows } = await ledger.pool.query(
    `select c.relname, pg_get_userbyid(c.relowner) as owner, c.relacl::text,
      (select array_agg(indexdef order by indexdef) from pg_indexes i
        where i.schemaname = 'public' and i.tablename = c.relname) as indexes,
      (select array_agg(conname || ' ' || pg_get_constraintdef(o.oid)
        order by conname) from pg_constraint o where o.conrelid = c.oid) as constraints,
      (select array_agg(attname || ' ' || format_type(atttypid, atttypmod) || attnotnull
        order by attnum) from pg_attribute a where a.attrelid = c.oid and attnum > 0) as columns
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1)
     order by c.relname`,
    [MODELS[model].tables],
  );
  return rows;
};

const leftovers = async (): Promise<string[]> =>
  (await ledger.pool.query(`select nspname from pg_namespace where nspname like 'rebuild%'`)).rows;

const caughtUp = async (): Promise<void> => {
  const head = async () =>
    (
      await ledger.pool.query(`select
      (select seq from log_head) - (select min(seq) from consumer_cursor) as lag`)
    ).rows[0].lag;
  await expect.poll(head, { timeout: 10_000 }).toBe(0n);
};

const names = Object.keys(MODELS) as ModelName[];

test('rebuilt from event 1 while events are appended, each model equals the running one', async () => {
  for (let i = 0; i < 4; i++) await register();
  await submit();
  await submit();
  for (const model of names) {
    const shape = await shapeOf(model);
    const appended = [register(), submit(), register()];
    const checked = await rebuild(model, true);
    expect(checked).toMatchObject({ model, equal: true, switched: false });
    await Promise.all(appended);
    const more = [register(), submit()];
    const rebuilt = await rebuild(model);
    expect(rebuilt).toMatchObject({ model, equal: true, switched: true });
    await Promise.all(more);
    await caughtUp();
    expect(await shapeOf(model)).toStrictEqual(shape);
    expect(await rebuild(model, true)).toMatchObject({ equal: true });
    expect(rebuilt.tables[0]?.rows.running).toBeGreaterThan(0);
  }
  expect(await leftovers()).toStrictEqual([]);
});

test('rows altered by hand are found by a check, and mended by a rebuild', async () => {
  await caughtUp();
  const whole = await rowsOf('registrations');
  await ledger.pool.query(`update registration_view set title = 'x' where contract_id =
    (select min(contract_id::text)::uuid from registration_view)`);
  await ledger.pool.query('delete from registration_receipt');
  const damaged = await rowsOf('registrations');
  const checked = await rebuild('registrations', true);
  const receipts = whole[2]?.length;
  expect(receipts).toBeGreaterThan(0);
  expect(checked.equal).toBe(false);
  expect(checked.tables.map(({ onlyIn }) => onlyIn)).toStrictEqual([
    { running: 1, rebuilt: 1 },
    { running: 0, rebuilt: 0 },
    { running: 0, rebuilt: receipts },
    { running: 0, rebuilt: 0 },
    { running: 0, rebuilt: 0 },
  ]);
  expect(await rowsOf('registrations')).toStrictEqual(damaged);
  expect(await rebuild('registrations')).toMatchObject({ equal: false, switched: true });
  expect(await rowsOf('registrations')).toStrictEqual(whole);
  const { seq } = await submit();
  const read = await ledger.as(
    ledger.person(['registrar']),
    'GET',
    `/registrations?atLeast=${seq}`,
  );
  expect(read.status).toBe(200);
});

test('a running service takes the mended index into memory, without a restart', async () => {
  await caughtUp();
  await ledger.pool.query('update index_contract set contract_value_fen = 1');
  const follower = createLogFollower(ledger.other);
  const index = startIndexProjector({ pool: ledger.other, follower, log: silentLog });
  const items = await readLog(ledger.db, 0, 10_000);
  const expected = items
    .map(factOf)
    .reduce((state, fact) => evolve(state, fact, index.method.parameters), EMPTY_STATE);
  await index.waitFor(items.length);
  expect(index.latest().recent[0]?.contractValueFen).toBe(1n);
  expect(await rebuild('index')).toMatchObject({ equal: false, switched: true });
  await expect.poll(() => index.latest().recent[0]?.contractValueFen).not.toBe(1n);
  expect(index.latest()).toStrictEqual(expected);
  const seq = await register();
  await index.waitFor(seq);
  await index.stop();
  await follower.stop();
});

const startCommand = (model: ModelName): ChildProcess => {
  const main = fileURLToPath(new URL('../../../../tests/rebuild/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, model], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, LEDGER_OWNER_DATABASE_URL: ledger.url },
  });
  children.push(child);
  return child;
};

const waitsForLock = async (): Promise<boolean> => {
  const { rows } = await ledger.other.query(`select 1 from pg_stat_activity
    where application_name = 'jishi-rebuild' and wait_event_type = 'Lock'
      and wait_event <> 'advisory' and datname = current_database()`);
  return rows.length > 0;
};

/** A session that holds something up, until it is released. */
const holding = async (text: string): Promise<() => Promise<void>> => {
  const client = await ledger.other.connect();
  await client.query('begin');
  await client.query(text);
  return async () => {
    await client.query('rollback');
    client.release();
  };
};

test.each([
  ['before the switch', "select 1 from consumer_cursor where name = 'registrations' for update"],
  ['in the switch', 'select 1 from registered_list_contract'],
])('killed %s: the running model is untouched, and it can be started again', async (_, held) => {
  await caughtUp();
  const [rows, shape] = [await rowsOf('registrations'), await shapeOf('registrations')];
  const release = await holding(held);
  const child = startCommand('registrations');
  await expect.poll(waitsForLock, { timeout: 25_000, interval: 20 }).toBe(true);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await release();
  await expect.poll(waitsForLock).toBe(false);
  expect(await rowsOf('registrations')).toStrictEqual(rows);
  expect(await shapeOf('registrations')).toStrictEqual(shape);
  await submit();

  const again = startCommand('registrations');
  const lines: string[] = [];
  if (!again.stdout) throw new Error('no output');
  createInterface({ input: again.stdout }).on('line', (line) => lines.push(line));
  const [code] = (await once(again, 'close')) as [number | null];
  expect(code).toBe(0);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ equal: true, switched: true });
  expect(lines[0]).toMatch(/^progress 0 \/ \d+ /);
  expect(await shapeOf('registrations')).toStrictEqual(shape);
  expect(await leftovers()).toStrictEqual([]);
});

test('two of one model at once: the second is refused by name', async () => {
  const release = await holding(
    "select 1 from consumer_cursor where name = 'registrations' for update",
  );
  const first = rebuild('registrations');
  await expect.poll(waitsForLock).toBe(true);
  await expect(rebuild('registrations')).rejects.toThrow('another rebuild of this model');
  await release();
  expect(await first).toMatchObject({ switched: true });
});

test('what a switch would not carry along is named before anything is built', async () => {
  await ledger.pool.query('create table guest (id uuid references registration_view)');
  await expect(rebuild('registrations')).rejects.toThrow('reference guest_id_fkey');
  await ledger.pool.query('drop table guest');
});
