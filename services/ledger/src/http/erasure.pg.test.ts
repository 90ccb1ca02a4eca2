import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { LEDGER_ENDPOINTS } from '@jishi/contracts/ledger/endpoints';
import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import type { Submission } from '@jishi/contracts/ledger/registration';
import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import { silentLog } from '@jishi/runtime/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REGISTRATION_RULES } from '../domain/registration/regimes.ts';
import {
  REGISTRATIONS_CURSOR,
  startRegistrationsProjector,
} from '../process/project-registrations.ts';
import { MODELS, type ModelName, rebuildModel } from '../process/rebuild-model.ts';
import { createLogFollower, waitForCursor } from '../store/log/follow.ts';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testReceipt } from './testing.ts';

/** One text that is nowhere else for each place where a person may be named. */
const canaries: string[] = [];
const canary = (where: string): string => {
  const text = `金丝雀${where}${newId().slice(-6)}`;
  canaries.push(text);
  return text;
};

const personOf = (name: string, n: string, district: PartyRef['district']): PartyRef => {
  const key = { kind: 'person', subjectRef: n.repeat(64) } as const;
  return { partyId: partyIdOf(key), key, name: canary(name), nature: 'person', district };
};

let ledger: TestApp;
let desk: ReturnType<typeof openTestDesk>;
let contractId: string;
const lines: string[] = [];
const keep = (fields: Record<string, unknown>): void => {
  lines.push(JSON.stringify(fields));
};
const seniors: Person[] = [];
const nth = (n: number): Person => {
  while (seniors.length <= n) seniors.push(ledger.person(['senior-registrar']));
  return seniors[n] as Person;
};

beforeAll(async () => {
  ledger = await openTestApp('erasure', { log: { info: keep, warn: keep, error: keep } });
  const seller = personOf('卖方', 'a', 'sip');
  desk = openTestDesk(ledger, { seller, buyer: personOf('买方', 'b', 'kunshan') });
});
afterAll(() => ledger.end());

const reasoned = (where: string, code = 'other') => ({ reasons: [{ code, note: canary(where) }] });

const wordy = (where: string): Submission => {
  const one = desk.submission({ contractValueFen: '600000000', technologyValueFen: '500000000' });
  const form = {
    ...{ ipKinds: ['invention' as const], patentNumbers: [canary(`${where}专利`)] },
    ...{ planSource: 'none' as const, socioEconomicGoal: '10' as const },
    ...{ paymentMethod: 'instalments' as const, validFrom: '2026-11-18', validTo: null },
    ...{ sellerNature: '022', buyerNature: '150', sellerCountry: '142', buyerCountry: '142' },
    ...{ newInvestmentFen: null, newOutputFen: null },
  };
  const broker = personOf(`${where}中介`, 'c', 'sip');
  return { ...one, private: { ...one.private, title: canary(`${where}名称`), broker, form } };
};

const done = async (answer: Promise<Record<string, unknown> & { status: number }>) => {
  const given = await answer;
  expect(given.status, JSON.stringify(given)).toBe(200);
  return Number(given.version);
};

/** Returned, brought again, reviewed twice, paid, amended, a change rejected, a receipt undone. */
const live = async (): Promise<number> => {
  const { people, act, step } = desk;
  const first = wordy('初次');
  contractId = first.contractId;
  await done(desk.submit(first));
  await done(act(people.registrar, contractId, 'return', 1, reasoned('退回')));
  await done(desk.submit({ ...wordy('补正'), contractId }));
  await done(act(people.registrar, contractId, 'accept', 3));
  await done(act(people.senior, contractId, 'approve', 4));
  let version = await done(act(nth(0), contractId, 'second-review', 5));
  for (const amount of ['300', '200']) {
    const receipt = { ...testReceipt(amount), bankReference: canary('流水') };
    const path = `/registrations/${contractId}/receipts`;
    await done(ledger.as(people.seller, 'POST', path, receipt));
    await done(step(people.buyer, contractId, receipt.receiptId, 'confirm'));
    version = await done(step(people.registrar, contractId, receipt.receiptId, 'verify'));
    if (amount === '300') continue;
    const changeId = newId();
    const name = `receipts/${receipt.receiptId}/reversal`;
    const body = { changeId, ...reasoned('撤回') };
    version = await done(act(people.registrar, contractId, name, version, body));
    version = await done(act(nth(1), contractId, `changes/${changeId}/confirm`, version));
  }
  const amended = wordy('变更');
  const facts = { public: amended.public, private: amended.private };
  const change = { changeId: newId(), kind: 'amend', amended: facts, ...reasoned('变更') };
  version = await done(act(people.registrar, contractId, 'changes', version, change));
  const confirm = `changes/${change.changeId}/confirm`;
  version = await done(act(nth(1), contractId, confirm, version));
  const end = { changeId: newId(), kind: 'deregister', amended: null, ...reasoned('注销') };
  version = await done(act(people.registrar, contractId, 'changes', version, end));
  const reject = `changes/${end.changeId}/reject`;
  return done(act(nth(1), contractId, reject, version, reasoned('驳回')));
};

const textOf = async (person: Person | null, path: string): Promise<string> => {
  const token = person ? await ledger.people.tokenFor(person, 'ledger') : null;
  return (await ledger.call('GET', path, token)).text();
};

/** Every column of every table as text, each row with its table. */
const tablesAsText = async (): Promise<string> => {
  const { rows } = await ledger.pool.query<{ table_name: string }>(
    `select table_name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  expect(rows.length).toBeGreaterThan(15);
  const texts: string[] = [];
  for (const { table_name: name } of rows) {
    const found = await ledger.pool.query<{ row: string }>(
      `select '${name}' || ' ' || to_json(t)::text as row from "${name}" t`,
    );
    texts.push(...found.rows.map(({ row }) => row));
  }
  return texts.join('\n');
};

const reads = LEDGER_ENDPOINTS.filter(
  ({ method, path }) => method === 'get' && !/stream$/.test(path),
);

/** Every reading endpoint, by everybody who may have something to see. */
const answersAsText = async (): Promise<string> => {
  const { people } = desk;
  const operator = ledger.person(['exchange-operator']);
  const texts: string[] = [];
  for (const { path } of reads) {
    const own = path.replace('{contractId}', contractId).replace('{period}', '2026-11');
    const to = own.replace('{publicationId}', newId()).replace('{listId}', newId());
    for (const who of [null, people.seller, people.registrar, people.auditor, operator]) {
      texts.push(`${to} ${await textOf(who, to)}`);
    }
  }
  const token = await ledger.people.serviceToken('subsidy', 'ledger', null);
  texts.push(`subsidy ${await (await ledger.call('GET', '/feed?limit=1000', token)).text()}`);
  return texts.join('\n');
};

const foundIn = (text: string): string[] => canaries.filter((one) => text.includes(one));

interface Proven {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
  readonly remainder?: string;
}
const exported = async (): Promise<Proven[]> =>
  (await textOf(desk.people.auditor, '/log/export'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Proven);

const sha256 = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

const figures = async (): Promise<string> => {
  const seq = desk.lastSeq();
  const at = async (path: string) => textOf(null, `${path}&atLeast=${seq}`);
  const { rows } = await ledger.pool.query(
    `select c.seq, c.contract_value_fen, c.technology_value_fen, c.seller_id, c.buyer_id, x.body
      from index_contract c left join index_change x using (contract_id) order by 1`,
  );
  const gauge = JSON.parse(await at('/gauge?year=2026')) as Record<string, unknown>;
  const { head: _, asOf: __, seq: ___, ...rest } = gauge;
  const written = JSON.stringify(rows, (____, v) => (typeof v === 'bigint' ? `${v}` : v));
  return `${written} ${JSON.stringify(rest)}`;
};

const proposeErasure = async (version: number, reasons: object) => {
  const changeId = newId();
  const body = { changeId, kind: 'erase', amended: null, ...reasons };
  const answer = await desk.act(desk.people.registrar, contractId, 'changes', version, body);
  return { changeId, answer };
};

/** What the registrations' projector wrote: three tables, as text. */
const readModel = async (): Promise<string> => {
  const { rows } = await ledger.pool.query(
    `select to_json(v)::text as view,
      (select json_agg(p order by party_id)::text from registration_party p) as parties,
      (select json_agg(r order by seq)::text from registration_receipt r) as receipts
    from registration_view v order by contract_id`,
  );
  return JSON.stringify(rows);
};

test('an erasure leaves no word of it anywhere, every proof valid and every figure the same', async () => {
  const version = await live();
  await desk.read(desk.people.registrar, `/registrations/${contractId}`);
  const { answer: refused } = await proposeErasure(version, reasoned('理由', 'other'));
  expect(refused).toMatchObject({ status: 400, type: expect.stringContaining('invalid-input') });
  const { changeId } = await proposeErasure(version, reasoned('删除', 'subject-request'));
  await desk.read(desk.people.registrar, `/registrations/${contractId}`);
  // The search finds what is there: every canary that was accepted is in a table and an answer.
  const told = canaries.filter((one) => !one.startsWith('金丝雀理由'));
  expect(foundIn(await tablesAsText())).toStrictEqual(told);
  expect(foundIn(await answersAsText()).length).toBe(told.length);
  const before = await exported();
  const figuresBefore = await figures();

  const path = `changes/${changeId}/confirm`;
  const own = await desk.act(desk.people.senior, contractId, path, version + 1);
  expect(own).toMatchObject({ status: 403 });
  await done(desk.act(nth(1), contractId, path, version + 1));
  const view = await desk.read(desk.people.registrar, `/registrations/${contractId}`);
  expect(view).toMatchObject({ status: 200, pendingChange: null });
  expect(view.private).toMatchObject({ title: ERASED_TEXT, seller: { name: ERASED_TEXT } });

  expect(foundIn(await tablesAsText())).toStrictEqual([]);
  expect(foundIn(await answersAsText())).toStrictEqual([]);
  expect(lines.length).toBeGreaterThan(20);
  expect(foundIn(lines.join('\n'))).toStrictEqual([]);

  const after = await exported();
  expect(after.slice(0, before.length).map(({ envelope, leaf }) => [envelope, leaf])).toStrictEqual(
    before.map(({ envelope, leaf }) => [envelope, leaf]),
  );
  for (const { envelope, leaf, salt, private: hidden, remainder } of after) {
    expect(sha256(Buffer.from([0]), envelope)).toBe(leaf);
    const { commit } = JSON.parse(envelope) as { commit: string | null };
    const made = salt && hidden ? sha256(Buffer.from(salt, 'hex'), hidden) : null;
    if (remainder === undefined) expect(commit).toBe(made);
    else expect([commit !== null, salt, hidden]).toStrictEqual([true, null, null]);
  }
  expect(after.filter(({ remainder }) => remainder !== undefined).length).toBe(15);
  expect(await figures()).toBe(figuresBefore);
});

test('the history says that it happened, when and why; replay gives the same read model', async () => {
  const history = await desk.read(desk.people.registrar, `/registrations/${contractId}/history`);
  const items = history.items as { type: string; on: string; by: string }[];
  expect(items.at(-1)).toMatchObject({ type: 'PrivatePartErased', on: '2026-11-20', by: 'senior' });
  const model = await readModel();
  await ledger.pool.query('truncate registration_view cascade');
  await ledger.pool.query(`delete from consumer_cursor where name = '${REGISTRATIONS_CURSOR}'`);
  expect(await readModel()).not.toBe(model);
  const { pool, db } = ledger;
  const follower = createLogFollower(pool);
  const rules = REGISTRATION_RULES;
  const projector = startRegistrationsProjector({ db, follower, log: silentLog, rules });
  await waitForCursor(db, REGISTRATIONS_CURSOR, desk.lastSeq());
  await projector.stop();
  await follower.stop();
  expect(await readModel()).toBe(model);
});

test('decisions go on with what is left: money, changes, and another erasure of new words', async () => {
  const { people, pay, act } = desk;
  const { answer } = await pay(contractId, '700');
  expect(answer.status).toBe(200);
  const over = await pay(contractId, '500000000');
  expect(over.answer).toMatchObject({ status: 422 });
  const end = { changeId: newId(), kind: 'revoke', amended: null, ...reasoned('再撤销') };
  const proposed = await act(people.registrar, contractId, 'changes', Number(answer.version), end);
  const confirm = `changes/${end.changeId}/confirm`;
  // Who took part before the erasure still took part.
  const barred = await act(nth(0), contractId, confirm, Number(proposed.version));
  expect(barred).toMatchObject({ status: 403 });
  const revoked = await done(act(nth(1), contractId, confirm, Number(proposed.version)));
  const again = await proposeErasure(revoked, reasoned('再删除', 'court-order'));
  await done(act(nth(1), contractId, `changes/${again.changeId}/confirm`, revoked + 1));
  await desk.read(people.registrar, `/registrations/${contractId}`);
  expect(foundIn(await tablesAsText())).toStrictEqual([]);
});

test.each(Object.keys(MODELS) as ModelName[])(
  'after the erasures, %s built anew from event 1 equals the running one',
  async (model) => {
    await waitForCursor(ledger.db, MODELS[model].cursor, desk.lastSeq());
    const progress = (): void => {};
    const checked = await rebuildModel({ url: ledger.url, model, checkOnly: true, progress });
    expect(checked).toMatchObject({ equal: true, switched: false });
    expect(checked.tables[0]?.rows).toStrictEqual({ running: 1, rebuilt: 1 });
  },
);
