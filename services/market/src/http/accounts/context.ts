import type { KeyObject } from 'node:crypto';
import type { Clock } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { AccountDb, AccountTables } from '../../store/accounts/tables.ts';
import { type Auth, type AuthDeps, makeAuth } from './auth.ts';

export interface AccountDeps extends AuthDeps {
  readonly clock: Clock;
  readonly peopleKey: KeyObject;
  readonly refusesDemo?: boolean;
}

/** What the endpoints of accounts work with. */
export interface AccountContext {
  readonly auth: Auth;
  readonly db: AccountDb;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly peopleKey: KeyObject;
  /** True in production: accounts of a demo opened there do not sign in. */
  readonly refusesDemo: boolean;
}

export const accountContext = (deps: AccountDeps): AccountContext => ({
  auth: makeAuth(deps),
  db: openDatabase<AccountTables>(deps.pool),
  clock: deps.clock,
  publicUrl: deps.publicUrl,
  peopleKey: deps.peopleKey,
  refusesDemo: deps.refusesDemo ?? false,
});
