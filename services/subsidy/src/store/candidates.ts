import type { Id } from '@jishi/contracts/ids';
import { formatFen } from '@jishi/contracts/money';
import type { Person } from '@jishi/contracts/principal';
import type { BatchCandidate } from '@jishi/contracts/subsidy/desk';
import { businessDay, type Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import { nameKey } from '../domain/payment/payee.ts';
import { contractOf, deskOfficersOf, interestedIn, partyOf } from './cases.ts';
import { accountInUse, openAccount } from './payees.ts';
import type { Sealer } from './seal.ts';
import type { SubsidyTransaction } from './tables.ts';

const approvedCases = (trx: SubsidyTransaction, after: Id | undefined, limit: number) => {
  const query = trx
    .selectFrom('subsidy_case as c')
    .innerJoin('decision as d', (join) =>
      join
        .onRef('d.case_id', '=', 'c.case_id')
        .on('d.returned_at', 'is', null)
        .on('d.voided_at', 'is', null),
    )
    .selectAll('c')
    .select(['d.award_fen', 'd.approved_at', 'd.payable_from', 'd.decided_by', 'd.approved_by'])
    .where('c.status', '=', 'approved')
    .where('d.approved_at', 'is not', null)
    .where(sql<boolean>`d.payable_from is not null`)
    .orderBy('c.case_id')
    .limit(limit);
  return (after ? query.where('c.case_id', '>', after) : query).execute();
};

type ApprovedRow = Awaited<ReturnType<typeof approvedCases>>[number];

const candidateOf = async (
  trx: SubsidyTransaction,
  viewer: { readonly person: Person; readonly at: Instant; readonly sealer: Sealer },
  row: ApprovedRow,
): Promise<BatchCandidate> => {
  const { person, at, sealer } = viewer;
  const contract = await contractOf(trx, row.contract_id);
  const party = partyOf(row, contract);
  const account = await accountInUse(trx, row.party_id, at);
  const officers = [
    row.decided_by,
    row.approved_by,
    ...(await deskOfficersOf(trx, [row.contract_id])),
  ];
  const isInterested =
    person.partyId !== null && interestedIn(row, contract).includes(person.partyId);
  const payableFrom = row.payable_from ?? '';
  const stateOf = (): BatchCandidate['state'] => {
    if (businessDay(at) < payableFrom) return 'notice-running';
    if (!account) return 'payee-account-missing';
    const name = openAccount(sealer, account).accountName;
    if (nameKey(name) !== nameKey(party.name)) return 'payee-name-differs';
    if (officers.includes(person.userId)) return 'duties-not-separated';
    return isInterested ? 'conflict-of-interest' : 'ready';
  };
  return {
    caseId: row.case_id,
    scheme: row.scheme,
    year: row.year,
    role: row.role,
    partyName: party.name,
    registrationNumber: contract.registration_number,
    awardFen: formatFen(row.award_fen),
    payableFrom,
    approvedAt: row.approved_at ?? at,
    accountEnding: account?.account_ending ?? null,
    state: stateOf(),
  };
};

/** Approved awards in no batch, the oldest first; the same checks as preparing a batch makes. */
export const listCandidates = async (
  trx: SubsidyTransaction,
  viewer: { readonly person: Person; readonly at: Instant; readonly sealer: Sealer },
  page: { readonly after?: Id | undefined; readonly limit: number },
): Promise<{ items: BatchCandidate[]; next: Id | null }> => {
  const rows = await approvedCases(trx, page.after, page.limit + 1);
  const items: BatchCandidate[] = [];
  for (const row of rows.slice(0, page.limit)) items.push(await candidateOf(trx, viewer, row));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.caseId ?? null) : null };
};
