import type { Id } from '@jishi/contracts/ids';
import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import { formatFen } from '@jishi/contracts/money';
import type { PartyRef } from '@jishi/contracts/party';
import type { NoticeLine } from '@jishi/contracts/subsidy/desk';
import { addDays, businessDay, daysBetween, type LocalDate } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { LoadedPolicy } from './policy-files.ts';
import type { SubsidyTransaction } from './tables.ts';

/** A notice names organisations in full, a person by the family name alone, if it still stands. */
export const publicName = (party: PartyRef): string =>
  party.key.kind === 'person' && party.name !== ERASED_TEXT
    ? `${[...party.name][0] ?? ''}*`
    : party.name;

interface NoticeFilter {
  readonly running?: 'yes' | undefined;
  readonly year?: number | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
}

const noticesOf = (trx: SubsidyTransaction, today: LocalDate, filter: NoticeFilter) => {
  let query = trx
    .selectFrom('subsidy_case as c')
    .innerJoin('decision as d', 'd.case_id', 'c.case_id')
    .select(['c.case_id', 'c.scheme', 'c.year', 'c.role', 'c.party'])
    .select(['d.award_fen', 'd.approved_at', 'd.payable_from', 'd.includes_assumption'])
    .select(
      sql<boolean>`d.award_fen <= (select coalesce(sum(b.amount_fen), 0) from clawback b
        where b.decision_id = d.decision_id and b.status in ('approved', 'closed'))`.as(
        'is_claimed_back',
      ),
    )
    .where('d.returned_at', 'is', null)
    .where('d.voided_at', 'is', null)
    .where('d.approved_at', 'is not', null)
    .where('d.award_fen', '>', 0n)
    .orderBy('c.case_id', 'desc')
    .limit(filter.limit + 1);
  if (filter.running) query = query.where('d.payable_from', '>', today);
  if (filter.year) query = query.where('c.year', '=', filter.year);
  if (filter.after) query = query.where('c.case_id', '<', filter.after);
  return query.execute();
};

/** Approved awards as the public may read them, the newest cases first. */
export const listNoticeLines = async (
  trx: SubsidyTransaction,
  policies: readonly LoadedPolicy[],
  today: LocalDate,
  filter: NoticeFilter,
): Promise<{ items: NoticeLine[]; next: Id | null; asOf: LocalDate }> => {
  const schemes = new Set(policies.map(({ policy }) => policy.scheme));
  const rows = await noticesOf(trx, today, filter);
  const items = rows.slice(0, filter.limit).flatMap((row): NoticeLine[] => {
    if (!row.approved_at || !row.payable_from || !schemes.has(row.scheme)) return [];
    const from = businessDay(row.approved_at);
    const days = daysBetween(from, row.payable_from);
    return [
      {
        caseId: row.case_id,
        scheme: row.scheme,
        year: row.year,
        role: row.role,
        partyName: publicName(row.party),
        awardFen: formatFen(row.award_fen),
        from,
        lastDay: days > 0 ? addDays(row.payable_from, -1) : null,
        days,
        isRunning: today < row.payable_from,
        isClaimedBack: row.is_claimed_back,
        includesAssumption: row.includes_assumption,
      },
    ];
  });
  const last = rows.length > filter.limit ? rows[filter.limit - 1] : undefined;
  return { items, next: last?.case_id ?? null, asOf: today };
};
