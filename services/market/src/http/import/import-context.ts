import type { Id } from '@jishi/contracts/ids';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { ReadFile } from '@jishi/workbook/reader';
import type { RowContext } from '../../domain/import/check-row.ts';
import { inTenant } from '../../store/accounts/tenant.ts';
import type { StoredImport } from '../../store/import/imports.ts';
import type { TradeDb, TradeTrx } from '../../store/trade/tables.ts';
import { partyOf, type Trader, traderOf } from '../trade-context.ts';

export interface ImportContext {
  readonly db: TradeDb;
  readonly clock: Clock;
  readonly readFile: ReadFile;
  /** Of a synthetic log every export says what it is. */
  readonly isSynthetic: boolean;
}

/** A transaction under the caller's row-level security, over trade's tables and ours. */
export const inImports = <Result>(
  { db }: ImportContext,
  principal: Principal | undefined,
  work: (trx: TradeTrx, trader: Trader) => Promise<Result>,
): Promise<Result> => {
  const trader = traderOf(principal);
  return inTenant(db, principal, (trx) => work(trx, trader));
};

const nameOf = (trx: TradeTrx, userId: Id) =>
  trx.selectFrom('auth_user').select(['name', 'email']).where('id', '=', userId).executeTakeFirst();

/** What reading a row needs beside the row: who imports, for whom, on which day. */
export const rowContext = async (
  trx: TradeTrx,
  trader: Trader,
  clock: Clock,
  target: StoredImport['target'],
): Promise<RowContext> => {
  const owner = await partyOf(trx, trader);
  const user = await nameOf(trx, trader.person.userId);
  return {
    today: businessDay(clock()),
    owner,
    target,
    contact: { name: user?.name ?? owner.name.slice(0, 100), email: user?.email ?? null },
  };
};

/** Results are imported by the officer of listings; contracts by whoever signs for a side. */
export const requireKindRole = (kind: StoredImport['kind'], { person }: Trader): void => {
  if (kind === 'listings' && !person.roles.includes('listing-officer')) {
    throw new Refusal('role-missing');
  }
};
