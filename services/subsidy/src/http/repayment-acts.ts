import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay } from '@jishi/contracts/time';
import { capFreedFen, requireRepayment } from '../domain/clawback.ts';
import { requireSeparateDuty } from '../domain/duties.ts';
import { referenceKey } from '../domain/payment/reference-key.ts';
import { type Actor, audit } from '../store/audit.ts';
import { lockBooks, post } from '../store/books.ts';
import { setClawback } from '../store/clawbacks.ts';
import { capKeyOf, lockCap, useCap } from '../store/decisions.ts';
import { policyOf } from '../store/policy-files.ts';
import {
  pendingRepayment,
  type RepaymentEntryRow,
  saveRepayment,
  saveRepaymentEntry,
  settleRepaymentEntry,
} from '../store/repayments.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { type Claim, policyDayOf } from './clawback-acts.ts';
import type { SubsidyDependencies } from './dependencies.ts';

interface Repayment {
  readonly amountFen: bigint;
  readonly receivedOn: string;
  readonly bankReference: string;
}

/** What is still to be repaid, against what is said to have come. */
const requireFits = (
  { row }: Claim,
  repayment: Pick<Repayment, 'amountFen' | 'receivedOn'>,
  actor: Actor,
): { readonly isWhole: boolean } => {
  const claim = { amountFen: row.amount_fen, repaidFen: row.repaid_fen };
  return requireRepayment(claim, repayment, businessDay(actor.at));
};

/** One officer says that money came back: nothing is booked until another confirms it. */
export const enterEntry = async (
  trx: SubsidyTransaction,
  { newId }: Pick<SubsidyDependencies, 'newId'>,
  actor: Actor,
  claim: Claim,
  repayment: Repayment,
): Promise<void> => {
  const { row } = claim;
  if (await pendingRepayment(trx, row.clawback_id)) throw new Refusal('clawback-state');
  requireFits(claim, repayment, actor);
  const repaymentId = newId();
  await saveRepaymentEntry(trx, {
    repayment_id: repaymentId,
    clawback_id: row.clawback_id,
    amount_fen: repayment.amountFen,
    received_on: repayment.receivedOn,
    bank_reference: repayment.bankReference,
    reference_key: referenceKey(repayment.bankReference),
    entered_by: actor.person.userId,
    entered_at: actor.at,
  });
  await setClawback(trx, row.clawback_id, { status: 'approved' });
  const after = { repaymentId, amountFen: formatFen(repayment.amountFen) };
  await audit(trx, actor, { act: 'repayment-entered', subject: row.clawback_id, after });
};

/** The entry that waits, under the claim's lock; another one, or a settled one, is refused. */
export const requirePending = async (
  trx: SubsidyTransaction,
  { row }: Claim,
  repaymentId: Id,
): Promise<RepaymentEntryRow> => {
  const entry = await pendingRepayment(trx, row.clawback_id);
  if (entry?.repayment_id !== repaymentId) throw new Refusal('clawback-state');
  return entry;
};

/** Another officer saw the money: kept, booked, and given back to the cap as the rule says. */
export const confirmEntry = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  claim: Claim,
  entry: RepaymentEntryRow,
): Promise<void> => {
  const { row, found } = claim;
  requireSeparateDuty(actor.person, { partyIds: [], userIds: [entry.entered_by] });
  const amountFen = entry.amount_fen;
  const { isWhole } = requireFits(claim, { amountFen, receivedOn: entry.received_on }, actor);
  const books = { scheme: found.scheme, year: found.year };
  await lockBooks(trx, [books]);
  await settleRepaymentEntry(trx, actor, entry, 'confirmed');
  await saveRepayment(trx, entry, actor.person.userId);
  await post(trx, books, 'repay', {
    entryId: dependencies.newId(),
    reference: entry.repayment_id,
    amountFen,
    at: actor.at,
  });
  await setClawback(trx, row.clawback_id, {
    status: isWhole ? 'closed' : 'approved',
    repaid_fen: row.repaid_fen + amountFen,
    ...(isWhole ? { closed_at: actor.at } : {}),
  });
  const { policy } = policyOf(dependencies.policies, found.scheme);
  const freedFen = capFreedFen(policy, await policyDayOf(trx, row), amountFen);
  await lockCap(trx, capKeyOf(found));
  await useCap(trx, capKeyOf(found), -freedFen);
  const before = { repaidFen: formatFen(row.repaid_fen) };
  const freed = formatFen(freedFen);
  const after = {
    repaymentId: entry.repayment_id,
    amountFen: formatFen(amountFen),
    freedFen: freed,
  };
  await audit(trx, actor, { act: 'repaid', subject: row.clawback_id, before, after });
  await audit(trx, actor, { act: 'clawback-repaid', subject: row.case_id, after });
};

/** Entered wrongly: nothing was booked, and the bank reference is free again. */
export const withdrawEntry = async (
  trx: SubsidyTransaction,
  actor: Actor,
  { row }: Claim,
  entry: RepaymentEntryRow,
  reason: string,
): Promise<void> => {
  await settleRepaymentEntry(trx, actor, entry, 'withdrawn');
  await setClawback(trx, row.clawback_id, { status: 'approved' });
  const before = { repaymentId: entry.repayment_id, amountFen: formatFen(entry.amount_fen) };
  const act = { act: 'repayment-withdrawn', subject: row.clawback_id, before, note: reason };
  await audit(trx, actor, act);
};
