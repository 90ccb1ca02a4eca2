import type { Id } from '@jishi/contracts/ids';
import type { IntellectualProperty } from '@jishi/contracts/market/listing';
import type { FormInput, SentSubmission } from '@jishi/contracts/market/registration-papers';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { SavedForm } from '../../domain/contract/registration-form.ts';
import type { TradeDb, TradeTrx } from './tables.ts';

export const formsOf = async (
  db: TradeDb,
  contractIds: readonly Id[],
): Promise<ReadonlyMap<Id, SavedForm>> => {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('contract_form')
    .select(['contract_id', 'version', 'form'])
    .where('contract_id', 'in', contractIds)
    .execute();
  return new Map(
    rows.map(({ contract_id, version, form }) => [contract_id, { version, values: form }]),
  );
};

/** The form as a whole, over the version that the person saw: 0 for the first time. */
export const saveFormValues = async (
  trx: TradeTrx,
  saved: {
    readonly contractId: Id;
    readonly negotiationId: Id;
    readonly seenVersion: number;
    readonly values: FormInput;
    readonly userId: Id;
    readonly at: Instant;
  },
): Promise<void> => {
  const row = {
    form: JSON.stringify(saved.values),
    version: saved.seenVersion + 1,
    changed_by_user: saved.userId,
    changed_at: saved.at,
  };
  if (saved.seenVersion === 0) {
    const made = await trx
      .insertInto('contract_form')
      .values({ contract_id: saved.contractId, negotiation_id: saved.negotiationId, ...row })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) throw new Refusal('version-conflict');
    return;
  }
  const changed = await trx
    .updateTable('contract_form')
    .set(row)
    .where('contract_id', '=', saved.contractId)
    .where('version', '=', saved.seenVersion)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Refusal('version-conflict');
};

export const submissionsOf = async (
  db: TradeDb,
  contractIds: readonly Id[],
): Promise<ReadonlyMap<Id, SentSubmission[]>> => {
  const found = new Map<Id, SentSubmission[]>(contractIds.map((id) => [id, []]));
  if (contractIds.length === 0) return found;
  const rows = await db
    .selectFrom('contract_submission')
    .select(['contract_id', 'registration_version', 'sent_at', 'file_ids'])
    .where('contract_id', 'in', contractIds)
    .orderBy('registration_version')
    .execute();
  for (const row of rows) {
    found.get(row.contract_id)?.push({
      registrationVersion: row.registration_version,
      sentAt: row.sent_at,
      fileIds: row.file_ids,
    });
  }
  return found;
};

/** One return is answered once: false when it has been answered already. */
export const insertSubmission = async (
  trx: TradeTrx,
  sent: {
    readonly contractId: Id;
    readonly negotiationId: Id;
    readonly registrationVersion: number;
    readonly commandId: Id;
    readonly fileIds: readonly Id[];
    readonly userId: Id;
    readonly at: Instant;
  },
): Promise<boolean> => {
  const made = await trx
    .insertInto('contract_submission')
    .values({
      contract_id: sent.contractId,
      negotiation_id: sent.negotiationId,
      registration_version: sent.registrationVersion,
      command_id: sent.commandId,
      file_ids: [...sent.fileIds],
      sent_by_user: sent.userId,
      sent_at: sent.at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
};

/** How the price of a listing is found; one that was published stays readable. */
export const priceModesOf = async (
  db: TradeDb,
  listingIds: readonly Id[],
): Promise<ReadonlyMap<Id, 'fixed' | 'negotiable'>> => {
  if (listingIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcement')
    .select(['id', 'content'])
    .where('kind', '=', 'listing')
    .where('id', 'in', listingIds)
    .execute();
  return new Map(
    rows.flatMap(({ id, content }) => ('price' in content ? [[id, content.price.mode]] : [])),
  );
};

/** Rights that the listings behind contracts name; a listing that was published stays readable. */
export const rightsOf = async (
  db: TradeDb,
  listingIds: readonly Id[],
): Promise<ReadonlyMap<Id, readonly IntellectualProperty[]>> => {
  if (listingIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcement')
    .select(['id', 'content'])
    .where('kind', '=', 'listing')
    .where('id', 'in', listingIds)
    .execute();
  return new Map(
    rows.map(({ id, content }) => [
      id,
      'intellectualProperty' in content ? content.intellectualProperty : [],
    ]),
  );
};
