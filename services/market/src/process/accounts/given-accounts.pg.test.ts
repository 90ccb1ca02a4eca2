import { StartRefused } from '@jishi/runtime/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUscc, openTrialMarket, PASSWORD } from '../../http/accounts/trial-market.ts';
import {
  createFirstAdministrators,
  createGivenAccounts,
  parseGivenAccounts,
} from './given-accounts.ts';

let market: Awaited<ReturnType<typeof openTrialMarket>>;
beforeAll(async () => {
  market = await openTrialMarket('given');
});
afterAll(() => market.close());

const ports = () => ({
  db: market.db,
  clock: market.deps.clock,
  hashPassword: async (password: string) =>
    (await market.accounts.auth.$context).password.hash(password),
});

const uscc = freshUscc();
const office = { name: '市科技局', uscc: null, nature: 'government', district: 'gusu' };
const company = { name: '演示公司', uscc, nature: 'enterprise', district: 'sip' };
const account = (name: string, organisation: object, roles: string[]) => ({
  email: `${name}@demo.example`,
  password: PASSWORD,
  name,
  organisation,
  roles,
});
const DEMO = [
  account('registrar', office, ['registrar']),
  account('senior', office, ['senior-registrar']),
  account('buyer', company, ['buyer', 'listing-officer']),
  account('colleague', company, ['broker']),
];
const parse = (accounts: object[]) => parseGivenAccounts(JSON.stringify(accounts), 'THE_FILE');
const count = async (): Promise<number[]> => {
  const tables = ['auth_user', 'organisation', 'membership', 'role_grant', 'audit_entry'];
  const counts = tables.map((t) => market.pool.query(`select count(*)::int as n from ${t}`));
  return (await Promise.all(counts)).map((c) => c.rows[0]?.n);
};

describe('accounts that come with the installation', () => {
  it('are made once, however often and from however many processes', async () => {
    await Promise.all([1, 2, 3].map(() => createGivenAccounts(ports(), parse(DEMO), true)));
    expect(await count()).toStrictEqual([4, 2, 4, 2, 4]);
    await createGivenAccounts(ports(), parse(DEMO), true);
    expect(await count()).toStrictEqual([4, 2, 4, 2, 4]);
  });

  it('sign in with their roles; an office is no party', async () => {
    const me = async (name: string) => {
      const cookie = await market.signIn(`${name}@demo.example`);
      return (await market.call('/me', { cookie })).json();
    };
    expect(await me('registrar')).toMatchObject({
      roles: ['registrar'],
      membership: { organisation: { kind: 'office', partyId: null, demo: true, name: '市科技局' } },
    });
    expect(await me('colleague')).toMatchObject({
      roles: ['broker'],
      membership: { status: 'active', organisation: { uscc, verified: true } },
    });
  });

  it('are kept out where demo accounts are refused', async () => {
    const cookie = await market.signIn('buyer@demo.example');
    const production = await openTrialMarket('production', {
      pool: market.pool,
      refusesDemo: true,
    });
    try {
      await expect(production.signIn('buyer@demo.example')).rejects.toThrow(/account-suspended/);
      expect((await production.call('/me', { cookie })).status).toBe(401);
    } finally {
      await production.dropOnly();
    }
  });

  it('are refused whole, without telling a value, when the file is not right', () => {
    const wrong = account('x', { ...company, uscc: '91320594780268314X' }, ['buyer']);
    expect(() => parse([wrong])).toThrow(StartRefused);
    expect(() => parse([wrong])).toThrow(/THE_FILE.*0\.organisation\.uscc/);
    expect(() => parse([{ ...DEMO[0], password: 'short' }])).toThrow(/0\.password$/);
    expect(() => parse([account('x', office, ['king'])])).toThrow(/0\.roles\.0/);
    expect(() => parseGivenAccounts('[', 'THE_FILE')).toThrow(StartRefused);
  });
});

describe('first administrators', () => {
  const admin = (name: string) => account(name, office, ['administrator']);

  it('are administrators only', async () => {
    const more = parse([account('both', office, ['administrator', 'registrar'])]);
    await expect(createFirstAdministrators(ports(), more)).rejects.toThrow(StartRefused);
  });

  it('are made while there is none, and never after', async () => {
    await createFirstAdministrators(ports(), parse([admin('one'), admin('two')]));
    const cookie = await market.signIn('two@demo.example');
    const me = await (await market.call('/me', { cookie })).json();
    expect(me).toMatchObject({ roles: ['administrator'] });
    const before = await count();
    await createFirstAdministrators(ports(), parse([admin('three')]));
    expect(await count()).toStrictEqual(before);
  });
});
