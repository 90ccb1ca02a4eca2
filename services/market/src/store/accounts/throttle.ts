import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { AccountDb } from './tables.ts';

export interface ThrottleRule {
  readonly key: string;
  readonly max: number;
  readonly windowSeconds: number;
}

/**
 * Counts one attempt in its window and says whether it was within the limit. One statement, so
 * two instances or parallel guesses cannot both take the last place.
 */
export const takeAttempt = async (
  db: AccountDb,
  rule: ThrottleRule,
  now: Instant,
): Promise<boolean> => {
  const open = sql`throttle.window_started_at + make_interval(secs => ${rule.windowSeconds})
    > ${now}::timestamptz`;
  const { rows } = await sql<{ count: number }>`
    insert into throttle as throttle (key, window_started_at, count) values (${rule.key}, ${now}, 1)
    on conflict (key) do update set
      count = case when ${open} then least(throttle.count, ${rule.max}) + 1 else 1 end,
      window_started_at = case when ${open} then throttle.window_started_at else ${now} end
    returning count`.execute(db);
  return (rows[0]?.count ?? 1) <= rule.max;
};

/** Gives a place back: a sign-in that succeeded was no guess. */
export const returnAttempt = async (db: AccountDb, key: string): Promise<void> => {
  await db
    .updateTable('throttle')
    .set({ count: sql`greatest(count - 1, 0)` })
    .where('key', '=', key)
    .execute();
};

const THROTTLE_ROWS_KEPT = '1 day';
const ADDRESSES_KEPT = '180 days';

/** Windows are minutes and sessions days: what lies behind them says nothing any more. */
export const pruneSignIn = async (db: AccountDb, now: Instant): Promise<void> => {
  const ago = (kept: string) => sql<Instant>`${now}::timestamptz - ${sql.lit(kept)}::interval`;
  await db
    .deleteFrom('throttle')
    .where('window_started_at', '<', ago(THROTTLE_ROWS_KEPT))
    .execute();
  await db.deleteFrom('known_address').where('seen_at', '<', ago(ADDRESSES_KEPT)).execute();
  await db.deleteFrom('auth_session').where('expiresAt', '<', now).execute();
};

export const isKnownAddress = async (
  db: AccountDb,
  accountKey: string,
  address: string,
): Promise<boolean> => {
  const row = await db
    .selectFrom('known_address')
    .select('address')
    .where('account_key', '=', accountKey)
    .where('address', '=', address)
    .executeTakeFirst();
  return row !== undefined;
};

export const rememberAddress = async (
  db: AccountDb,
  accountKey: string,
  address: string,
  now: Instant,
): Promise<void> => {
  await db
    .insertInto('known_address')
    .values({ account_key: accountKey, address, seen_at: now })
    .onConflict((c) => c.columns(['account_key', 'address']).doUpdateSet({ seen_at: now }))
    .execute();
};
