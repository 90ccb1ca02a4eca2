import { ProblemAnswer } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import {
  approveCase,
  decideCase,
  listCases,
  registerPayeeAccount,
} from '@jishi/contracts/subsidy/endpoints';
import { registeredItem, type TestContract, testContract, verifiedItem } from './contracts.ts';
import type { TestDesk } from './desk.ts';

/** The problem's type, or `allowed`. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    if (error instanceof ProblemAnswer) return error.type;
    throw error;
  }
};

export const act = (line: { caseId: string; version: number }) => ({
  params: { caseId: line.caseId },
  body: { commandId: newId(), version: line.version },
});

/** A contract registered and paid for, and the case of each role. */
export const openCasesFor = async (
  desk: TestDesk,
  contract: TestContract = testContract(),
  amountFen = '200000000',
) => {
  await desk.feed((seq) => [
    registeredItem(seq, contract, newId()),
    verifiedItem(seq + 1, contract, amountFen, newId()),
  ]);
  const { items } = await desk.as(desk.auditor())(listCases, {
    query: { contractId: contract.contractId },
  });
  return { contract, items };
};

/** The buyer's case of a new contract, decided and approved by two officers. */
export const approvedCase = async (
  desk: TestDesk,
  contract: TestContract = testContract(),
  amountFen?: string,
) => {
  const { items } = await openCasesFor(desk, contract, amountFen);
  const line = items.find((item) => item.role === 'buyer');
  if (!line) throw new Error('no case for the buyer');
  const [decider, approver] = [desk.officer(), desk.officer()];
  const decided = await desk.as(decider)(decideCase, act(line));
  const approved = await desk.as(approver)(approveCase, {
    params: { caseId: line.caseId },
    body: {
      commandId: newId(),
      version: decided.version,
      contentHash: decided.decision?.contentHash ?? '',
    },
  });
  return { contract, decider, approver, approved, caseId: line.caseId };
};

export const registerAccount = (
  desk: TestDesk,
  partyId: string,
  accountName: string,
  accountNumber = '6222021102012345678',
) =>
  desk.as(desk.memberOf(partyId))(registerPayeeAccount, {
    body: { commandId: newId(), accountName, bankName: '示例银行苏州分行', accountNumber },
  });
