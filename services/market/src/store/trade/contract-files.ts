import type { Id } from '@jishi/contracts/ids';
import type { ContractFile, FileKind } from '@jishi/contracts/market/files';
import type { Instant } from '@jishi/contracts/time';
import { type Selectable, sql } from 'kysely';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

/** Of a contract signed here, or of one of paper. */
export type StoredFile = Omit<Selectable<TradeTables['contract_file']>, 'negotiation_id'>;

export interface NewFile {
  readonly fileId: Id;
  readonly contractId: Id;
  readonly negotiationId: Id;
  readonly kind: FileKind;
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly addedByParty: Id;
  readonly addedByUser: Id;
  readonly addedAt: Instant;
}

/** The bytes, unless they are here already. */
export const keepContent = async (
  trx: TradeTrx,
  { sha256, bytes }: Pick<NewFile, 'sha256' | 'bytes'>,
): Promise<void> => {
  await trx
    .insertInto('file_content')
    .values({ sha256, bytes })
    .onConflict((c) => c.doNothing())
    .execute();
};

/** The bytes, and what they are to this contract. */
export const insertFile = async (trx: TradeTrx, file: NewFile): Promise<void> => {
  await keepContent(trx, file);
  await trx
    .insertInto('contract_file')
    .values({
      id: file.fileId,
      contract_id: file.contractId,
      negotiation_id: file.negotiationId,
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

/** In the order in which they were brought, by contract. */
export const filesOf = async (
  db: TradeDb,
  contractIds: readonly Id[],
): Promise<ReadonlyMap<Id, StoredFile[]>> => {
  const found = new Map<Id, StoredFile[]>(contractIds.map((id) => [id, []]));
  if (contractIds.length === 0) return found;
  const rows = await db
    .selectFrom('contract_file')
    .selectAll()
    .where('contract_id', 'in', contractIds)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  for (const row of rows) found.get(row.contract_id)?.push(row);
  return found;
};

export const findFile = (
  db: TradeDb,
  contractId: Id,
  fileId: Id,
): Promise<StoredFile | undefined> =>
  db
    .selectFrom('contract_file')
    .selectAll()
    .where('id', '=', fileId)
    .where('contract_id', '=', contractId)
    .executeTakeFirst();

/** Whether an id is taken by a file that the caller sees; by another one the insert says so. */
export const isFileId = async (db: TradeDb, fileId: Id): Promise<boolean> =>
  (await db
    .selectFrom('contract_file')
    .select('id')
    .where('id', '=', fileId)
    .executeTakeFirst()) !== undefined;

export const readContent = async (db: TradeDb, sha256: string): Promise<Buffer | undefined> => {
  const row = await db
    .selectFrom('file_content')
    .select('bytes')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.bytes;
};

export const removeFile = async (trx: TradeTrx, fileId: Id): Promise<boolean> => {
  const removed = await trx.deleteFrom('contract_file').where('id', '=', fileId).executeTakeFirst();
  return removed.numDeletedRows === 1n;
};

/** Bytes that no contract has any more are gone; asked in the name of the job that tidies. */
export const forgetContent = async (trx: TradeTrx, sha256: string): Promise<void> => {
  await sql`delete from file_content c where c.sha256 = ${sha256}
    and not exists (select 1 from contract_file f where f.sha256 = c.sha256)
    and not exists (select 1 from paper_file f where f.sha256 = c.sha256)`.execute(trx);
};

/** How much an organisation keeps here already; of what it brought, it sees all. */
export const storedBy = async (
  db: TradeDb,
  partyId: Id,
): Promise<{ readonly files: number; readonly bytes: number }> => {
  const { rows } = await sql<{ files: number; bytes: string }>`
    select count(*)::integer files, coalesce(sum(size), 0)::text bytes
    from (select size, added_by_party from contract_file
      union all select size, added_by_party from paper_file) brought
    where added_by_party = ${partyId}`.execute(db);
  return { files: rows[0]?.files ?? 0, bytes: Number(rows[0]?.bytes ?? '0') };
};

export const fileView = (
  file: StoredFile,
  addedBy: ContractFile['addedBy'],
  submitted: boolean,
): ContractFile => ({
  fileId: file.id,
  kind: file.kind,
  name: file.name,
  mediaType: file.media_type,
  size: file.size,
  sha256: file.sha256,
  addedBy,
  addedAt: file.added_at,
  submitted,
});
