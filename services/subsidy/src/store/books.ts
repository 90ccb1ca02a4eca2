import type { Id } from '@jishi/contracts/ids';
import { type Fen, formatFen } from '@jishi/contracts/money';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import { v5 } from 'uuid';
import type { SubsidyDatabase, SubsidyTransaction } from './tables.ts';

/** Fixed for life: the entry that opens a year's budget has the same reference in every process. */
const BUDGET_NAMESPACE = '0b6f2f0e-6a0a-5a43-9f2b-1f1f4b1c9d55';

/** `paid` is what was paid and is not claimed; `receivable` what is claimed and not repaid. */
const ACCOUNT_KINDS = [
  'appropriation',
  'budget',
  'committed',
  'instructed',
  'paid',
  'receivable',
  'repaid',
] as const;
type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Which books: a scheme's budget of a calendar year. */
export interface Books {
  readonly scheme: string;
  readonly year: number;
}

const booksName = (books: Books): string => `${books.scheme}:${books.year}`;
const accountName = (books: Books, kind: AccountKind): string => `${booksName(books)}:${kind}`;

interface Transfer {
  readonly kind: 'open-budget' | keyof typeof STEPS;
  readonly reference: Id;
  readonly from: AccountKind;
  readonly to: AccountKind;
  readonly amountFen: Fen;
}

const OVERDRAWN = 'account_not_overdrawn';
const isOverdrawn = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === OVERDRAWN;

/** One transaction at a time posts to the books of a year: steps take accounts in any order. */
const lockOne = (trx: SubsidyTransaction, name: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${name}, 2))`.execute(trx);

/** For who posts to several: in one order for all, so that two such cannot wait for each other. */
export const lockBooks = async (
  trx: SubsidyTransaction,
  books: readonly Books[],
): Promise<void> => {
  for (const name of [...new Set(books.map(booksName))].sort()) await lockOne(trx, name);
};

/** Moves an amount between two accounts as one balanced entry; a second time it is refused. */
const transfer = async (
  trx: SubsidyTransaction,
  books: Books,
  entryId: Id,
  at: Instant,
  move: Transfer,
): Promise<void> => {
  const { kind, reference, amountFen } = move;
  await lockOne(trx, booksName(books));
  await trx
    .insertInto('journal')
    .values({ entry_id: entryId, kind, reference, posted_at: at })
    .execute();
  await trx
    .insertInto('posting')
    .values([
      { entry_id: entryId, account: accountName(books, move.from), amount_fen: -amountFen },
      { entry_id: entryId, account: accountName(books, move.to), amount_fen: amountFen },
    ])
    .execute();
};

/** The step of money that an act makes, by name. */
const STEPS = {
  commit: { from: 'budget', to: 'committed' },
  instruct: { from: 'committed', to: 'instructed' },
  pay: { from: 'instructed', to: 'paid' },
  fail: { from: 'instructed', to: 'committed' },
  uncommit: { from: 'committed', to: 'budget' },
  claim: { from: 'paid', to: 'receivable' },
  repay: { from: 'receivable', to: 'repaid' },
} as const;

/**
 * Posts one step, once per reference: for an award (`commit`, `uncommit`: the decision), for an
 * instruction (`instruct`, `pay`, `fail`), for a clawback (`claim`) or for a repayment (`repay`).
 * Refuses `budget-exhausted` when the year's budget does not cover it.
 */
export const post = async (
  trx: SubsidyTransaction,
  books: Books,
  step: keyof typeof STEPS,
  entry: { entryId: Id; reference: Id; amountFen: Fen; at: Instant },
): Promise<void> => {
  const { entryId, reference, amountFen, at } = entry;
  try {
    await transfer(trx, books, entryId, at, { kind: step, reference, amountFen, ...STEPS[step] });
  } catch (error) {
    throw isOverdrawn(error) && step === 'commit' ? new Refusal('budget-exhausted') : error;
  }
};

/** Opens the books of a year with its budget, once; afterwards it does nothing. */
export const openBooks = async (
  trx: SubsidyTransaction,
  books: Books,
  budgetFen: Fen,
  entryId: Id,
  at: Instant,
): Promise<void> => {
  const reference = v5(booksName(books), BUDGET_NAMESPACE);
  const isOpen = trx.selectFrom('journal').select('entry_id').where('reference', '=', reference);
  if (await isOpen.executeTakeFirst()) return;
  // Two processes may come here at once: the second waits for the first, then finds them open.
  await sql`select pg_advisory_xact_lock(hashtextextended(${reference}, 0))`.execute(trx);
  if (await isOpen.executeTakeFirst()) return;
  await trx
    .insertInto('account')
    .values(
      ACCOUNT_KINDS.map((kind) => ({
        account: accountName(books, kind),
        is_source: kind === 'appropriation',
      })),
    )
    .execute();
  await transfer(trx, books, entryId, at, {
    kind: 'open-budget',
    reference,
    from: 'appropriation',
    to: 'budget',
    amountFen: budgetFen,
  });
};

/** Every account with its balance and, added up again, its postings; entries out of balance. */
export const booksState = async (db: SubsidyDatabase) => {
  const accounts = await sql<{ account: string; balance_fen: bigint; posted_fen: string }>`
    select a.account, a.balance_fen, coalesce(sum(p.amount_fen), 0)::text as posted_fen
    from account a left join posting p using (account) group by a.account order by a.account
  `.execute(db);
  const entries = await sql<{ entries: number; unbalanced: number }>`
    select count(*)::int as entries, count(*) filter (where total <> 0)::int as unbalanced
    from (select sum(amount_fen) as total from posting group by entry_id) e`.execute(db);
  const { entries: count = 0, unbalanced = 0 } = entries.rows[0] ?? {};
  const sumFen = accounts.rows.reduce((sum, row) => sum + row.balance_fen, 0n);
  const matches = accounts.rows.every((row) => row.balance_fen === BigInt(row.posted_fen));
  return {
    accounts: accounts.rows.map((row) => ({
      account: row.account,
      balanceFen: formatFen(row.balance_fen),
      postedFen: row.posted_fen,
    })),
    sumFen: formatFen(sumFen),
    entries: count,
    unbalancedEntries: unbalanced,
    isBalanced: matches && sumFen === 0n && unbalanced === 0,
  };
};
