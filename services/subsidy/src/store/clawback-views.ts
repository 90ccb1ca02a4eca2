import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type {
  ClawbackLine,
  ClawbackStatus,
  ClawbackView,
  RepaymentView,
} from '@jishi/contracts/subsidy/clawback';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import { sql } from 'kysely';
import { pendingRepayment, type RepaymentEntryRow } from './repayments.ts';
import type { Viewer } from './sight.ts';
import type { SubsidyTransaction } from './tables.ts';

/** Claims as one sight may see them: the `where` is one wall, row-level security another. */
const visibleClawbacks = (trx: SubsidyTransaction, { sight, userId }: Viewer) => {
  const query = trx
    .selectFrom('clawback as b')
    .innerJoin('subsidy_case as c', 'c.case_id', 'b.case_id')
    .innerJoin('contract as k', 'k.contract_id', 'c.contract_id')
    .innerJoin('contract_change as x', 'x.seq', 'b.cause_seq')
    .selectAll('b')
    .select([
      'c.scheme',
      'c.year',
      'c.role',
      'k.registration_number',
      'x.kind',
      sql<string>`c.party ->> 'name'`.as('party_name'),
      sql<boolean>`coalesce(b.demanded_by = ${userId} and b.status = 'demanded', false)`.as(
        'demanded_by_me',
      ),
    ]);
  return sight.sees === 'all' ? query : query.where('b.party_id', '=', sight.partyId);
};

type Row = Awaited<ReturnType<ReturnType<typeof visibleClawbacks>['executeTakeFirstOrThrow']>>;

const lineOf = (row: Row): ClawbackLine => ({
  clawbackId: row.clawback_id,
  caseId: row.case_id,
  scheme: row.scheme,
  year: row.year,
  role: row.role,
  partyId: row.party_id,
  partyName: row.party_name,
  registrationNumber: row.registration_number,
  cause: row.kind,
  causeSeq: row.cause_seq,
  status: row.status,
  version: row.version,
  openedOn: row.opened_on,
  amountFen: formatFen(row.amount_fen),
  repaidFen: formatFen(row.repaid_fen),
  dueOn: row.due_on,
  demandedByMe: row.demanded_by_me,
});

interface ClawbackFilter {
  readonly status?: ClawbackStatus | undefined;
  readonly caseId?: Id | undefined;
  readonly after?: Id | undefined;
  readonly limit?: number;
}

/** Claims in the order of opening: ids grow with time. */
export const clawbackLinesOf = async (
  trx: SubsidyTransaction,
  viewer: Viewer,
  filter: ClawbackFilter,
): Promise<ClawbackLine[]> => {
  let query = visibleClawbacks(trx, viewer).orderBy('b.clawback_id');
  if (filter.limit) query = query.limit(filter.limit);
  if (filter.status) query = query.where('b.status', '=', filter.status);
  if (filter.caseId) query = query.where('b.case_id', '=', filter.caseId);
  if (filter.after) query = query.where('b.clawback_id', '>', filter.after);
  return (await query.execute()).map(lineOf);
};

const repaymentView = (
  row: Pick<
    RepaymentEntryRow,
    'repayment_id' | 'amount_fen' | 'received_on' | 'bank_reference' | 'entered_at'
  >,
): RepaymentView => ({
  repaymentId: row.repayment_id,
  amountFen: formatFen(row.amount_fen),
  receivedOn: row.received_on,
  bankReference: row.bank_reference,
  enteredAt: row.entered_at,
});

/** One claim with its reason and trace; one that the sight may not see is like a missing one. */
export const readClawbackView = async (
  trx: SubsidyTransaction,
  viewer: Viewer,
  clawbackId: Id,
): Promise<ClawbackView> => {
  const row = await visibleClawbacks(trx, viewer)
    .where('b.clawback_id', '=', clawbackId)
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  const decision = await trx
    .selectFrom('decision')
    .select(['content', 'award_fen'])
    .where('decision_id', '=', row.decision_id)
    .executeTakeFirstOrThrow();
  const reassessed = await trx
    .selectFrom('reassessment')
    .select(['content', 'after_fen'])
    .where('reassessment_id', '=', row.reassessment_id)
    .executeTakeFirstOrThrow();
  const repayments = await trx
    .selectFrom('repayment')
    .selectAll()
    .where('clawback_id', '=', clawbackId)
    .orderBy('entered_at')
    .execute();
  const isOfficer = viewer.sight.sees === 'all';
  const pending = isOfficer ? await pendingRepayment(trx, clawbackId) : undefined;
  return {
    ...lineOf(row),
    paidFen: formatFen(decision.award_fen),
    entitledFen: formatFen(reassessed.after_fen),
    reassessed: DecisionContent.parse(JSON.parse(reassessed.content)),
    original: DecisionContent.parse(JSON.parse(decision.content)),
    contentHash: row.content_hash,
    demandReason: isOfficer ? row.demand_reason : null,
    openedAt: row.opened_at,
    demandedAt: row.demanded_at,
    approvedAt: row.approved_at,
    closedAt: row.closed_at,
    repayments: repayments.map(repaymentView),
    pendingRepayment: pending
      ? { ...repaymentView(pending), enteredByMe: pending.entered_by === viewer.userId }
      : null,
  };
};
