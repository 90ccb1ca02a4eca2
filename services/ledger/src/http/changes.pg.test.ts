import { newId } from '@jishi/contracts/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppendCommand, appendBatch } from '../store/log/append.ts';
import { appendOne } from '../store/log/append-one.ts';
import { testCommand, testEvent } from '../store/log/testing.ts';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testParty } from './testing.ts';

/** 变更, 注销, 撤销 and 到账撤回 over HTTP, with two at once, and below the code in the database. */

let ledger: TestApp;
let next = 10_000_000;
beforeAll(async () => {
  ledger = await openTestApp('changes');
});
afterAll(() => ledger.end());

/** Two parties of their own for each test: nothing is split. */
const openDesk = () => {
  next += 1;
  return openTestDesk(ledger, {
    seller: testParty(`${next}`),
    buyer: testParty(`${next + 30_000_000}`),
  });
};
type Desk = ReturnType<typeof openDesk>;

const factsWith = async (desk: Desk, contractId: string, values: object) => {
  const view = await desk.read(desk.people.registrar, `/registrations/${contractId}`);
  return { public: view.public, private: { ...(view.private as object), ...values } };
};
const typeOf = ({ type }: Record<string, unknown>): string => String(type).split('#')[1] ?? '';

test('amended: number and day of registration stay, the facts are new, versions tell both', async () => {
  const desk = openDesk();
  const { registrar, senior, seller } = desk.people;
  const contractId = await desk.register();
  const before = await desk.read(seller, `/registrations/${contractId}`);
  const amended = await factsWith(desk, contractId, { technologyValueFen: '20000000' });
  const { changeId, answer } = await desk.propose(contractId, 3, 'amend', amended);
  expect(answer).toMatchObject({ status: 200, version: 4 });
  const waiting = await desk.read(senior, `/registrations/${contractId}`);
  expect(waiting.pendingChange).toMatchObject({ changeId, kind: 'amend', mine: false });
  expect(waiting.pendingChange).toMatchObject({ mayConfirm: true, expiresOn: '2026-11-27' });
  const own = await desk.read(registrar, `/registrations/${contractId}`);
  expect(own.pendingChange).toMatchObject({ mine: true, mayConfirm: false });
  const confirmed = await desk.act(senior, contractId, `changes/${changeId}/confirm`, 4);
  expect(confirmed).toMatchObject({ status: 200, version: 5 });
  const after = await desk.read(seller, `/registrations/${contractId}`);
  expect(after).toMatchObject({
    ...{ amendment: 1, pendingChange: null, registeredOn: before.registeredOn },
    registrationNumber: before.registrationNumber,
    ...{ private: { technologyValueFen: '20000000' }, changes: [{ changeId, kind: 'amend' }] },
  });
  const { items } = await desk.read(seller, `/registrations/${contractId}/versions`);
  expect(items).toMatchObject([
    { amendment: 0, private: { technologyValueFen: '28000000' }, changeId: null },
    { amendment: 1, private: { technologyValueFen: '20000000' }, changeId },
  ]);
});

test('the four eyes over HTTP: the proposer and the registrar of the contract are refused', async () => {
  const desk = openDesk();
  const both = ledger.person(['registrar', 'senior-registrar']);
  const contractId = await desk.register();
  const { changeId } = await desk.propose(contractId, 3, 'deregister', null, both);
  const confirm = (who: typeof both) => desk.act(who, contractId, `changes/${changeId}/confirm`, 4);
  expect(typeOf(await confirm(both))).toBe('duties-not-separated');
  // The registrar who registered it has become a senior one, and comes from another organisation.
  const promoted = { ...desk.people.registrar, roles: ['senior-registrar' as const] };
  expect(typeOf(await confirm(promoted))).toBe('duties-not-separated');
  expect(typeOf(await confirm({ ...promoted, organisationId: newId() }))).toBe(
    'duties-not-separated',
  );
  expect(await confirm(desk.people.senior)).toMatchObject({ status: 200 });
});

/** The two ways that an event is written: a command alone, and one of a batch. */
const WAYS = {
  alone: (command: AppendCommand) => appendOne(ledger.pool, command),
  batch: async (command: AppendCommand) => {
    const listingId = newId();
    const data = JSON.stringify({ listingId, closedOn: '2026-11-20', reason: 'withdrawn' });
    const closed = testEvent({ type: 'ListingClosed', data });
    const beside = testCommand({ stream: `listing-${listingId}`, events: [closed] });
    const [written] = await appendBatch(ledger.pool, [beside, command]);
    return written ?? null;
  },
};
type Way = keyof typeof WAYS;

/** Writes an event as the application role could, past the domain. */
const writeRaw = async (
  way: Way,
  contractId: string,
  version: number,
  type: string,
  data: object,
  by: string,
) => {
  const actor = { kind: 'person', userId: by, organisationId: newId() };
  const facts = { reasons: [{ code: 'other', note: '' }] };
  const body = JSON.stringify({ actor, facts });
  const event = testEvent({
    ...{ type, actor: { kind: 'person' }, data: JSON.stringify(data) },
    private: { salt: Buffer.alloc(32, 1), body },
  });
  const stream = `contract-${contractId}`;
  const written = await WAYS[way](testCommand({ stream, expected: version, events: [event] }));
  expect(written).not.toBeNull();
};

test.each(['alone', 'batch'] as const)(
  'the four eyes below the code: the database refuses the same person under raw SQL, written %s',
  async (way) => {
    const desk = openDesk();
    const { registrar, senior } = desk.people;
    const proposer = ledger.person(['registrar']);
    const contractId = await desk.register();
    const { changeId } = await desk.propose(contractId, 3, 'revoke', null, proposer);
    const data = { contractId, changeId };
    for (const by of [proposer.userId, registrar.userId]) {
      await expect(writeRaw(way, contractId, 4, 'ContractRevoked', data, by)).rejects.toThrow(
        'by the person of an earlier step',
      );
    }
    await writeRaw(way, contractId, 4, 'ContractRevoked', data, senior.userId);
  },
);

test('below the code, the second reviewer is not the first, and who handled a receipt cannot end it', async () => {
  const desk = openDesk();
  const { seller, buyer, registrar, senior } = desk.people;
  const large = desk.submission({
    ...{ contractValueFen: '600000000', technologyValueFen: '500000000' },
  });
  const id = large.contractId;
  await desk.submit(large);
  await desk.act(registrar, id, 'accept', 1);
  await desk.act(registrar, id, 'approve', 2);
  const data = { contractId: id };
  for (const way of ['alone', 'batch'] as const) {
    await expect(
      writeRaw(way, id, 3, 'ContractRegistered', data, registrar.userId),
    ).rejects.toThrow('by the person of an earlier step');
  }
  await desk.act(senior, id, 'second-review', 3);
  const { receipt } = await desk.pay(id, '100');
  await desk.step(buyer, id, receipt.receiptId, 'confirm');
  await desk.step(registrar, id, receipt.receiptId, 'verify');
  const change = { changeId: newId(), reasons: desk.reasons };
  const proposed = await desk.act(senior, id, `receipts/${receipt.receiptId}/reversal`, 7, change);
  expect(proposed).toMatchObject({ status: 200 });
  const reversed = { contractId: id, receiptId: receipt.receiptId };
  for (const { userId } of [seller, buyer, registrar, senior]) {
    for (const way of ['alone', 'batch'] as const) {
      await expect(writeRaw(way, id, 8, 'ReceiptReversed', reversed, userId)).rejects.toThrow(
        'by the person of an earlier step',
      );
    }
  }
  const other = ledger.person(['senior-registrar']);
  const done = await desk.act(other, id, `changes/${change.changeId}/confirm`, 8);
  expect(done).toMatchObject({ status: 200, version: 9 });
  const view = await desk.read(seller, `/registrations/${id}`);
  expect(view.receipts).toMatchObject([{ status: 'reversed' }]);
});

test('two seniors at once: one confirms, the other hears of a conflict', async () => {
  const desk = openDesk();
  const contractId = await desk.register();
  const { changeId } = await desk.propose(contractId, 3, 'deregister');
  const seniors = [1, 2, 3].map(() => ledger.person(['senior-registrar']));
  const answers = await Promise.all(
    seniors.map((who, i) =>
      i === 2
        ? desk.act(who, contractId, `changes/${changeId}/reject`, 4, { reasons: desk.reasons })
        : desk.act(who, contractId, `changes/${changeId}/confirm`, 4),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toStrictEqual([200, 409, 409]);
});

test('two registrars propose at once: one change waits', async () => {
  const desk = openDesk();
  const contractId = await desk.register();
  const answers = await Promise.all(
    (['deregister', 'revoke'] as const).map((kind) => desk.propose(contractId, 3, kind)),
  );
  expect(answers.map(({ answer }) => answer.status).sort()).toStrictEqual([200, 409]);
});

test('an amendment below what arrives, at the same moment as the money: never both', async () => {
  for (let round = 0; round < 8; round++) {
    const desk = openDesk();
    const contractId = await desk.register();
    const amended = await factsWith(desk, contractId, { technologyValueFen: '10000000' });
    const { changeId } = await desk.propose(contractId, 3, 'amend', amended);
    const [confirmed, paid] = await Promise.all([
      desk.act(desk.people.senior, contractId, `changes/${changeId}/confirm`, 4),
      desk.pay(contractId, '20000000'),
    ]);
    const outcomes = [confirmed.status, paid.answer.status];
    expect([
      [200, 422],
      [409, 200],
      [422, 200],
    ]).toContainEqual(outcomes);
    const view = await desk.read(desk.people.seller, `/registrations/${contractId}`);
    const sum = (view.receipts as { amountFen: string }[]).reduce(
      (total, { amountFen }) => total + BigInt(amountFen),
      0n,
    );
    const { technologyValueFen } = view.private as { technologyValueFen: string };
    expect(sum <= BigInt(technologyValueFen)).toBe(true);
  }
});

test('who did what is told to the desk by pseudonym, to the parties without it; reasons to both', async () => {
  const desk = openDesk();
  const { registrar, senior, seller } = desk.people;
  const contractId = await desk.register();
  const { changeId } = await desk.propose(contractId, 3, 'deregister');
  await desk.act(senior, contractId, `changes/${changeId}/confirm`, 4);
  const path = `/registrations/${contractId}/history`;
  const [forDesk, forParty] = [await desk.read(registrar, path), await desk.read(seller, path)];
  expect(forDesk.items).toMatchObject([
    { type: 'ContractSubmitted', by: 'registrant', userId: seller.userId, on: '2026-11-20' },
    { type: 'ContractAccepted', by: 'desk', userId: registrar.userId },
    { type: 'ContractRegistered', by: 'desk', userId: registrar.userId, on: '2026-11-20' },
    { type: 'ChangeProposed', by: 'desk', userId: registrar.userId, changeId },
    { type: 'ContractDeregistered', by: 'senior', userId: senior.userId, reasons: desk.reasons },
  ]);
  const lines = forParty.items as { userId: unknown; reasons: unknown }[];
  expect(lines.map(({ userId }) => userId)).toStrictEqual([null, null, null, null, null]);
  expect(lines.at(-1)?.reasons).toStrictEqual(desk.reasons);
  const stranger = ledger.person(['listing-officer'], testParty('77777777'));
  expect(await desk.read(stranger, path)).toMatchObject({ status: 404 });
});

test('index and gauge: a deregistration restates its month; as of before, byte for byte the same', async () => {
  const desk = openDesk();
  const operator = ledger.person(['exchange-operator']);
  const contractId = await desk.register();
  const head = desk.lastSeq();
  const gauge = async (query: string) => {
    const { status: _, ...answer } = await ledger.as(operator, 'GET', `/gauge?${query}`);
    const { asOf: __, ...rest } = answer;
    return rest as { contractCount: number; contractValueFen: string };
  };
  const before = await gauge(`asOf=${head}&atLeast=${head}`);
  const amended = await factsWith(desk, contractId, { contractValueFen: '31000000' });
  const first = await desk.propose(contractId, 3, 'amend', amended);
  await desk.act(desk.people.senior, contractId, `changes/${first.changeId}/confirm`, 4);
  const restated = await gauge(`atLeast=${desk.lastSeq()}`);
  expect(BigInt(restated.contractValueFen) - BigInt(before.contractValueFen)).toBe(1_000_000n);
  const second = await desk.propose(contractId, 5, 'deregister');
  await desk.act(desk.people.senior, contractId, `changes/${second.changeId}/confirm`, 6);
  const gone = await gauge(`atLeast=${desk.lastSeq()}`);
  expect(gone.contractCount).toBe(before.contractCount - 1);
  expect(BigInt(before.contractValueFen) - BigInt(gone.contractValueFen)).toBe(30_000_000n);
  expect(JSON.stringify(await gauge(`asOf=${head}`))).toBe(JSON.stringify(before));
});
