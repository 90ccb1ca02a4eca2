import type { Id } from '@jishi/contracts/ids';
import type { RoleGrant } from '@jishi/contracts/market/administration';
import type { OfficerRole } from '@jishi/contracts/roles';
import type { Instant } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import type { AccountDb, AccountTables, AccountTrx } from './tables.ts';

export const grantView = (row: Selectable<AccountTables['role_grant']>): RoleGrant => ({
  id: row.id,
  userId: row.user_id,
  role: row.role,
  status: row.status,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  approvedBy: row.approved_by,
});

export const findGrant = (db: AccountDb, id: Id) =>
  db.selectFrom('role_grant').selectAll().where('id', '=', id).executeTakeFirst();

export const lockGrant = (trx: AccountTrx, id: Id) =>
  trx.selectFrom('role_grant').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Grants of a person that are effective or awaited, locked against a decision beside ours. */
export const lockGrantsOf = (trx: AccountTrx, userId: Id) =>
  trx
    .selectFrom('role_grant')
    .selectAll()
    .where('user_id', '=', userId)
    .where('status', '<>', 'removed')
    .forUpdate()
    .execute();

/** Whoever decides about a person's roles holds their row: two decisions follow one another. */
export const lockUser = (trx: AccountTrx, userId: Id) =>
  trx.selectFrom('auth_user').select('id').where('id', '=', userId).forUpdate().executeTakeFirst();

export interface NewGrant {
  readonly id: Id;
  readonly userId: Id;
  readonly role: OfficerRole;
  readonly status: 'pending' | 'effective';
  readonly requestedBy: Id | null;
}

/** The row, or nothing when the person has the role or awaits it already. */
export const insertGrant = (trx: AccountTrx, grant: NewGrant, now: Instant) =>
  trx
    .insertInto('role_grant')
    .values({
      id: grant.id,
      user_id: grant.userId,
      role: grant.role,
      status: grant.status,
      requested_by: grant.requestedBy,
      requested_at: now,
      approved_by: null,
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();

export const updateGrant = (
  trx: AccountTrx,
  id: Id,
  change: { status: 'effective'; approved_by: Id } | { status: 'removed' },
) =>
  trx
    .updateTable('role_grant')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

const GRANTS_SHOWN_MAX = 500;

export const listGrantRows = (db: AccountDb) =>
  db
    .selectFrom('role_grant')
    .selectAll()
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(GRANTS_SHOWN_MAX)
    .execute();

export const hasAdministrator = async (db: AccountDb): Promise<boolean> => {
  const row = await db
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'administrator')
    .where('status', '=', 'effective')
    .executeTakeFirst();
  return row !== undefined;
};

/** Whether nobody else is an administrator; a suspended one still is. */
export const isOnlyAdministrator = async (db: AccountDb, userId: Id): Promise<boolean> => {
  const other = await db
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', 'administrator')
    .where('status', '=', 'effective')
    .where('user_id', '<>', userId)
    .executeTakeFirst();
  return other === undefined;
};
