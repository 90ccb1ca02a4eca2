import type { Id } from '@jishi/contracts/ids';
import type { Submission } from '@jishi/contracts/ledger/registration';
import type { SentSubmission } from '@jishi/contracts/market/registration-papers';
import type { Instant } from '@jishi/contracts/time';
import type { Selectable } from 'kysely';
import { keepContent, type NewFile, type StoredFile } from '../trade/contract-files.ts';
import type { TradeTrx } from '../trade/tables.ts';
import { type SheetTables, sheets } from './tables.ts';

export type StoredPaper = Selectable<SheetTables['paper_contract']>;

export const listPapersOf = (
  trx: TradeTrx,
  organisationId: Id,
  page: { readonly after?: Id | undefined; readonly limit: number },
): Promise<StoredPaper[]> => {
  let query = sheets(trx)
    .selectFrom('paper_contract')
    .selectAll()
    .where('organisation_id', '=', organisationId);
  if (page.after) query = query.where('id', '<', page.after);
  return query.orderBy('id', 'desc').limit(page.limit).execute();
};

/** Whoever may see it: the organisation that imported it, and officers. */
export const findPaper = (trx: TradeTrx, contractId: Id): Promise<StoredPaper | undefined> =>
  sheets(trx)
    .selectFrom('paper_contract')
    .selectAll()
    .where('id', '=', contractId)
    .executeTakeFirst();

export const lockPaperOf = (
  trx: TradeTrx,
  organisationId: Id,
  contractId: Id,
): Promise<StoredPaper | undefined> =>
  sheets(trx)
    .selectFrom('paper_contract')
    .selectAll()
    .where('id', '=', contractId)
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst();

/** Whether another contract of the organisation says the same already. */
export const isKeyTaken = async (
  trx: TradeTrx,
  { id, organisation_id }: StoredPaper,
  key: string,
): Promise<boolean> =>
  (await sheets(trx)
    .selectFrom('paper_contract')
    .select('id')
    .where('organisation_id', '=', organisation_id)
    .where('contract_key', '=', key)
    .where('id', '<>', id)
    .executeTakeFirst()) !== undefined;

export const saveCorrected = async (
  trx: TradeTrx,
  contractId: Id,
  key: string,
  submission: Submission,
): Promise<void> => {
  await sheets(trx)
    .updateTable('paper_contract')
    .set({ contract_key: key, submission: JSON.stringify(submission) })
    .where('id', '=', contractId)
    .execute();
};

/** In the order in which they were brought, by contract. */
export const paperFilesOf = async (trx: TradeTrx, contractId: Id): Promise<StoredFile[]> => {
  const rows = await sheets(trx)
    .selectFrom('paper_file')
    .selectAll()
    .where('contract_id', '=', contractId)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows;
};

export const insertPaperFile = async (
  trx: TradeTrx,
  file: Omit<NewFile, 'negotiationId'> & { readonly organisationId: Id },
): Promise<void> => {
  await keepContent(trx, file);
  await sheets(trx)
    .insertInto('paper_file')
    .values({
      id: file.fileId,
      contract_id: file.contractId,
      organisation_id: file.organisationId,
      kind: file.kind,
      sha256: file.sha256,
      name: file.name,
      media_type: file.mediaType,
      size: file.bytes.length,
      added_by_party: file.addedByParty,
      added_by_user: file.addedByUser,
      added_at: file.addedAt,
    })
    .execute();
};

export const findPaperFile = (
  trx: TradeTrx,
  contractId: Id,
  fileId: Id,
): Promise<StoredFile | undefined> =>
  sheets(trx)
    .selectFrom('paper_file')
    .selectAll()
    .where('contract_id', '=', contractId)
    .where('id', '=', fileId)
    .executeTakeFirst();

export const isPaperFileId = async (trx: TradeTrx, fileId: Id): Promise<boolean> =>
  (await sheets(trx)
    .selectFrom('paper_file')
    .select('id')
    .where('id', '=', fileId)
    .executeTakeFirst()) !== undefined;

export const removePaperFile = async (trx: TradeTrx, fileId: Id): Promise<boolean> => {
  const removed = await sheets(trx)
    .deleteFrom('paper_file')
    .where('id', '=', fileId)
    .executeTakeFirst();
  return removed.numDeletedRows === 1n;
};

/** Without the import's own, which has no files; by contract, oldest first. */
export const paperSubmissionsOf = async (
  trx: TradeTrx,
  contractIds: readonly Id[],
): Promise<ReadonlyMap<Id, SentSubmission[]>> => {
  const found = new Map<Id, SentSubmission[]>(contractIds.map((id) => [id, []]));
  if (contractIds.length === 0) return found;
  const rows = await sheets(trx)
    .selectFrom('paper_submission')
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
export const insertPaperSubmission = async (
  trx: TradeTrx,
  sent: {
    readonly contractId: Id;
    readonly organisationId: Id;
    readonly registrationVersion: number;
    readonly commandId: Id;
    readonly fileIds: readonly Id[];
    readonly userId: Id;
    readonly at: Instant;
  },
): Promise<boolean> => {
  const made = await sheets(trx)
    .insertInto('paper_submission')
    .values({
      contract_id: sent.contractId,
      registration_version: sent.registrationVersion,
      organisation_id: sent.organisationId,
      command_id: sent.commandId,
      file_ids: [...sent.fileIds],
      sent_by_user: sent.userId,
      sent_at: sent.at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
};
