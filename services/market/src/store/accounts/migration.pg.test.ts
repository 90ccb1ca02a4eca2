import { newId } from '@jishi/contracts/ids';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase } from '@jishi/runtime/testing/database';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authOptions } from '../../http/accounts/auth.ts';
import { openTrialMarket } from '../../http/accounts/trial-market.ts';
import { MIGRATIONS } from '../migrations/all.ts';

let market: Awaited<ReturnType<typeof openTrialMarket>>;
beforeAll(async () => {
  market = await openTrialMarket('frozen');
});
afterAll(() => market.close());

const wishes = async () => {
  // biome-ignore lint/suspicious/noExplicitAny: the library's own option type.
  const { toBeCreated, toBeAdded } = await getMigrations(authOptions(market.deps) as any);
  return [...toBeCreated, ...toBeAdded].map((wish) => wish.table);
};

describe('the frozen migration', () => {
  it('has every table and column that the sign-in library wants', async () => {
    expect(await wishes()).toStrictEqual([]);
    // The comparison can tell: without a column the library would ask for it.
    await market.pool.query('alter table auth_session drop column "userAgent"');
    expect(await wishes()).toStrictEqual(['auth_session']);
    await market.pool.query('alter table auth_session add column "userAgent" text');
  });

  it('refuses by itself what the code must not do: grants to oneself, or one person twice', async () => {
    const { userId } = await market.person('constrained');
    const insert = (by: string, approvedBy: string | null) =>
      market.pool.query(
        `insert into role_grant (id, user_id, role, status, requested_by, requested_at, approved_by)
         values ($1, $2, 'auditor', 'pending', $3, now(), $4)`,
        [newId(), userId, by, approvedBy],
      );
    await expect(insert(userId, null)).rejects.toThrow(/check constraint/);
    await expect(insert('a', 'a')).rejects.toThrow(/check constraint/);
    await expect(insert('a', userId)).rejects.toThrow(/check constraint/);
    await expect(insert('a', 'b')).resolves.toBeDefined();
  });
});

describe('the serving role', () => {
  it('adds to the audit and reads it, and can neither change nor remove a row, nor a table', async () => {
    const database = await createTestDatabase('grants');
    const role = `${new URL(database.url).pathname.slice(1)}_app`;
    const pool = openPool({ url: database.url, poolSize: 2 });
    const client = await pool.connect();
    try {
      await client.query(`create role ${role}`);
      await migrateToLatest(openDatabase(pool), MIGRATIONS);
      // One client: the pool would replace it, and with it the role, after the first refusal.
      await client.query(`set role ${role}`);
      await client.query(
        `insert into audit_entry (id, at, actor_roles, act, object, request_id)
         values ($1, now(), '{}', 'trial', 'x', 'x')`,
        [newId()],
      );
      expect((await client.query('select act from audit_entry')).rows).toStrictEqual([
        { act: 'trial' },
      ]);
      const forbidden = [
        `update audit_entry set act = 'other'`,
        'delete from audit_entry',
        'truncate audit_entry',
        'drop table audit_entry',
        'delete from role_grant',
        'delete from organisation',
        'create table mine (id int)',
      ];
      for (const statement of forbidden) {
        await expect(client.query(statement), statement).rejects.toThrow(
          /permission denied|must be owner/,
        );
      }
    } finally {
      await client.query(`reset role; drop owned by ${role}; drop role ${role}`);
      client.release();
      await pool.end();
      await database.drop();
    }
  });
});
