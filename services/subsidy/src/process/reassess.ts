import type { Id } from '@jishi/contracts/ids';
import { type Fen, formatFen } from '@jishi/contracts/money';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { businessDay } from '@jishi/contracts/time';
import { decideCase } from '../domain/decision/decide.ts';
import { type Consequence, consequenceOf } from '../domain/reassessment.ts';
import { auditLedger } from '../store/audit.ts';
import { factsOf, policyDayOf } from '../store/case-facts.ts';
import {
  type CaseRow,
  contractOf,
  lockCase,
  otherBrokerAwarded,
  receiptsOf,
  setCaseStatus,
} from '../store/cases.ts';
import {
  type ClawbackRow,
  claimedOf,
  clawbacksOf,
  markReassessed,
  releaseLines,
  saveClawback,
  saveReassessment,
  setClawback,
} from '../store/clawbacks.ts';
import { sha256 } from '../store/commands.ts';
import { capKeyOf, capUsed, type DecisionRow, validDecision } from '../store/decisions.ts';
import { type LoadedPolicy, policyOf } from '../store/policy-files.ts';
import type { SubsidyTransaction } from '../store/tables.ts';
import { type Cause, voidDecision } from './void-decision.ts';

export interface ReassessDependencies {
  readonly policies: readonly LoadedPolicy[];
  readonly newId: () => Id;
}

interface Reassessed {
  readonly row: CaseRow;
  readonly decision: DecisionRow | undefined;
  readonly decided: DecisionContent | undefined;
  readonly now: DecisionContent;
  readonly claims: readonly ClawbackRow[];
}

/** The case decided with the facts of now; values and cap used as on the original day. */
const decideAnew = async (
  trx: SubsidyTransaction,
  { policies }: ReassessDependencies,
  row: CaseRow,
): Promise<Reassessed> => {
  const contract = await contractOf(trx, row.contract_id);
  const receipts = await receiptsOf(trx, row, contract);
  const decision = await validDecision(trx, row.case_id);
  const decided = decision && DecisionContent.parse(JSON.parse(decision.content));
  const { policy, hash } = policyOf(policies, row.scheme);
  const usedBefore = decided?.calculation?.capUsedBeforeFen;
  const isHeld = row.status === 'paid' || row.status === 'instructed';
  const facts = factsOf(row, contract, receipts, {
    otherBrokerAwarded: row.role === 'broker' && !isHeld && (await otherBrokerAwarded(trx, row)),
    capUsedFen: usedBefore === undefined ? await capUsed(trx, capKeyOf(row)) : BigInt(usedBefore),
  });
  const day = decided?.policyDay ?? policyDayOf(receipts);
  const now = decideCase(policy, hash, day, facts);
  return { row, decision, decided, now, claims: await clawbacksOf(trx, row.case_id) };
};

const heldFenOf = ({ decision, claims }: Reassessed, row: CaseRow): Fen =>
  row.status === 'paid' ? (decision?.award_fen ?? 0n) - claimedOf(claims).allFen : 0n;

/** A claim that nobody approved yet is taken back; another takes its place, or none. */
const withdrawUnapproved = async (
  trx: SubsidyTransaction,
  cause: Cause,
  { claims }: Reassessed,
): Promise<Fen> => {
  const { unapproved } = claimedOf(claims);
  if (!unapproved) return 0n;
  await setClawback(trx, unapproved.clawback_id, { status: 'withdrawn' });
  const subject = unapproved.clawback_id;
  await auditLedger(trx, cause, { act: 'clawback-withdrawn', subject });
  return unapproved.amount_fen;
};

const openClawback = async (
  trx: SubsidyTransaction,
  { newId }: ReassessDependencies,
  cause: Cause,
  found: Reassessed,
  claim: { readonly reassessmentId: Id; readonly amountFen: Fen },
): Promise<void> => {
  const { row, decision } = found;
  if (!decision) throw new Error(`case ${row.case_id} is paid and has no decision`);
  const clawbackId = newId();
  await saveClawback(trx, {
    clawback_id: clawbackId,
    case_id: row.case_id,
    decision_id: decision.decision_id,
    reassessment_id: claim.reassessmentId,
    party_id: row.party_id,
    cause_seq: cause.seq,
    amount_fen: claim.amountFen,
    status: 'opened',
    opened_on: businessDay(cause.at),
    opened_at: cause.at,
  });
  const after = { clawbackId, amountFen: formatFen(claim.amountFen) };
  await auditLedger(trx, cause, { act: 'clawback-opened', subject: row.case_id, after });
  await auditLedger(trx, cause, { act: 'opened', subject: clawbackId, after });
};

/** Ends a case unpaid. */
const closeCase = async (trx: SubsidyTransaction, cause: Cause, row: CaseRow): Promise<void> => {
  await setCaseStatus(trx, row.case_id, 'open', 'closed');
  await releaseLines(trx, row.case_id, cause.seq);
};

const heldAndConsequence = async (
  trx: SubsidyTransaction,
  cause: Cause,
  found: Reassessed,
): Promise<{ heldFen: Fen; consequence: Consequence }> => {
  const { row, decided, now } = found;
  const heldFen = heldFenOf(found, row);
  const consequence = consequenceOf(row.status, decided, now, heldFen);
  if (row.status !== 'paid' || consequence.kind === 'unchanged') return { heldFen, consequence };
  const freedFen = await withdrawUnapproved(trx, cause, found);
  const heldAgain = heldFen + freedFen;
  return { heldFen: heldAgain, consequence: consequenceOf('paid', decided, now, heldAgain) };
};

/**
 * Looks at one case, locked, for a change of its contract: nothing, anew, the end, or a claim.
 * Money under way to the bank waits for its answer, which calls this again.
 */
export const reassessCase = async (
  trx: SubsidyTransaction,
  dependencies: ReassessDependencies,
  caseId: Id,
  cause: Cause,
): Promise<void> => {
  const row = await lockCase(trx, caseId);
  const isOver = row.status === 'closed' || row.reassessed_seq >= cause.seq;
  if (row.status === 'instructed' || isOver) return;
  const found = await decideAnew(trx, dependencies, row);
  const { heldFen, consequence } = await heldAndConsequence(trx, cause, found);
  await markReassessed(trx, caseId, cause.seq);
  if (consequence.kind === 'wait') return;
  if (consequence.kind === 'none') {
    await auditLedger(trx, cause, { act: 'facts-changed', subject: caseId });
    return;
  }
  const reassessmentId = dependencies.newId();
  const text = JSON.stringify(found.now);
  await saveReassessment(trx, {
    reassessment_id: reassessmentId,
    case_id: caseId,
    seq: cause.seq,
    outcome: consequence.kind,
    before_fen: row.status === 'paid' ? heldFen : (found.decision?.award_fen ?? 0n),
    after_fen: BigInt(found.now.awardFen),
    content: text,
    content_hash: sha256(text),
    made_at: cause.at,
  });
  const after = { outcome: consequence.kind, awardFen: found.now.awardFen };
  await auditLedger(trx, cause, { act: 'reassessed', subject: caseId, after });
  if (consequence.kind === 'reopened' || consequence.kind === 'closed') {
    await voidDecision(trx, dependencies, cause, row, found.decision);
  }
  if (consequence.kind === 'closed') await closeCase(trx, cause, row);
  if (consequence.kind === 'lower') {
    const amountFen = consequence.differenceFen;
    await openClawback(trx, dependencies, cause, found, { reassessmentId, amountFen });
  }
};
