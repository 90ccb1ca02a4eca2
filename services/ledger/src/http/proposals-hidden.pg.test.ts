import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testParty } from './testing.ts';

/** What the desk only considers is told to the parties once it is confirmed, and not before. */

let ledger: TestApp;
let next = 40_000_000;
beforeAll(async () => {
  ledger = await openTestApp('proposals_hidden');
});
afterAll(() => ledger.end());

const openDesk = () => {
  next += 1;
  const parties = { seller: testParty(`${next}`), buyer: testParty(`${next + 10_000_000}`) };
  return openTestDesk(ledger, parties);
};
type Desk = ReturnType<typeof openDesk>;
type Line = { readonly type: string; readonly reasons: readonly unknown[] };

const linesOf = async (desk: Desk, who: keyof Desk['people'], contractId: string) => {
  const answer = await desk.read(desk.people[who], `/registrations/${contractId}/history`);
  return answer.items as Line[];
};
const typesOf = async (desk: Desk, who: keyof Desk['people'], contractId: string) =>
  (await linesOf(desk, who, contractId)).map(({ type }) => type).slice(3);

const expectPending = async (desk: Desk, contractId: string, kind: string): Promise<void> => {
  for (const who of ['seller', 'buyer', 'registrar', 'senior', 'auditor'] as const) {
    const view = await desk.read(desk.people[who], `/registrations/${contractId}`);
    const isParty = who === 'seller' || who === 'buyer';
    expect([who, view.amendment]).toEqual([who, 0]);
    if (isParty) expect([who, view.pendingChange]).toEqual([who, null]);
    else expect([who, view.pendingChange]).toEqual([who, expect.objectContaining({ kind })]);
  }
};

test('a proposal and its rejection are never told to the parties', async () => {
  const desk = openDesk();
  const contractId = await desk.register();
  const { changeId } = await desk.propose(contractId, 3, 'revoke');
  await expectPending(desk, contractId, 'revoke');
  expect(await typesOf(desk, 'seller', contractId)).toEqual([]);
  expect(await typesOf(desk, 'auditor', contractId)).toEqual(['ChangeProposed']);
  const { senior } = desk.people;
  const { reasons } = desk;
  await desk.act(senior, contractId, `changes/${changeId}/reject`, 4, { reasons });
  expect(await typesOf(desk, 'buyer', contractId)).toEqual([]);
  const all = ['ChangeProposed', 'ChangeRejected'];
  expect(await typesOf(desk, 'registrar', contractId)).toEqual(all);
});

test('a confirmed change is told with its reasons; the one that waits after it is not', async () => {
  const desk = openDesk();
  const contractId = await desk.register();
  const { changeId } = await desk.propose(contractId, 3, 'deregister');
  await desk.act(desk.people.senior, contractId, `changes/${changeId}/confirm`, 4);
  await desk.propose(contractId, 5, 'revoke');
  const lines = (await linesOf(desk, 'seller', contractId)).slice(3);
  expect(lines.map(({ type }) => type)).toEqual(['ChangeProposed', 'ContractDeregistered']);
  for (const { reasons } of lines) expect(reasons).toEqual(desk.reasons);
});

test('a reversal of a receipt is told once the money was taken back', async () => {
  const desk = openDesk();
  const contractId = await desk.register();
  const { receipt } = await desk.pay(contractId, '100');
  const { receiptId } = receipt;
  const more = { changeId: receiptId, reasons: desk.reasons };
  const { registrar, senior } = desk.people;
  await desk.act(registrar, contractId, `receipts/${receiptId}/reversal`, 4, more);
  await expectPending(desk, contractId, 'reverse-receipt');
  expect(await typesOf(desk, 'seller', contractId)).toEqual(['ReceiptRecorded']);
  await desk.act(senior, contractId, `changes/${receiptId}/confirm`, 5);
  const told = ['ReceiptRecorded', 'ReceiptReversalProposed', 'ReceiptReversed'];
  expect(await typesOf(desk, 'seller', contractId)).toEqual(told);
});
