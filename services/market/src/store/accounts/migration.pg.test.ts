import { newId } from '@jishi/contracts/ids';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authOptions } from '../../http/accounts/auth.ts';
import { openTrialMarket } from '../../http/accounts/trial-market.ts';

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
