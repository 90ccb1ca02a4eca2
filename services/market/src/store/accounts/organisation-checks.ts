import type { Id } from '@jishi/contracts/ids';
import {
  type AdministeredOrganisation,
  EvidenceKind,
  type OrganisationCheck,
} from '@jishi/contracts/market/administration';
import type { ExpressionBuilder, Selectable } from 'kysely';
import { organisationView } from './organisations.ts';
import type { AccountDb, AccountTables, AccountTrx } from './tables.ts';

const checkView = (row: Selectable<AccountTables['organisation_check']>): OrganisationCheck => ({
  checkId: row.check_id,
  organisationId: row.organisation_id,
  outcome: row.outcome,
  evidence: EvidenceKind.parse(row.evidence),
  note: row.note,
  checkedBy: row.checked_by,
  checkedAt: row.checked_at,
});

export interface OrganisationFilter {
  readonly check?: 'waiting' | 'refused' | 'verified' | undefined;
  readonly q?: string | undefined;
  readonly after?: Id | undefined;
  readonly limit: number;
  readonly organisationId?: Id;
}

/** Latest checks of some organisations, by organisation. */
const lastChecks = async (
  db: AccountDb,
  ids: readonly Id[],
): Promise<Map<Id, OrganisationCheck>> => {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('organisation_check')
    .selectAll()
    .where('organisation_id', 'in', ids)
    .orderBy('checked_at')
    .orderBy('check_id')
    .execute();
  return new Map(rows.map((row) => [row.organisation_id, checkView(row)]));
};

type OfOrganisation = ExpressionBuilder<AccountTables & { o: AccountTables['organisation'] }, 'o'>;

const checksOf = (e: OfOrganisation) =>
  e
    .selectFrom('organisation_check as k')
    .select('k.check_id')
    .whereRef('k.organisation_id', '=', 'o.id');

const filtered = (db: AccountDb, { check, q, after, organisationId }: OrganisationFilter) => {
  let query = db.selectFrom('organisation as o').selectAll('o');
  if (organisationId) query = query.where('o.id', '=', organisationId);
  if (check === 'verified') query = query.where('o.verified', '=', true);
  if (check) query = query.where('o.kind', '<>', 'office');
  if (check === 'waiting' || check === 'refused') query = query.where('o.verified', '=', false);
  if (check === 'waiting') query = query.where((e) => e.not(e.exists(checksOf(e))));
  if (check === 'refused') query = query.where((e) => e.exists(checksOf(e)));
  if (q) {
    const part = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    query = query.where((e) => e.or([e('o.name', 'ilike', part), e('o.uscc', '=', q)]));
  }
  if (after) query = query.where('o.id', '<', after);
  return query;
};

/** Newest first: the ids are made in the order of time. */
export const listAdministered = async (
  db: AccountDb,
  filter: OrganisationFilter,
): Promise<AdministeredOrganisation[]> => {
  const rows = await filtered(db, filter)
    .select((e) => [
      e
        .selectFrom('membership as m')
        .select((m) => m.fn.countAll<bigint>().as('n'))
        .whereRef('m.organisation_id', '=', 'o.id')
        .where('m.status', '=', 'active')
        .as('members'),
      e
        .selectFrom('membership as m')
        .select((m) => m.fn.countAll<bigint>().as('n'))
        .whereRef('m.organisation_id', '=', 'o.id')
        .where('m.status', '=', 'pending')
        .as('pending_members'),
    ])
    .orderBy('o.id', 'desc')
    .limit(filter.limit)
    .execute();
  const ids = rows.map((row) => row.id);
  const checks = await lastChecks(db, ids);
  return rows.map((row) => ({
    ...organisationView(row),
    createdAt: row.created_at,
    members: Number(row.members ?? 0),
    pendingMembers: Number(row.pending_members ?? 0),
    lastCheck: checks.get(row.id) ?? null,
  }));
};

export const listChecksOf = async (
  db: AccountDb,
  organisationId: Id,
): Promise<OrganisationCheck[]> => {
  const rows = await db
    .selectFrom('organisation_check')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('checked_at', 'desc')
    .orderBy('check_id', 'desc')
    .execute();
  return rows.map(checkView);
};

export const findCheck = async (
  trx: AccountTrx,
  checkId: Id,
): Promise<OrganisationCheck | undefined> => {
  const row = await trx
    .selectFrom('organisation_check')
    .selectAll()
    .where('check_id', '=', checkId)
    .executeTakeFirst();
  return row && checkView(row);
};

/** The organisation, held against a rival's decision until ours is written. */
export const lockOrganisation = (trx: AccountTrx, id: Id) =>
  trx
    .selectFrom('organisation')
    .select(['id', 'kind', 'verified'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** The check and what follows from it, in the transaction of the act. */
export const insertCheck = async (trx: AccountTrx, check: OrganisationCheck): Promise<void> => {
  await trx
    .insertInto('organisation_check')
    .values({
      check_id: check.checkId,
      organisation_id: check.organisationId,
      outcome: check.outcome,
      evidence: check.evidence,
      note: check.note,
      checked_by: check.checkedBy,
      checked_at: check.checkedAt,
    })
    .execute();
  await trx
    .updateTable('organisation')
    .set({ verified: check.outcome === 'verified' })
    .where('id', '=', check.organisationId)
    .execute();
};
