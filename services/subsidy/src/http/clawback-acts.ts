import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { ClawbackStatus } from '@jishi/contracts/subsidy/clawback';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { businessDay } from '@jishi/contracts/time';
import { dueOn } from '../domain/clawback.ts';
import { requireSeparateDuty } from '../domain/duties.ts';
import { type Actor, audit } from '../store/audit.ts';
import { post } from '../store/books.ts';
import {
  type CaseRow,
  contractOf,
  deskOfficersOf,
  interestedIn,
  lockCase,
} from '../store/cases.ts';
import { type ClawbackRow, caseOfClawback, lockClawback, setClawback } from '../store/clawbacks.ts';
import { sha256 } from '../store/commands.ts';
import { policyOf } from '../store/policy-files.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import type { SubsidyDependencies } from './dependencies.ts';

/** A claim and its case, both locked. */
export interface Claim {
  readonly row: ClawbackRow;
  readonly found: CaseRow;
}

/** The claim under lock (its case first), after the guards that all acts on it share. */
export const lockClaim = async (
  trx: SubsidyTransaction,
  actor: Actor,
  asked: { clawbackId: Id; version: number; status: ClawbackStatus },
  earlierOf: (row: ClawbackRow) => readonly (Id | null)[],
): Promise<Claim> => {
  const found = await lockCase(trx, await caseOfClawback(trx, asked.clawbackId));
  const row = await lockClawback(trx, asked.clawbackId);
  if (row.version !== asked.version) throw new Refusal('version-conflict');
  if (row.status !== asked.status) throw new Refusal('clawback-state');
  const contract = await contractOf(trx, found.contract_id);
  const earlier = earlierOf(row).filter((id) => id !== null);
  requireSeparateDuty(actor.person, {
    partyIds: interestedIn(found, contract),
    userIds: [...earlier, ...(await deskOfficersOf(trx, [found.contract_id]))],
  });
  return { row, found };
};

/** What is demanded, in words of its own: the second officer approves exactly this text's hash. */
const demandContent = ({ row, found }: Claim, reason: string): string =>
  JSON.stringify({
    clawbackId: row.clawback_id,
    caseId: row.case_id,
    scheme: found.scheme,
    year: found.year,
    partyId: row.party_id,
    causeSeq: row.cause_seq,
    reassessmentId: row.reassessment_id,
    amountFen: formatFen(row.amount_fen),
    reason,
  });

export const demand = async (
  trx: SubsidyTransaction,
  actor: Actor,
  claim: Claim,
  reason: string,
): Promise<void> => {
  const { clawback_id: clawbackId } = claim.row;
  const content = demandContent(claim, reason);
  await setClawback(trx, clawbackId, {
    status: 'demanded',
    demand_reason: reason,
    content,
    content_hash: sha256(content),
    demanded_by: actor.person.userId,
    demanded_at: actor.at,
  });
  const after = { status: 'demanded', contentHash: sha256(content) };
  const before = { status: 'opened' };
  await audit(trx, actor, { act: 'demanded', subject: clawbackId, before, after, note: reason });
};

export const policyDayOf = async (trx: SubsidyTransaction, row: ClawbackRow): Promise<string> => {
  const decision = await trx
    .selectFrom('decision')
    .select('content')
    .where('decision_id', '=', row.decision_id)
    .executeTakeFirstOrThrow();
  return DecisionContent.parse(JSON.parse(decision.content)).policyDay;
};

export const approveClaim = async (
  trx: SubsidyTransaction,
  dependencies: SubsidyDependencies,
  actor: Actor,
  { row, found }: Claim,
): Promise<void> => {
  const { policy } = policyOf(dependencies.policies, found.scheme);
  const day = await policyDayOf(trx, row);
  await post(trx, { scheme: found.scheme, year: found.year }, 'claim', {
    entryId: dependencies.newId(),
    reference: row.clawback_id,
    amountFen: row.amount_fen,
    at: actor.at,
  });
  await setClawback(trx, row.clawback_id, {
    status: 'approved',
    approved_by: actor.person.userId,
    approved_at: actor.at,
    due_on: dueOn(policy, day, businessDay(actor.at)),
  });
  const before = { status: 'demanded' };
  const after = { status: 'approved', contentHash: row.content_hash };
  await audit(trx, actor, { act: 'approved', subject: row.clawback_id, before, after });
  const onCase = { clawbackId: row.clawback_id, amountFen: formatFen(row.amount_fen) };
  await audit(trx, actor, { act: 'clawback-approved', subject: row.case_id, after: onCase });
};

export const sendBack = async (
  trx: SubsidyTransaction,
  actor: Actor,
  { row }: Claim,
  reason: string,
): Promise<void> => {
  await setClawback(trx, row.clawback_id, {
    status: 'opened',
    demand_reason: null,
    content: null,
    content_hash: null,
    demanded_by: null,
    demanded_at: null,
  });
  const before = { status: 'demanded', contentHash: row.content_hash };
  await audit(trx, actor, { act: 'returned', subject: row.clawback_id, before, note: reason });
};
