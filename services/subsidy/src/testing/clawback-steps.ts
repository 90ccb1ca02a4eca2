import { newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { ClawbackLine, ClawbackView } from '@jishi/contracts/subsidy/clawback';
import {
  approveBatch,
  approveClawback,
  confirmRepayment,
  createBatch,
  demandClawback,
  enterBankAnswer,
  enterRepayment,
  listClawbacks,
} from '@jishi/contracts/subsidy/endpoints';
import { type TestContract, testContract } from './contracts.ts';
import type { TestDesk } from './desk.ts';
import { answerTo, approval } from './payment-steps.ts';
import { approvedCase, registerAccount } from './steps.ts';

/** The buyer's case of a new contract, in a batch whose file is out. */
export const instructedCase = async (
  desk: TestDesk,
  contract: TestContract = testContract(),
  amountFen?: string,
) => {
  const found = await approvedCase(desk, contract, amountFen);
  await registerAccount(desk, contract.buyer.partyId, contract.buyer.name);
  const maker = desk.finance();
  const prepared = await desk.as(maker)(createBatch, {
    body: { commandId: newId(), batchId: newId(), caseIds: [found.caseId] },
  });
  const checker = desk.finance();
  const batch = await desk.as(checker)(approveBatch, approval(prepared));
  return { ...found, maker, checker, batch };
};

/** The same, paid by the bank. */
export const paidCase = async (
  desk: TestDesk,
  contract: TestContract = testContract(),
  amountFen?: string,
) => {
  const found = await instructedCase(desk, contract, amountFen);
  await desk.as(found.checker)(enterBankAnswer, answerTo(found.batch));
  return found;
};

export const claimsOf = async (desk: TestDesk, caseId: string): Promise<ClawbackLine[]> => {
  const { items } = await desk.as(desk.auditor())(listClawbacks, { query: { caseId } });
  return items;
};

export const demandOf = (
  desk: TestDesk,
  claim: Pick<ClawbackLine, 'clawbackId' | 'version'>,
  officer: Person = desk.officer(),
): Promise<ClawbackView> =>
  desk.as(officer)(demandClawback, {
    params: { clawbackId: claim.clawbackId },
    body: { commandId: newId(), version: claim.version, reason: '登记已撤销,应予追回' },
  });

export const approvalOf = (claim: ClawbackView) => ({
  params: { clawbackId: claim.clawbackId },
  body: { commandId: newId(), version: claim.version, contentHash: claim.contentHash ?? '' },
});

/** Demanded by one officer and approved by another. */
export const approvedClaim = async (desk: TestDesk, caseId: string): Promise<ClawbackView> => {
  const claim = (await claimsOf(desk, caseId)).find((found) => found.status === 'opened');
  if (!claim) throw new Error('no claim was opened');
  const demanded = await demandOf(desk, claim);
  return desk.as(desk.officer())(approveClawback, approvalOf(demanded));
};

export const repaymentOf = (
  claim: Pick<ClawbackView, 'clawbackId' | 'version'>,
  amountFen: string,
  changes: { bankReference?: string; receivedOn?: string } = {},
) => ({
  params: { clawbackId: claim.clawbackId },
  body: {
    commandId: newId(),
    version: claim.version,
    amountFen,
    receivedOn: changes.receivedOn ?? '2026-06-30',
    bankReference: changes.bankReference ?? `R-${newId()}`,
  },
});

export const confirmationOf = (claim: ClawbackView) => ({
  params: {
    clawbackId: claim.clawbackId,
    repaymentId: claim.pendingRepayment?.repaymentId ?? newId(),
  },
  body: { commandId: newId(), version: claim.version },
});

/** Entered by one finance officer and confirmed by another. */
export const repay = async (desk: TestDesk, claim: ClawbackView, amountFen: string) => {
  const entered = await desk.as(desk.finance())(enterRepayment, repaymentOf(claim, amountFen));
  return desk.as(desk.finance())(confirmRepayment, confirmationOf(entered));
};
