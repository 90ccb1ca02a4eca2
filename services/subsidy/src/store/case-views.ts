import { ContractType } from '@jishi/contracts/codes';
import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { CaseStep, CaseView } from '@jishi/contracts/subsidy/case';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { businessDay } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import { decideCase } from '../domain/decision/decide.ts';
import { stagesOf } from '../domain/stages.ts';
import { traceOf } from '../domain/trace.ts';
import { factsOf, policyDayOf } from './case-facts.ts';
import { linesOf, type VisibleRow, visibleCases } from './case-lines.ts';
import { othersOnCap, paymentOf, reassessmentsOf } from './case-parts.ts';
import {
  type ContractRow,
  contractOf,
  otherBrokerAwarded,
  partyOf,
  type ReceiptOfCase,
  receiptsOf,
} from './cases.ts';
import { clawbackLinesOf } from './clawback-views.ts';
import { changesOf } from './contract-changes.ts';
import { capKeyOf, capUsed, type DecisionRow, validDecision } from './decisions.ts';
import { policyOf } from './policy-files.ts';
import type { Viewer } from './sight.ts';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

type ChangeRow = Selectable<SubsidyTables['contract_change']>;

const isOfficer = ({ sight }: Viewer): boolean => sight.sees === 'all';

const contractView = (
  contract: ContractRow,
  changes: readonly ChangeRow[],
  viewer: Viewer,
): CaseView['contract'] => ({
  contractId: contract.contract_id,
  registrationNumber: contract.registration_number,
  registeredOn: contract.registered_on,
  seq: contract.registered_seq,
  title: contract.title,
  contractType: ContractType.parse(contract.contract_type),
  sellerName: contract.seller.name,
  sellerDistrict: contract.seller.district,
  buyerName: contract.buyer.name,
  buyerDistrict: contract.buyer.district,
  brokerName: contract.broker?.name ?? null,
  contractValueFen: formatFen(contract.contract_value_fen),
  technologyValueFen: formatFen(contract.technology_value_fen),
  relatedParty: contract.related_party,
  subcontract: contract.subcontract,
  standing: contract.standing,
  changes: changes.map((change) => ({
    seq: change.seq,
    kind: change.kind,
    changedOn: change.changed_on,
    reasons: isOfficer(viewer) ? [...change.reasons] : [],
  })),
});

const decisionView = (row: DecisionRow): NonNullable<CaseView['decision']> => ({
  decisionId: row.decision_id,
  contentHash: row.content_hash,
  content: DecisionContent.parse(JSON.parse(row.content)),
  decidedAt: row.decided_at,
  approvedAt: row.approved_at,
  payableFrom: row.payable_from,
});

const stepsOf = async (
  trx: SubsidyTransaction,
  row: VisibleRow,
  viewer: Viewer,
): Promise<CaseStep[]> => {
  const acts = await trx
    .selectFrom('audit')
    .select(['act', 'at', 'user_id', 'note'])
    .where('subject', '=', row.case_id)
    .orderBy('audit_id')
    .execute();
  return [
    { act: 'opened', at: row.opened_at, userId: null, noteZh: null },
    ...acts.map((act) => ({
      act: act.act,
      at: act.at,
      userId: isOfficer(viewer) ? act.user_id : null,
      noteZh: isOfficer(viewer) ? act.note : null,
    })),
  ];
};

/** What deciding now would answer: the officer sees it before acting. Nothing is locked or kept. */
const proposalOf = async (
  trx: SubsidyTransaction,
  row: VisibleRow,
  contract: ContractRow,
  receipts: readonly ReceiptOfCase[],
  viewer: Viewer,
): Promise<DecisionContent | null> => {
  if (row.status !== 'open' || !isOfficer(viewer)) return null;
  const { policy, hash } = policyOf(viewer.policies, row.scheme);
  const facts = factsOf(row, contract, receipts, {
    otherBrokerAwarded: row.role === 'broker' && (await otherBrokerAwarded(trx, row)),
    capUsedFen: await capUsed(trx, capKeyOf(row)),
  });
  return decideCase(policy, hash, policyDayOf(receipts), facts);
};

const receiptView = (receipt: ReceiptOfCase): CaseView['receipts'][number] => ({
  receiptId: receipt.receipt_id,
  amountFen: formatFen(receipt.amount_fen),
  countedFen: formatFen(receipt.counted_fen),
  reversedOn: receipt.reversed_on,
  receivedOn: receipt.received_on,
  verifiedOn: receipt.verified_on,
  evidenceHash: receipt.evidence_hash,
  seq: receipt.seq,
});

const stagesOfCase = (
  row: VisibleRow,
  decision: DecisionRow | undefined,
  steps: readonly CaseStep[],
  viewer: Viewer,
): CaseView['stages'] => {
  const lastOf = (...acts: string[]) => steps.findLast((step) => acts.includes(step.act))?.at;
  return stagesOf(
    {
      status: row.status,
      openedAt: row.opened_at,
      waitsSince: lastOf('returned', 'reassessed') ?? row.opened_at,
      decidedAt: decision?.decided_at ?? null,
      approvedAt: decision?.approved_at ?? null,
      payableFrom: decision?.payable_from ?? null,
      paidAt: row.status === 'paid' ? (lastOf('paid') ?? null) : null,
    },
    businessDay(viewer.at),
  );
};

/** One case with all that its page shows; one that the sight may not see is like a missing one. */
export const readCaseView = async (
  trx: SubsidyTransaction,
  viewer: Viewer,
  caseId: Id,
): Promise<CaseView> => {
  const row = await visibleCases(trx, viewer).where('c.case_id', '=', caseId).executeTakeFirst();
  const [line] = row ? await linesOf(trx, [row]) : [];
  if (!row || !line) throw new Refusal('not-found');
  const contract = await contractOf(trx, row.contract_id);
  const changes = await changesOf(trx, row.contract_id);
  const receipts = await receiptsOf(trx, row, contract);
  const decision = await validDecision(trx, caseId);
  const proposal = await proposalOf(trx, row, contract, receipts, viewer);
  const shown = decision ? decisionView(decision) : null;
  const content = shown?.content ?? proposal;
  const others = await othersOnCap(trx, row);
  const steps = await stepsOf(trx, row, viewer);
  const traceFacts = {
    receipts: receipts.map((receipt) => ({
      seq: receipt.seq,
      amountFen: receipt.amount_fen,
      countedFen: receipt.counted_fen,
      reversedSeq: receipt.reversed_seq,
    })),
    contractSeqs: [
      contract.registered_seq,
      ...changes.filter((change) => change.kind === 'amended').map((change) => change.seq),
    ],
    otherCaseIds: others.map((other) => other.caseId),
  };
  return {
    ...line,
    party: partyOf(row, contract),
    contract: contractView(contract, changes, viewer),
    receipts: receipts.map(receiptView),
    cap: {
      usedFen: formatFen(await capUsed(trx, capKeyOf(row))),
      usedByThisCaseFen: formatFen(decision?.award_fen ?? 0n),
      others,
    },
    decision: shown,
    proposal,
    trace: content ? traceOf(content, traceFacts) : [],
    stages: stagesOfCase(row, decision, steps, viewer),
    reassessments: await reassessmentsOf(trx, caseId),
    clawbacks: await clawbackLinesOf(trx, viewer, { caseId }),
    payment: await paymentOf(trx, caseId),
    steps,
  };
};
