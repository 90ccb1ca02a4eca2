import { ContractType } from '@jishi/contracts/codes';
import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { CaseLine, CaseStatus, CaseStep, CaseView } from '@jishi/contracts/subsidy/case';
import { DecisionContent } from '@jishi/contracts/subsidy/decision';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { sql } from 'kysely';
import { type ContractRow, contractOf, partyOf, receiptsOf } from './cases.ts';
import { type DecisionRow, validDecision } from './decisions.ts';
import type { Sight } from './sight.ts';
import type { SubsidyTransaction } from './tables.ts';

/** Cases as one sight may see them: the `where` is one wall, row-level security another. */
const visibleCases = (trx: SubsidyTransaction, sight: Sight) => {
  const query = trx
    .selectFrom('subsidy_case as c')
    .innerJoin('contract as k', 'k.contract_id', 'c.contract_id')
    .leftJoin('decision as d', (join) =>
      join.onRef('d.case_id', '=', 'c.case_id').on('d.returned_at', 'is', null),
    )
    .selectAll('c')
    .select((eb) => [
      'k.registration_number',
      'd.award_fen',
      'd.includes_assumption',
      sql<string>`case c.role when 'seller' then k.seller when 'buyer' then k.buyer
        else k.broker end ->> 'name'`.as('party_name'),
      eb
        .selectFrom('case_line as l')
        .innerJoin('receipt as r', 'r.receipt_id', 'l.receipt_id')
        .whereRef('l.case_id', '=', 'c.case_id')
        .select(sql<string>`coalesce(sum(r.amount_fen), 0)::text`.as('base'))
        .as('base_fen'),
    ]);
  if (sight.sees === 'all') return query;
  const partyId = sight.partyId;
  return query.where(({ exists, selectFrom }) =>
    exists(
      selectFrom('participant as p')
        .select('p.case_id')
        .whereRef('p.case_id', '=', 'c.case_id')
        .where('p.party_id', '=', partyId),
    ),
  );
};

type VisibleRow = Awaited<ReturnType<ReturnType<typeof visibleCases>['executeTakeFirstOrThrow']>>;

const lineOf = (row: VisibleRow): CaseLine => ({
  caseId: row.case_id,
  scheme: row.scheme,
  role: row.role,
  year: row.year,
  supplement: row.supplement,
  status: row.status,
  version: row.version,
  openedOn: row.opened_on,
  contractId: row.contract_id,
  registrationNumber: row.registration_number,
  partyId: row.party_id,
  partyName: row.party_name,
  baseFen: row.base_fen ?? '0',
  awardFen: row.award_fen === null ? null : formatFen(row.award_fen),
  includesAssumption: row.includes_assumption,
});

export interface CaseFilter {
  readonly status?: CaseStatus | undefined;
  readonly role?: SubsidyRole | undefined;
  readonly contractId?: Id | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

/** A page of lines, oldest first (ids grow with time), and the id to go on after. */
export const listCaseLines = async (
  trx: SubsidyTransaction,
  sight: Sight,
  filter: CaseFilter,
): Promise<{ items: CaseLine[]; next: Id | null }> => {
  let query = visibleCases(trx, sight)
    .orderBy('c.case_id')
    .limit(filter.limit + 1);
  if (filter.status) query = query.where('c.status', '=', filter.status);
  if (filter.role) query = query.where('c.role', '=', filter.role);
  if (filter.contractId) query = query.where('c.contract_id', '=', filter.contractId);
  if (filter.after) query = query.where('c.case_id', '>', filter.after);
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map(lineOf);
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.caseId ?? null) : null };
};

const contractView = (contract: ContractRow): CaseView['contract'] => ({
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
  sight: Sight,
): Promise<CaseStep[]> => {
  const acts = await trx
    .selectFrom('audit')
    .select(['act', 'at', 'user_id', 'note'])
    .where('subject', '=', row.case_id)
    .orderBy('audit_id')
    .execute();
  const isOfficer = sight.sees === 'all';
  return [
    { act: 'opened', at: row.opened_at, userId: null, noteZh: null },
    ...acts.map((act) => ({
      act: act.act,
      at: act.at,
      userId: isOfficer ? act.user_id : null,
      noteZh: isOfficer ? act.note : null,
    })),
  ];
};

const paymentOf = async (trx: SubsidyTransaction, caseId: Id): Promise<CaseView['payment']> => {
  const row = await trx
    .selectFrom('instruction')
    .select(['batch_id', 'instruction_id', 'amount_fen', 'paid_on', 'bank_reference'])
    .where('case_id', '=', caseId)
    .where('status', 'in', ['prepared', 'sent', 'paid'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    batchId: row.batch_id,
    instructionId: row.instruction_id,
    amountFen: formatFen(row.amount_fen),
    paidOn: row.paid_on,
    bankReference: row.bank_reference,
  };
};

const capUsed = async (trx: SubsidyTransaction, row: VisibleRow): Promise<bigint> => {
  const cap = await trx
    .selectFrom('cap_usage')
    .select('used_fen')
    .where('scheme', '=', row.scheme)
    .where('party_id', '=', row.party_id)
    .where('role', '=', row.role)
    .where('year', '=', row.year)
    .executeTakeFirst();
  return cap?.used_fen ?? 0n;
};

/** One case with all that its page shows; one that the sight may not see is like a missing one. */
export const readCaseView = async (
  trx: SubsidyTransaction,
  sight: Sight,
  caseId: Id,
): Promise<CaseView> => {
  const row = await visibleCases(trx, sight).where('c.case_id', '=', caseId).executeTakeFirst();
  if (!row) throw new Refusal('not-found');
  const contract = await contractOf(trx, row.contract_id);
  const receipts = await receiptsOf(trx, caseId);
  const decision = await validDecision(trx, caseId);
  return {
    ...lineOf(row),
    party: partyOf(contract, row.role),
    contract: contractView(contract),
    receipts: receipts.map((receipt) => ({
      receiptId: receipt.receipt_id,
      amountFen: formatFen(receipt.amount_fen),
      receivedOn: receipt.received_on,
      verifiedOn: receipt.verified_on,
      evidenceHash: receipt.evidence_hash,
      seq: receipt.seq,
    })),
    cap: {
      usedFen: formatFen(await capUsed(trx, row)),
      usedByThisCaseFen: formatFen(decision?.award_fen ?? 0n),
    },
    decision: decision ? decisionView(decision) : null,
    payment: await paymentOf(trx, caseId),
    steps: await stepsOf(trx, row, sight),
  };
};
