import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Role } from '@jishi/contracts/roles';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDemoAccounts } from './demo-accounts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jishi-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('there is a demo account for every role, and two where a second pair of eyes is needed', async () => {
  const accounts = await loadDemoAccounts(join(folder, 'a.json'));
  const roles = accounts.flatMap((a) => a.roles);
  expect(new Set(roles)).toStrictEqual(new Set(Role.options));
  for (const twice of ['subsidy-officer', 'finance-officer', 'exchange-operator'] as const) {
    expect(roles.filter((role) => role === twice)).toHaveLength(2);
  }
  expect(new Set(accounts.map((a) => a.email)).size).toBe(accounts.length);
});

it('passwords are kept for one installation, private, and differ in the next', async () => {
  const path = join(folder, 'a.json');
  const first = await loadDemoAccounts(path);
  expect(await loadDemoAccounts(path)).toStrictEqual(first);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const next = await loadDemoAccounts(join(folder, 'b.json'));
  const passwords = new Set([...first, ...next].map((a) => a.password));
  expect(passwords.size).toBe(first.length + next.length);
});
