import { newId } from '@jishi/contracts/ids';
import type { EventType, PrivatePart } from '@jishi/contracts/ledger/events';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase, type TestDatabase } from '@jishi/runtime/testing/database';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptOf } from '../../domain/registration/erasure.ts';
import { testParty, testSubmission } from '../../http/testing.ts';
import { MIGRATIONS } from '../all-migrations.ts';
import { type AppendQueue, createAppendQueue } from './append-queue.ts';
import { testCommand, testEvent } from './testing.ts';

/** What the database itself refuses of an erasure, although the serving role asks for it. */

let database: TestDatabase;
let role: string;
let owner: pg.Pool;
let serving: pg.Pool;
let queue: AppendQueue;

beforeAll(async () => {
  database = await createTestDatabase('log_erasure');
  const url = new URL(database.url);
  role = `${url.pathname.slice(1)}_app`;
  owner = openPool({ url: database.url });
  await owner.query(`create role ${role} login password 'x'`);
  await migrateToLatest(openDatabase<unknown>(owner), MIGRATIONS);
  [url.username, url.password] = [role, 'x'];
  serving = openPool({ url: url.toString() });
  queue = createAppendQueue(serving);
});

afterAll(async () => {
  await queue.close();
  await serving.end();
  await owner.query(`drop owned by ${role}`);
  await owner.query(`drop role ${role}`);
  await owner.end();
  await database.drop();
});

const PERSON = { kind: 'person' as const };
const person = () => ({ ...PERSON, userId: newId(), organisationId: newId() });

const append = async (
  stream: string,
  type: EventType,
  data: object,
  part: PrivatePart,
): Promise<number> => {
  const hidden = { salt: Buffer.alloc(32, 1), body: JSON.stringify(part) };
  const event = testEvent({ type, data: JSON.stringify(data), private: hidden });
  const command = testCommand({ stream, expected: 'any', events: [event] });
  const appended = await queue.append({ ...command, events: [{ ...event, actor: PERSON }] });
  if (appended.outcome !== 'ok') throw new Error(appended.outcome);
  return appended.lastSeq;
};

const seller = () => {
  const key = { kind: 'person' as const, subjectRef: 'a'.repeat(64) };
  return { ...testParty('10000001'), key, name: '示例姓名', nature: 'person' as const };
};
const form = {
  ...{ ipKinds: [], patentNumbers: ['示例专利'], planSource: 'none', socioEconomicGoal: '10' },
  ...{ paymentMethod: 'instalments', validFrom: '2026-11-18', validTo: null },
};

/** A contract and a receipt as they are in the log, and what an erasure would leave of them. */
const recorded = async () => {
  const contractId = newId();
  const stream = `contract-${contractId}`;
  const contract = { ...testSubmission({}, { seller: seller() }).private, form };
  const receipt = {
    ...{ amountFen: '1000', receivedOn: '2026-11-19', evidenceHash: 'b'.repeat(64) },
    bankReference: 'REF-0001',
  };
  const parts: { seq: number; type: EventType; part: PrivatePart }[] = [];
  for (const [type, facts] of [
    ['ContractSubmitted', contract],
    ['ReceiptRecorded', receipt],
    ['SupplementRequested', { reasons: [{ code: '自拟', note: '示例理由' }] }],
  ] as const) {
    const part = { actor: person(), facts };
    parts.push({ type, part, seq: await append(stream, type, { contractId }, part) });
  }
  const kept = keptOf(parts.map(({ seq, type, part }) => ({ seq, type, ...part })));
  return { stream, contractId, kept };
};
type Recorded = Awaited<ReturnType<typeof recorded>>;

const erase = ({ stream, contractId, kept }: Recorded, sequences = kept.map(({ seq }) => seq)) =>
  append(
    stream,
    'PrivatePartErased',
    { contractId, changeId: newId(), reason: 'subject-request', sequences },
    { actor: person(), facts: { kept } },
  );

const hidden = async (table: 'private_part' | 'private_remainder', of: Recorded) => {
  const { rows } = await owner.query(`select seq::int from ${table} where seq = any($1)`, [
    of.kept.map(({ seq }) => seq),
  ]);
  return rows.length;
};

const expectRefused = async (of: Recorded, erasing: Promise<number>) => {
  await expect(erasing).rejects.toMatchObject({ code: 'JL003' });
  expect(await hidden('private_part', of)).toBe(of.kept.length);
  expect(await hidden('private_remainder', of)).toBe(0);
};

test('the serving role erases by the event: the parts are gone, what is left of them stands', async () => {
  const own = await recorded();
  expect(own.kept.length).toBe(3);
  await erase(own);
  expect(await hidden('private_part', own)).toBe(0);
  expect(await hidden('private_remainder', own)).toBe(3);
});

test('an event of one stream erases nothing of another', async () => {
  const [own, other] = [await recorded(), await recorded()];
  await expectRefused(other, erase({ ...own, kept: other.kept }));
  await expectRefused(other, erase({ ...own, kept: [...own.kept, ...other.kept] }));
  expect(await hidden('private_part', own)).toBe(3);
});

test('what is named and what is left are of the same events', async () => {
  const own = await recorded();
  const [first = 0, ...others] = own.kept.map(({ seq }) => seq);
  await expectRefused(own, erase(own, others));
  await expectRefused(own, erase({ ...own, kept: own.kept.slice(1) }, [first, ...others]));
});

test.each([
  ['who acted', 0, ['actor', 'userId'], newId()],
  ['for which organisation', 0, ['actor', 'organisationId'], newId()],
  ['the contract value', 0, ['facts', 'contractValueFen'], '1'],
  ['the technology value', 0, ['facts', 'technologyValueFen'], '1'],
  ['a party id', 0, ['facts', 'buyer', 'partyId'], newId()],
  ['a key', 0, ['facts', 'seller', 'key', 'subjectRef'], 'c'.repeat(64)],
  ["an organisation's name", 0, ['facts', 'buyer', 'name'], 'x'],
  ['a broker', 0, ['facts', 'broker'], testParty('30000003')],
  ['a date of the form', 0, ['facts', 'form', 'validFrom'], '2026-11-19'],
  ['a missing fact', 0, ['facts', 'technologyValueFen'], undefined],
  ['a further fact', 0, ['facts', 'more'], 'x'],
  ['a receipt', 1, ['facts', 'amountFen'], '1001'],
  ['its day', 1, ['facts', 'receivedOn'], '2026-11-20'],
  ['a further reason', 2, ['facts', 'reasons', 1], { code: 'other', note: '' }],
] as const)(
  'what is left says the same but for words: refused with %s changed',
  async (_, n, path, to) => {
    const own = await recorded();
    const kept = structuredClone(own.kept);
    const last = path[path.length - 1] as string;
    let at = kept[n] as unknown as Record<string, unknown>;
    for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
    at[last] = to;
    await expectRefused(own, erase({ ...own, kept }));
    await erase(own);
  },
);

test('the serving role has no other way to a private part or a remainder', async () => {
  await recorded();
  for (const text of [
    'delete from private_part',
    `update private_part set body = '{}'`,
    'truncate private_part',
    `insert into private_remainder values (1, 1, '{}')`,
    `update private_remainder set body = '{}'`,
    'delete from private_remainder',
    `insert into log select seq + 1000, stream, version + 1000, command_org, gen_random_uuid(), 1,
      command_hash, 'PrivatePartErased', envelope, leaf, recorded_at from log limit 1`,
  ]) {
    await expect(serving.query(text)).rejects.toThrow('permission denied');
  }
  await expect(serving.query('select ledger_erase()')).rejects.toThrow(
    'trigger functions can only',
  );
});
