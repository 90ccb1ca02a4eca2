import type { Id } from '@jishi/contracts/ids';
import type { Submission } from '@jishi/contracts/ledger/registration';
import type {
  ImportKind,
  ImportRun,
  ProblemGroup,
  RowCounts,
} from '@jishi/contracts/market/import';
import { Refusal } from '@jishi/contracts/problem';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { TradeTrx } from '../trade/tables.ts';
import { type SheetTables, sheets } from './tables.ts';

export type StoredImport = Selectable<SheetTables['sheet_import']>;
type NewImport = Insertable<SheetTables['sheet_import']>;

/**
 * Keeps a new import, or finds the one that this organisation has of the same file: a rival with
 * the same file waits for our transaction. Undefined when it was kept.
 */
export const keepImport = async (
  trx: TradeTrx,
  made: NewImport,
): Promise<StoredImport | undefined> => {
  const kept = await sheets(trx)
    .insertInto('sheet_import')
    .values(made)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (kept.numInsertedOrUpdatedRows === 1n) return undefined;
  const known = await sheets(trx)
    .selectFrom('sheet_import')
    .selectAll()
    .where('kind', '=', made.kind)
    .where('file_sha256', '=', made.file_sha256)
    .where('status', '<>', 'discarded')
    .executeTakeFirst();
  if (!known) throw new Refusal('id-reused');
  return known;
};

export const findImport = async (trx: TradeTrx, id: Id): Promise<StoredImport> => {
  const found = await sheets(trx)
    .selectFrom('sheet_import')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found) throw new Refusal('not-found');
  return found;
};

/** Locked for a change that was meant for this version, while no run is on. */
export const lockOpenImport = async (
  trx: TradeTrx,
  id: Id,
  version: number,
): Promise<StoredImport> => {
  const found = await sheets(trx)
    .selectFrom('sheet_import')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('not-found');
  if (found.status !== 'open') throw new Refusal('import-state');
  if (found.version !== version) throw new Refusal('version-conflict');
  return found;
};

export const changeImport = async (
  trx: TradeTrx,
  before: Pick<StoredImport, 'id' | 'version'>,
  change: Updateable<SheetTables['sheet_import']> = {},
): Promise<void> => {
  await sheets(trx)
    .updateTable('sheet_import')
    .set({ ...change, version: before.version + 1 })
    .where('id', '=', before.id)
    .executeTakeFirstOrThrow();
};

export const listImportsOf = (
  trx: TradeTrx,
  page: { readonly after?: Id | undefined; readonly limit: number },
): Promise<StoredImport[]> => {
  let query = sheets(trx).selectFrom('sheet_import').selectAll();
  if (page.after) query = query.where('id', '<', page.after);
  return query.orderBy('id', 'desc').limit(page.limit).execute();
};

const NO_ROWS: RowCounts = { total: 0, clean: 0, wrong: 0, duplicate: 0, queued: 0, imported: 0 };

export const countsOf = async (
  trx: TradeTrx,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, RowCounts>> => {
  const counts = new Map<Id, RowCounts>(ids.map((id) => [id, NO_ROWS]));
  if (ids.length === 0) return counts;
  const { rows } = await sql<RowCounts & { importId: Id }>`
    select import_id as "importId", count(*)::integer total,
      count(*) filter (where state = 'clean')::integer clean,
      count(*) filter (where state = 'wrong')::integer wrong,
      count(*) filter (where state = 'duplicate')::integer duplicate,
      count(*) filter (where state = 'queued')::integer queued,
      count(*) filter (where state = 'imported')::integer imported
    from sheet_import_row where import_id = any(${[...ids]}::uuid[]) and state <> 'outside'
    group by import_id`.execute(trx);
  for (const { importId, ...row } of rows) counts.set(importId, row);
  return counts;
};

const GROUPS_MAX = 200;

/** Errors that are alike, most rows first. */
export const groupsOf = async (trx: TradeTrx, id: Id): Promise<ProblemGroup[]> => {
  const { rows } = await sql<ProblemGroup>`
    select p->>'field' as field, p->>'rule' as rule, count(*)::integer as rows,
      min(p->>'zh') as zh, min(p->>'en') as en, count(p->>'suggestion')::integer as suggested
    from sheet_import_row r, jsonb_array_elements(r.problems) p
    where r.import_id = ${id} and r.state = 'wrong'
    group by 1, 2 order by 3 desc, 1, 2 limit ${GROUPS_MAX}`.execute(trx);
  return rows;
};

export const runsOf = async (
  trx: TradeTrx,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, ImportRun[]>> => {
  const runs = new Map<Id, ImportRun[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return runs;
  const rows = await sheets(trx)
    .selectFrom('import_run')
    .selectAll()
    .where('import_id', 'in', ids)
    .orderBy('started_at')
    .execute();
  for (const row of rows) {
    runs.get(row.import_id)?.push({
      runId: row.id,
      choice: row.choice,
      target: row.target,
      rowsTotal: row.rows_total,
      rowsDone: row.rows_done,
      created: row.created,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
    });
  }
  return runs;
};

/** One import or run of an organisation at a time decides what is a duplicate. */
export const lockImportsOf = async (trx: TradeTrx, organisationId: Id): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import:${organisationId}`}, 0))`.execute(
    trx,
  );
};

export interface Existing {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
}

/** Titles and states of what the organisation offers now: neither closed nor expired. */
export const openListings = async (
  trx: TradeTrx,
  partyId: Id,
): Promise<{ readonly title: string; readonly status: string }[]> => {
  const { rows } = await sql<{ title: string; status: string }>`
    select content->>'title' as title, status from announcement
    where owner_party_id = ${partyId} and kind = 'listing'
      and status not in ('closed', 'expired')`.execute(trx);
  return rows;
};

/** Of the organisation that asks; an officer's other rights to read are left aside. */
export const paperKeys = async (trx: TradeTrx): Promise<string[]> => {
  const rows = await sheets(trx)
    .selectFrom('paper_contract')
    .select('contract_key')
    .where(sql<boolean>`organisation_id = current_setting('app.organisation_id')::uuid`)
    .execute();
  return rows.map((row) => row.contract_key);
};

/** Of contents, those that became records of this organisation by an import. */
export const importedHashes = async (
  trx: TradeTrx,
  kind: ImportKind,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (hashes.length === 0) return new Set();
  const { rows } = await sql<{ hash: string }>`
    select row_hash as hash from sheet_import_row
    where kind = ${kind} and state = 'imported'
      and row_hash = any(${[...hashes]}::text[])`.execute(trx);
  return new Set(rows.map((row) => row.hash));
};

/** Contracts of paper as they were submitted, the newest first. */
export const paperContractsOf = async (
  trx: TradeTrx,
  organisationId: Id,
  page: { readonly after?: Id | undefined; readonly limit: number },
): Promise<Submission[]> => {
  let query = sheets(trx)
    .selectFrom('paper_contract')
    .select('submission')
    .where('organisation_id', '=', organisationId);
  if (page.after) query = query.where('id', '<', page.after);
  const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
  return rows.map(({ submission }) => submission);
};
