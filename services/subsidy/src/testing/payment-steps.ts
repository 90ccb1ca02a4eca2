import { newId } from '@jishi/contracts/ids';
import { approveBatch, createBatch, readBooks } from '@jishi/contracts/subsidy/endpoints';
import type { AnswerLine, BatchView } from '@jishi/contracts/subsidy/payment';
import type { TestDesk } from './desk.ts';
import { approvedCase, registerAccount } from './steps.ts';

/** A batch with the approved cases of new contracts, prepared by `maker`. */
export const preparedBatch = async (desk: TestDesk, count = 1) => {
  const cases = [];
  for (let i = 0; i < count; i++) {
    const found = await approvedCase(desk);
    await registerAccount(desk, found.contract.buyer.partyId, found.contract.buyer.name);
    cases.push(found);
  }
  const maker = desk.finance();
  const batch = await desk.as(maker)(createBatch, {
    body: { commandId: newId(), batchId: newId(), caseIds: cases.map((found) => found.caseId) },
  });
  return { cases, maker, batch };
};

export const approval = (batch: BatchView, fileHash = batch.fileHash) => ({
  params: { batchId: batch.batchId },
  body: { commandId: newId(), version: batch.version, fileHash },
});

/** A batch whose file is out: prepared by one finance officer, approved by another. */
export const approvedBatch = async (desk: TestDesk, count = 1) => {
  const prepared = await preparedBatch(desk, count);
  const checker = desk.finance();
  const batch = await desk.as(checker)(approveBatch, approval(prepared.batch));
  return { ...prepared, checker, batch };
};

/** The answer that a bank gives when it paid everything. */
export const linesOf = (batch: BatchView): AnswerLine[] =>
  batch.instructions.map((line) => ({
    instructionId: line.instructionId,
    payeeName: line.payeeName,
    amountFen: line.amountFen,
    result: 'paid',
    bankReference: `B-${line.instructionId.slice(-12)}`,
    paidOn: '2026-07-02',
  }));

export const answerTo = (
  batch: BatchView,
  lines = linesOf(batch),
  answerNumber: string = newId(),
) => ({
  params: { batchId: batch.batchId },
  body: { commandId: newId(), fileHash: batch.fileHash, answerNumber, lines },
});

export const balanceOf = async (desk: TestDesk, kind: string): Promise<bigint> => {
  const { accounts } = await desk.as(desk.auditor())(readBooks);
  const found = accounts.find((account) => account.account.endsWith(`:${kind}`));
  return BigInt(found?.balanceFen ?? 0);
};
