import type { Id } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { Role } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AccountDb, AccountTables, AccountTrx } from './tables.ts';

export interface NewAccount {
  readonly userId: Id;
  readonly accountId: Id;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** Whether the account was made; false when the e-mail is already in use. */
export const insertAccount = async (
  trx: AccountTrx,
  account: NewAccount,
  now: Instant,
): Promise<boolean> => {
  const made = await trx
    .insertInto('auth_user')
    .values({
      id: account.userId,
      name: account.name,
      email: account.email.toLowerCase(),
      emailVerified: false,
      image: null,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((c) => c.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return false;
  await trx
    .insertInto('auth_account')
    .values({
      id: account.accountId,
      accountId: account.userId,
      providerId: 'credential',
      userId: account.userId,
      password: account.passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  return true;
};

export const findUser = (db: AccountDb, userId: Id) =>
  db
    .selectFrom('auth_user')
    .select(['id', 'name', 'email'])
    .where('id', '=', userId)
    .executeTakeFirst();

export const findUserByEmail = (db: AccountDb, email: string) =>
  db
    .selectFrom('auth_user')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();

/** Everything that decides what a person may be right now. */
export interface Standing {
  readonly userId: Id;
  readonly name: string;
  readonly email: string;
  readonly suspended: boolean;
  /** Made for trying the market out; refused where that is not wanted. */
  readonly demo: boolean;
  readonly membership: {
    readonly id: Id;
    readonly status: AccountTables['membership']['status'];
    readonly manages: boolean;
    readonly organisationId: Id;
    readonly partyId: Id | null;
    readonly verified: boolean;
  } | null;
  readonly tradingRoles: readonly Role[];
  readonly officerRoles: readonly Role[];
}

export const loadStanding = async (db: AccountDb, userId: Id): Promise<Standing | undefined> => {
  const row = await db
    .selectFrom('auth_user as u')
    .leftJoin('membership as m', (j) =>
      j.onRef('m.user_id', '=', 'u.id').on('m.status', '<>', 'ended'),
    )
    .leftJoin('organisation as o', 'o.id', 'm.organisation_id')
    .leftJoin('suspension as s', 's.user_id', 'u.id')
    .select(['u.id', 'u.name', 'u.email', 's.since', 'm.id as membershipId', 'm.status'])
    .select(['m.manages', 'm.organisation_id', 'm.trading_roles', 'o.party_id', 'o.demo'])
    .select('o.verified')
    .where('u.id', '=', userId)
    .executeTakeFirst();
  if (!row) return undefined;
  const grants = await db
    .selectFrom('role_grant')
    .select('role')
    .where('user_id', '=', userId)
    .where('status', '=', 'effective')
    .orderBy('role')
    .execute();
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    suspended: row.since !== null,
    demo: row.demo ?? false,
    membership:
      row.membershipId && row.organisation_id && row.status
        ? {
            id: row.membershipId,
            status: row.status,
            manages: row.manages ?? false,
            organisationId: row.organisation_id,
            partyId: row.party_id,
            verified: row.verified ?? false,
          }
        : null,
    tradingRoles: row.trading_roles ?? [],
    officerRoles: grants.map((g) => g.role),
  };
};

/** The person as tokens carry it; nobody without an active membership, or while suspended. */
export const personOf = (standing: Standing): Person | undefined => {
  const { membership } = standing;
  if (standing.suspended || membership?.status !== 'active') return undefined;
  return {
    userId: standing.userId,
    organisationId: membership.organisationId,
    partyId: membership.partyId,
    roles: [...standing.tradingRoles, ...standing.officerRoles],
    organisationVerified: membership.verified,
  };
};

export const endSessions = async (trx: AccountTrx, userId: Id): Promise<void> => {
  await trx.deleteFrom('auth_session').where('userId', '=', userId).execute();
};

/** Moves the idle clock of a session. */
export const touchSession = async (db: AccountDb, token: string, now: Instant): Promise<void> => {
  await db.updateTable('auth_session').set({ updatedAt: now }).where('token', '=', token).execute();
};

export const endSession = async (db: AccountDb, token: string): Promise<void> => {
  await db.deleteFrom('auth_session').where('token', '=', token).execute();
};

interface AccountCounts {
  readonly administrators: number;
  readonly pendingMemberships: number;
  readonly pendingGrants: number;
}

/** What an operator should know about accounts, in one look. */
export const countAccounts = async (db: AccountDb): Promise<AccountCounts> => {
  const { rows } = await sql<AccountCounts>`select
    (select count(*)::int from role_grant where role = 'administrator' and status = 'effective')
      as "administrators",
    (select count(*)::int from membership where status = 'pending') as "pendingMemberships",
    (select count(*)::int from role_grant where status = 'pending') as "pendingGrants"`.execute(db);
  return rows[0] ?? { administrators: 0, pendingMemberships: 0, pendingGrants: 0 };
};
