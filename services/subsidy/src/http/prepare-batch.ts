import type { Id } from '@jishi/contracts/ids';
import { type FieldProblem, type ProblemType, Refusal } from '@jishi/contracts/problem';
import { businessDay } from '@jishi/contracts/time';
import { requireSeparateDuty } from '../domain/duties.ts';
import { type Instruction, paymentFile } from '../domain/payment/file.ts';
import { nameKey } from '../domain/payment/payee.ts';
import { type Actor, audit } from '../store/audit.ts';
import { batchFileBoundTo, decidersOf, saveBatch } from '../store/batches.ts';
import {
  contractOf,
  deskOfficersOf,
  interestedIn,
  lockCase,
  partyOf,
  setCaseStatus,
} from '../store/cases.ts';
import { sha256 } from '../store/commands.ts';
import { validDecision } from '../store/decisions.ts';
import { accountInUse, openAccount } from '../store/payees.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import type { SubsidyDependencies } from './dependencies.ts';

interface Payable extends Instruction {
  readonly caseId: Id;
  readonly contractId: Id;
  readonly decisionId: Id;
  readonly partyId: Id;
  /** Parties of the contract: their people do not prepare the payment. */
  readonly partyIds: readonly Id[];
}

const refuseCase = (type: ProblemType, position: number, zh: string, en: string): Refusal => {
  const field: FieldProblem = { field: `caseIds.${position}`, rule: type, zh, en };
  return new Refusal(type, { fields: [field] });
};

/** One case as an instruction, locked and checked: approved, notice over, account of that name. */
const payableOf = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  caseId: Id,
  position: number,
  at: string,
): Promise<Payable> => {
  const row = await lockCase(trx, caseId);
  const decision = await validDecision(trx, caseId);
  if (row.status !== 'approved' || !decision?.payable_from) {
    throw refuseCase('case-state', position, '案件未处于待支付状态', 'The case is not approved');
  }
  if (businessDay(at) < decision.payable_from) {
    const until = decision.payable_from;
    throw refuseCase('notice-running', position, `${until} 起可支付`, `Payable from ${until}`);
  }
  const contract = await contractOf(trx, row.contract_id);
  const party = partyOf(row, contract);
  const account = await accountInUse(trx, party.partyId, at);
  if (!account) {
    throw refuseCase('payee-account-missing', position, '没有可用账户', 'No account in use');
  }
  const content = openAccount(dependencies.sealer, account);
  if (nameKey(content.accountName) !== nameKey(party.name)) {
    throw refuseCase('payee-name-differs', position, '户名不一致', 'The names differ');
  }
  return {
    instructionId: dependencies.newId(),
    payeeName: content.accountName,
    bankName: content.bankName,
    accountNumber: content.accountNumber,
    amountFen: decision.award_fen,
    reference: `技术转移奖补 ${contract.registration_number}-${row.role}-${row.supplement}`,
    caseId,
    contractId: row.contract_id,
    decisionId: decision.decision_id,
    partyId: party.partyId,
    partyIds: interestedIn(row, contract),
  };
};

/** Locks the cases in one order for all, so that two batches cannot wait for each other. */
const payablesOf = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  caseIds: readonly Id[],
  at: string,
): Promise<readonly Payable[]> => {
  const inLockOrder = caseIds.map((caseId, position) => ({ caseId, position }));
  inLockOrder.sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  const payables: Payable[] = [];
  for (const { caseId, position } of inLockOrder) {
    payables.push(await payableOf(trx, dependencies, caseId, position, at));
  }
  return payables;
};

/** Makes batch, instructions and file; the file's hash is what the second officer approves. */
export const prepareBatch = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  batchId: Id,
  caseIds: readonly Id[],
): Promise<void> => {
  const payables = await payablesOf(trx, dependencies, [...new Set(caseIds)], actor.at);
  requireSeparateDuty(actor.person, {
    partyIds: payables.flatMap((payable) => payable.partyIds),
    userIds: [
      ...(await decidersOf(
        trx,
        payables.map((payable) => payable.decisionId),
      )),
      ...(await deskOfficersOf(
        trx,
        payables.map((payable) => payable.contractId),
      )),
    ],
  });
  const file = paymentFile(payables);
  const { sealer } = dependencies;
  await saveBatch(
    trx,
    {
      batch_id: batchId,
      status: 'prepared',
      created_by: actor.person.userId,
      created_at: actor.at,
      approved_by: null,
      approved_at: null,
      file_hash: sha256(file),
      file_sealed: sealer.seal(file, batchFileBoundTo(batchId)),
      key_id: sealer.keyId,
    },
    payables.map((payable, i) => ({
      instruction_id: payable.instructionId,
      batch_id: batchId,
      position: i + 1,
      case_id: payable.caseId,
      decision_id: payable.decisionId,
      party_id: payable.partyId,
      payee_name: payable.payeeName,
      account_ending: payable.accountNumber.slice(-4),
      amount_fen: payable.amountFen,
      reference: payable.reference,
      status: 'prepared',
      bank_reference: null,
      paid_on: null,
    })),
  );
  for (const { caseId } of payables) {
    await setCaseStatus(trx, caseId, 'approved', 'batched');
    await audit(trx, actor, { act: 'batched', subject: caseId, after: { batchId } });
  }
  await audit(trx, actor, {
    act: 'batch-prepared',
    subject: batchId,
    after: { cases: payables.length, fileHash: sha256(file) },
  });
};
