import { newId } from '@jishi/contracts/ids';
import {
  approveBatch,
  approveCase,
  createBatch,
  decideCase,
  enterBankAnswer,
  listCases,
} from '@jishi/contracts/subsidy/endpoints';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { amendedItem, organisation, testContract, verifiedItem } from '../testing/contracts.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { answerTo, approval } from '../testing/payment-steps.ts';
import { act, openCasesFor, registerAccount } from '../testing/steps.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_other_broker', { asServingRole: true });
});
afterAll(() => desk.close());

/** The first broker's case, paid by the bank. */
const paidBroker = async () => {
  const contract = testContract();
  const { items } = await openCasesFor(desk, contract);
  const line = items.find((item) => item.role === 'broker');
  if (!line || !contract.broker) throw new Error('a case of the broker expected');
  const decided = await desk.as(desk.officer())(decideCase, act(line));
  const { params, body } = act(decided);
  const contentHash = decided.decision?.contentHash ?? '';
  await desk.as(desk.officer())(approveCase, { params, body: { ...body, contentHash } });
  await registerAccount(desk, contract.broker.partyId, contract.broker.name);
  const batch = await desk.as(desk.finance())(createBatch, {
    body: { commandId: newId(), batchId: newId(), caseIds: [line.caseId] },
  });
  const out = await desk.as(desk.finance())(approveBatch, approval(batch));
  await desk.as(desk.finance())(enterBankAnswer, answerTo(out));
  return contract;
};

test('who replaced a broker that was paid is awarded for a receipt of its own', async () => {
  const contract = await paidBroker();
  const broker = organisation('enterprise');
  await desk.feed((seq) => [
    amendedItem(seq, contract, { private: { broker } }),
    verifiedItem(seq + 1, { ...contract, broker }, '100000000', newId(), '2026-07-11'),
  ]);
  const { items } = await desk.as(desk.auditor())(listCases, {
    query: { contractId: contract.contractId, role: 'broker' },
  });
  const own = items.find((item) => item.partyId === broker.partyId);
  if (!own) throw new Error('a case of the new broker expected');
  desk.setNow('2026-07-12T02:00:00.000Z');
  const decided = await desk.as(desk.officer())(decideCase, act(own));
  expect(decided.decision?.content.decidedBy).toBe(null);
  expect(decided.awardFen).toBe('2000000');
});
