import type { Id } from '@jishi/contracts/ids';
import type { AuditLine, BudgetLine, ReconciliationLine } from '@jishi/contracts/subsidy/desk';
import type { BatchStatus } from '@jishi/contracts/subsidy/payment';
import type { LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { SubsidyTransaction } from './tables.ts';

interface BatchSums {
  batch_id: Id;
  status: BatchStatus;
  approved_at: string;
  instructions: number;
  sent: string;
  bank_paid: string;
  bank_failed: string;
  booked_paid: string;
  booked_failed: string;
}

/** Three independent sums per batch: our instructions, the bank's kept lines, our postings. */
const batchSums = (trx: SubsidyTransaction) =>
  sql<BatchSums>`
    select b.batch_id, b.status, b.approved_at, count(*)::int as instructions,
      coalesce(sum(i.amount_fen), 0)::text as sent,
      coalesce(sum(l.amount_fen) filter (where l.is_paid), 0)::text as bank_paid,
      coalesce(sum(l.amount_fen) filter (where not l.is_paid), 0)::text as bank_failed,
      coalesce(sum(j.amount_fen) filter (where j.kind = 'pay'), 0)::text as booked_paid,
      coalesce(sum(j.amount_fen) filter (where j.kind = 'fail'), 0)::text as booked_failed
    from batch b join instruction i using (batch_id)
    left join bank_answer_line l using (instruction_id)
    left join lateral (select n.kind, p.amount_fen from journal n join posting p using (entry_id)
      where n.reference = i.instruction_id and n.kind in ('pay', 'fail') and p.amount_fen > 0) j
      on true
    where b.status in ('approved', 'settled')
    group by b.batch_id order by b.approved_at desc`.execute(trx);

const differenceOf = (row: BatchSums): bigint => {
  const [bankPaid, bankFailed] = [BigInt(row.bank_paid), BigInt(row.bank_failed)];
  const [paid, failed] = [BigInt(row.booked_paid), BigInt(row.booked_failed)];
  // Of either sign in either place: a paid line booked as failed must not cancel out.
  const apart = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
  return apart(bankPaid, paid) + apart(bankFailed, failed);
};

const lineOf = (row: BatchSums): ReconciliationLine => ({
  batchId: row.batch_id,
  status: row.status,
  approvedAt: row.approved_at,
  instructions: row.instructions,
  sentFen: row.sent,
  bankPaidFen: row.bank_paid,
  bankFailedFen: row.bank_failed,
  openFen: `${BigInt(row.sent) - BigInt(row.bank_paid) - BigInt(row.bank_failed)}`,
  bookedPaidFen: row.booked_paid,
  bookedFailedFen: row.booked_failed,
  differenceFen: differenceOf(row).toString(),
});

const repaidSums = async (trx: SubsidyTransaction) => {
  const found = await sql<{ entered: string; booked: string }>`
    select (select coalesce(sum(amount_fen), 0)::text from repayment) as entered,
      (select coalesce(sum(balance_fen), 0)::text from account where account like '%:repaid')
        as booked`.execute(trx);
  return found.rows[0] ?? { entered: '0', booked: '0' };
};

/** What was sent, what the bank says, what the books say, and that the difference is zero. */
export const reconcile = async (trx: SubsidyTransaction) => {
  const items = (await batchSums(trx)).rows.map(lineOf);
  const { entered, booked } = await repaidSums(trx);
  const total = (pick: (line: ReconciliationLine) => string): bigint =>
    items.reduce((sum, line) => sum + BigInt(pick(line)), 0n);
  const repaidApart = BigInt(entered) - BigInt(booked);
  return {
    items,
    sentFen: `${total((line) => line.sentFen)}`,
    paidFen: `${total((line) => line.bankPaidFen)}`,
    failedFen: `${total((line) => line.bankFailedFen)}`,
    openFen: `${total((line) => line.openFen)}`,
    repaidFen: entered,
    bookedRepaidFen: booked,
    differenceFen: `${
      total((line) => line.differenceFen) + (repaidApart < 0n ? -repaidApart : repaidApart)
    }`,
  };
};

/** Where each fen of a scheme's yearly budget is; years whose books were never opened have none. */
export const budgets = async (trx: SubsidyTransaction): Promise<BudgetLine[]> => {
  const rows = await trx.selectFrom('account').selectAll().orderBy('account').execute();
  const books = new Map<string, Map<string, bigint>>();
  for (const row of rows) {
    const [scheme, year, kind = ''] = row.account.split(':');
    const name = `${scheme}:${year}`;
    const balances = books.get(name) ?? new Map<string, bigint>();
    books.set(name, balances.set(kind, row.balance_fen));
  }
  return [...books].map(([name, balances]) => {
    const [scheme = '', year = '0'] = name.split(':');
    const of = (kind: string): bigint => balances.get(kind) ?? 0n;
    const budget = -of('appropriation');
    const places = ['budget', 'committed', 'instructed', 'paid', 'receivable', 'repaid'];
    return {
      scheme,
      year: Number(year),
      budgetFen: `${budget}`,
      freeFen: `${of('budget')}`,
      committedFen: `${of('committed')}`,
      instructedFen: `${of('instructed')}`,
      paidFen: `${of('paid')}`,
      receivableFen: `${of('receivable')}`,
      repaidFen: `${of('repaid')}`,
      isBalanced: places.reduce((sum, kind) => sum + of(kind), 0n) === budget,
    };
  });
};

interface AuditFilter {
  readonly subject?: Id | undefined;
  readonly userId?: Id | undefined;
  readonly act?: string | undefined;
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

const startOf = (day: LocalDate) =>
  sql<string>`(${day}::date)::timestamp at time zone 'Asia/Shanghai'`;

/** The trail, newest first. */
export const listAuditLines = async (
  trx: SubsidyTransaction,
  filter: AuditFilter,
): Promise<{ items: AuditLine[]; next: string | null }> => {
  let query = trx
    .selectFrom('audit')
    .selectAll()
    .orderBy('audit_id', 'desc')
    .limit(filter.limit + 1);
  if (filter.subject) query = query.where('subject', '=', filter.subject);
  if (filter.userId) query = query.where('user_id', '=', filter.userId);
  if (filter.act) query = query.where('act', '=', filter.act);
  if (filter.from) query = query.where('at', '>=', startOf(filter.from));
  if (filter.until) query = query.where('at', '<', startOf(filter.until));
  if (filter.after) query = query.where('audit_id', '<', BigInt(filter.after));
  const rows = await query.execute();
  const items = rows.slice(0, filter.limit).map((row) => ({
    auditId: row.audit_id.toString(),
    at: row.at,
    userId: row.user_id,
    organisationId: row.organisation_id,
    roles: row.roles,
    act: row.act,
    subject: row.subject,
    requestId: row.request_id,
    before: row.before as Record<string, unknown>,
    after: row.after as Record<string, unknown>,
    note: row.note,
  }));
  return { items, next: rows.length > filter.limit ? (items.at(-1)?.auditId ?? null) : null };
};
