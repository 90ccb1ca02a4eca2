import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import type { CaseLine, CaseStatus } from '@jishi/contracts/subsidy/case';
import type { Queue } from '@jishi/contracts/subsidy/desk';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import { businessDay } from '@jishi/contracts/time';
import { sql } from 'kysely';
import { countedByReceipt } from './cases.ts';
import type { Viewer } from './sight.ts';
import type { SubsidyTransaction } from './tables.ts';

const partyName = sql<string>`coalesce(case when (case c.role when 'seller' then k.seller
    when 'buyer' then k.buyer else k.broker end) ->> 'partyId' = c.party_id::text
  then (case c.role when 'seller' then k.seller when 'buyer' then k.buyer else k.broker end)
    ->> 'name' end, c.party ->> 'name')`;

/** Cases as one sight may see them: the `where` is one wall, row-level security another. */
export const visibleCases = (trx: SubsidyTransaction, { sight, userId }: Viewer) => {
  const query = trx
    .selectFrom('subsidy_case as c')
    .innerJoin('contract_now as k', 'k.contract_id', 'c.contract_id')
    .leftJoin('decision as d', (join) =>
      join
        .onRef('d.case_id', '=', 'c.case_id')
        .on('d.returned_at', 'is', null)
        .on('d.voided_at', 'is', null),
    )
    .selectAll('c')
    .select([
      'k.registration_number',
      'k.technology_value_fen',
      'k.standing',
      'd.award_fen',
      'd.includes_assumption',
      'd.payable_from',
      partyName.as('party_name'),
      sql<boolean>`coalesce(d.decided_by = ${userId} and c.status = 'decided', false)`.as(
        'decided_by_me',
      ),
      sql<string>`(select coalesce(sum(b.amount_fen), 0)::text from clawback b
        where b.case_id = c.case_id and b.status <> 'withdrawn')`.as('clawed_back_fen'),
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

export type VisibleRow = Awaited<
  ReturnType<ReturnType<typeof visibleCases>['executeTakeFirstOrThrow']>
>;

/** The base of each case: what counts of its receipts, added up. */
const basesOf = async (
  trx: SubsidyTransaction,
  rows: readonly VisibleRow[],
): Promise<ReadonlyMap<Id, bigint>> => {
  const bases = new Map<Id, bigint>();
  if (rows.length === 0) return bases;
  const contracts = [...new Map(rows.map((row) => [row.contract_id, row])).values()];
  const counted = await countedByReceipt(trx, contracts);
  const lines = await trx
    .selectFrom('case_line')
    .select(['case_id', 'receipt_id'])
    .where(
      'case_id',
      'in',
      rows.map((row) => row.case_id),
    )
    .execute();
  for (const line of lines) {
    const before = bases.get(line.case_id) ?? 0n;
    bases.set(line.case_id, before + (counted.get(line.receipt_id) ?? 0n));
  }
  return bases;
};

export const linesOf = async (
  trx: SubsidyTransaction,
  rows: readonly VisibleRow[],
): Promise<CaseLine[]> => {
  const bases = await basesOf(trx, rows);
  return rows.map((row) => ({
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
    baseFen: formatFen(bases.get(row.case_id) ?? 0n),
    awardFen: row.award_fen === null ? null : formatFen(row.award_fen),
    includesAssumption: row.includes_assumption,
    payableFrom: row.payable_from,
    decidedByMe: row.decided_by_me,
    standing: row.standing,
    clawedBackFen: row.clawed_back_fen,
  }));
};

/** Something of its receipts stands: looked up only where the ledger has reversed any. */
const hasBase = sql<boolean>`(not exists (select from contract_change x
    where x.contract_id = c.contract_id and x.kind = 'receipt-reversed')
  or exists (select from case_line l join receipt_now r using (receipt_id)
    where l.case_id = c.case_id and r.reversed_seq is null))`;

/** What is to be done with a case, as a condition on it and its decision. */
const conditionOf = (queue: Queue, viewer: Viewer) => {
  const today = businessDay(viewer.at);
  switch (queue) {
    case 'to-decide':
      return sql<boolean>`(c.status = 'open' and ${hasBase})`;
    case 'incomplete':
      return sql<boolean>`(c.status = 'open' and not ${hasBase})`;
    case 'to-approve':
      return sql<boolean>`(c.status = 'decided' and d.decided_by <> ${viewer.userId})`;
    case 'mine-waiting':
      return sql<boolean>`(c.status = 'decided' and d.decided_by = ${viewer.userId})`;
    case 'notice':
      return sql<boolean>`(c.status = 'approved' and d.payable_from > ${today})`;
    case 'payable':
      return sql<boolean>`(c.status = 'approved' and d.payable_from <= ${today})`;
    case 'in-payment':
      return sql<boolean>`(c.status in ('batched', 'instructed'))`;
    case 'clawback':
      return sql<boolean>`exists (select from clawback b where b.case_id = c.case_id
        and b.status in ('opened', 'demanded', 'approved'))`;
    default:
      return sql<boolean>`(c.status = ${queue})`;
  }
};

export interface CaseFilter {
  readonly status?: CaseStatus | undefined;
  readonly role?: SubsidyRole | undefined;
  readonly contractId?: Id | undefined;
  readonly queue?: Queue | undefined;
  readonly scheme?: string | undefined;
  readonly year?: number | undefined;
  readonly mine?: 'yes' | undefined;
  readonly q?: string | undefined;
  readonly order: 'oldest' | 'newest';
  readonly after?: Id | undefined;
  readonly limit: number;
}

const likeText = (text: string): string => text.replace(/[\\%_]/g, (found) => `\\${found}`);

/** Digits are the beginning of a registration number, anything else a part of the party's name. */
const searchOf = (q: string) =>
  /^\d+$/.test(q)
    ? sql<boolean>`k.registration_number like ${`${q}%`}`
    : sql<boolean>`c.party ->> 'name' ilike ${`%${likeText(q)}%`}`;

/** A page of lines in the order of opening (ids grow with time), and the id to go on after. */
export const listCaseLines = async (
  trx: SubsidyTransaction,
  viewer: Viewer,
  filter: CaseFilter,
): Promise<{ items: CaseLine[]; next: Id | null }> => {
  const isNewest = filter.order === 'newest';
  let query = visibleCases(trx, viewer)
    .orderBy('c.case_id', isNewest ? 'desc' : 'asc')
    .limit(filter.limit + 1);
  if (filter.status) query = query.where('c.status', '=', filter.status);
  if (filter.role) query = query.where('c.role', '=', filter.role);
  if (filter.contractId) query = query.where('c.contract_id', '=', filter.contractId);
  if (filter.scheme) query = query.where('c.scheme', '=', filter.scheme);
  if (filter.year) query = query.where('c.year', '=', filter.year);
  if (filter.queue) query = query.where(conditionOf(filter.queue, viewer));
  if (filter.mine) {
    query = query.where(
      sql<boolean>`exists (select from audit a where a.subject = c.case_id
        and a.user_id = ${viewer.userId})`,
    );
  }
  if (filter.q) query = query.where(searchOf(filter.q));
  if (filter.after) query = query.where('c.case_id', isNewest ? '<' : '>', filter.after);
  const rows = await query.execute();
  const items = await linesOf(trx, rows.slice(0, filter.limit));
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.caseId ?? null) : null };
};

/** How many cases stand in each queue, counted in one pass. */
export const countByQueue = async (
  trx: SubsidyTransaction,
  viewer: Viewer,
  queues: readonly Queue[],
): Promise<{ queue: Queue; count: number }[]> => {
  const counts = sql.join(
    queues.map(
      (queue) =>
        sql`count(*) filter (where ${conditionOf(queue, viewer)})::int as ${sql.id(queue)}`,
    ),
  );
  const found = await sql<Record<string, number>>`select ${counts} from subsidy_case c
    left join decision d on d.case_id = c.case_id and d.returned_at is null
      and d.voided_at is null`.execute(trx);
  const [row] = found.rows;
  return queues.map((queue) => ({ queue, count: row?.[queue] ?? 0 }));
};
