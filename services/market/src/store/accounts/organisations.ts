import type { Id } from '@jishi/contracts/ids';
import type { Member, Organisation } from '@jishi/contracts/market/accounts';
import type { Role, TradingRole } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import type { Insertable, Selectable } from 'kysely';
import type { AccountDb, AccountTables, AccountTrx } from './tables.ts';

type OrganisationRow = Selectable<AccountTables['organisation']>;

export const organisationView = (row: OrganisationRow): Organisation => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  uscc: row.uscc,
  country: row.country,
  partyId: row.party_id,
  nature: row.nature as Organisation['nature'],
  district: row.district as Organisation['district'],
  verified: row.verified,
  demo: row.demo,
});

export const findOrganisation = async (
  db: AccountDb,
  id: Id,
): Promise<Organisation | undefined> => {
  const row = await db
    .selectFrom('organisation')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && organisationView(row);
};

/**
 * Makes the organisation, or finds the one that has the same party already. A rival with the same
 * code waits for our transaction and then finds ours.
 */
export const insertOrFindOrganisation = async (
  trx: AccountTrx,
  organisation: Insertable<AccountTables['organisation']> & { readonly party_id: Id },
): Promise<{ id: Id; made: boolean }> => {
  const made = await trx
    .insertInto('organisation')
    .values(organisation)
    .onConflict((c) => c.column('party_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return { id: made.id, made: true };
  const found = await trx
    .selectFrom('organisation')
    .select('id')
    .where('party_id', '=', organisation.party_id)
    .executeTakeFirstOrThrow();
  return { id: found.id, made: false };
};

export const findOfficeByName = (trx: AccountTrx, name: string) =>
  trx
    .selectFrom('organisation')
    .select('id')
    .where('kind', '=', 'office')
    .where('name', '=', name)
    .executeTakeFirst();

export interface NewMembership {
  readonly id: Id;
  readonly userId: Id;
  readonly organisationId: Id;
  readonly status: 'pending' | 'active';
  readonly manages: boolean;
  readonly tradingRoles: readonly TradingRole[];
}

export const insertMembership = async (
  trx: AccountTrx,
  membership: NewMembership,
  now: Instant,
): Promise<void> => {
  await trx
    .insertInto('membership')
    .values({
      id: membership.id,
      user_id: membership.userId,
      organisation_id: membership.organisationId,
      status: membership.status,
      manages: membership.manages,
      trading_roles: [...membership.tradingRoles],
      created_at: now,
    })
    .execute();
};

/** A membership locked for a decision. */
export const lockMembership = (trx: AccountTrx, organisationId: Id, membershipId: Id) =>
  trx
    .selectFrom('membership')
    .selectAll()
    .where('id', '=', membershipId)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst();

export const updateMembership = async (
  trx: AccountTrx,
  id: Id,
  change: { status: 'active' | 'ended'; trading_roles: TradingRole[] },
): Promise<void> => {
  await trx.updateTable('membership').set(change).where('id', '=', id).executeTakeFirstOrThrow();
};

/** Members of an organisation that have not left, oldest first; or the one that is named. */
export const listMembersOf = async (
  db: AccountDb,
  organisationId: Id,
  membershipId?: Id,
): Promise<Member[]> => {
  let query = db
    .selectFrom('membership as m')
    .innerJoin('auth_user as u', 'u.id', 'm.user_id')
    .leftJoin('suspension as s', 's.user_id', 'm.user_id')
    .select(['m.id', 'm.user_id', 'u.name', 'u.email', 'm.status', 'm.manages', 's.since'])
    .select((e) => [
      'm.trading_roles',
      e
        .selectFrom('role_grant as g')
        .select((g) => g.fn.agg<Role[]>('array_agg', ['g.role']).as('roles'))
        .whereRef('g.user_id', '=', 'm.user_id')
        .where('g.status', '=', 'effective')
        .as('officer_roles'),
    ])
    .where('m.organisation_id', '=', organisationId);
  query = membershipId
    ? query.where('m.id', '=', membershipId)
    : query.where('m.status', '<>', 'ended');
  const rows = await query.orderBy('m.created_at').orderBy('m.id').execute();
  return rows.map((row) => ({
    membershipId: row.id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    status: row.status,
    manages: row.manages,
    suspended: row.since !== null,
    roles: [...row.trading_roles, ...(row.officer_roles ?? [])],
  }));
};
