import type { Id } from '@jishi/contracts/ids';
import type { PayeeAccountView } from '@jishi/contracts/subsidy/payment';
import type { Instant } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Sealer } from './seal.ts';
import type { SubsidyTables, SubsidyTransaction } from './tables.ts';

const AccountContent = z.strictObject({
  accountName: z.string(),
  bankName: z.string(),
  accountNumber: z.string(),
});
export type AccountContent = z.infer<typeof AccountContent>;

type AccountRow = Selectable<SubsidyTables['payee_account']>;

/** A sealed account belongs to its row and party: moved to another row it does not open. */
const boundTo = (accountId: Id, partyId: Id): string => `payee-account:${accountId}:${partyId}`;

export const saveAccount = async (
  trx: SubsidyTransaction,
  sealer: Sealer,
  account: {
    accountId: Id;
    partyId: Id;
    content: AccountContent;
    effectiveFrom: Instant;
    registeredBy: Id;
    registeredAt: Instant;
  },
): Promise<void> => {
  const { accountId, partyId, content } = account;
  await trx
    .insertInto('payee_account')
    .values({
      account_id: accountId,
      party_id: partyId,
      account_ending: content.accountNumber.slice(-4),
      sealed: sealer.seal(JSON.stringify(content), boundTo(accountId, partyId)),
      key_id: sealer.keyId,
      effective_from: account.effectiveFrom,
      registered_by: account.registeredBy,
      registered_at: account.registeredAt,
    })
    .execute();
};

export const openAccount = (sealer: Sealer, row: AccountRow): AccountContent =>
  AccountContent.parse(JSON.parse(sealer.open(row.sealed, boundTo(row.account_id, row.party_id))));

export const accountsOf = (trx: SubsidyTransaction, partyId: Id): Promise<readonly AccountRow[]> =>
  trx
    .selectFrom('payee_account')
    .selectAll()
    .where('party_id', '=', partyId)
    .orderBy('effective_from', 'desc')
    .orderBy('account_id', 'desc')
    .execute();

/** The account that is used at an instant: the newest that is effective by then. */
export const accountInUse = async (
  trx: SubsidyTransaction,
  partyId: Id,
  at: Instant,
): Promise<AccountRow | undefined> =>
  (await accountsOf(trx, partyId)).find((account) => account.effective_from <= at);

export const accountView = (sealer: Sealer, row: AccountRow): PayeeAccountView => {
  const content = openAccount(sealer, row);
  return {
    accountId: row.account_id,
    accountName: content.accountName,
    bankName: content.bankName,
    accountEnding: row.account_ending,
    effectiveFrom: row.effective_from,
  };
};
