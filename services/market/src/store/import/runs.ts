import type { Id } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { TradeTrx } from '../trade/tables.ts';
import type { StoredRow } from './rows.ts';
import { type DuplicateOf, type SheetTables, sheets } from './tables.ts';

export type StoredRun = Selectable<SheetTables['import_run']>;

/** Takes every clean row into the run; their number must be the one that the person saw. */
export const startRun = async (
  trx: TradeTrx,
  run: Insertable<SheetTables['import_run']>,
): Promise<void> => {
  const made = await sheets(trx)
    .insertInto('import_run')
    .values(run)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) throw new Refusal('id-reused');
  const taken = await sheets(trx)
    .updateTable('sheet_import_row')
    .set({ state: 'queued', run_id: run.id })
    .where('import_id', '=', run.import_id)
    .where('state', '=', 'clean')
    .executeTakeFirst();
  if (taken.numUpdatedRows !== BigInt(run.rows_total)) throw new Refusal('version-conflict');
};

export const findRun = (trx: TradeTrx, id: Id): Promise<StoredRun | undefined> =>
  sheets(trx).selectFrom('import_run').selectAll().where('id', '=', id).executeTakeFirst();

export interface OpenRun {
  readonly id: Id;
  readonly person: Person;
}

/** Runs that are not through, oldest first; for the job, across organisations. */
export const openRuns = async (trx: TradeTrx, except: readonly Id[] = []): Promise<OpenRun[]> => {
  const rows = await sheets(trx)
    .selectFrom('import_run')
    .select(['id', 'person'])
    .where('finished_at', 'is', null)
    .$if(except.length > 0, (q) => q.where('id', 'not in', except))
    .orderBy('started_at')
    .limit(20)
    .execute();
  return rows;
};

/** The run, locked; undefined when it is through or another process has it in hand. */
export const claimRun = (trx: TradeTrx, id: Id): Promise<StoredRun | undefined> =>
  sheets(trx)
    .selectFrom('import_run')
    .selectAll()
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();

export const nextQueued = (trx: TradeTrx, runId: Id, limit: number): Promise<StoredRow[]> =>
  sheets(trx)
    .selectFrom('sheet_import_row')
    .selectAll()
    .where('run_id', '=', runId)
    .where('state', '=', 'queued')
    .orderBy('row_number')
    .limit(limit)
    .execute();

export interface DoneRow {
  readonly number: number;
  /** Null when it was in the market by then. */
  readonly recordId: Id | null;
  readonly duplicate: DuplicateOf | null;
}

/** Writes what became of a chunk; with the last one the run is through, the import open again. */
export const saveDone = async (
  trx: TradeTrx,
  run: StoredRun,
  done: readonly DoneRow[],
  now: Instant,
): Promise<boolean> => {
  const { rows } = await sql`
    update sheet_import_row row set
      state = case when r."recordId" is null then 'duplicate' else 'imported' end,
      record_id = r."recordId", duplicate = nullif(r.duplicate, 'null'::jsonb)
    from jsonb_to_recordset(${JSON.stringify(done)}::jsonb)
      as r(number integer, "recordId" uuid, duplicate jsonb)
    where row.import_id = ${run.import_id} and row.row_number = r.number
      and row.run_id = ${run.id} and row.state = 'queued' returning 1`.execute(trx);
  if (rows.length !== done.length) throw new Error('a row of the run was changed meanwhile');
  const rowsDone = run.rows_done + done.length;
  const created = run.created + done.filter((row) => row.recordId !== null).length;
  const isThrough = rowsDone === run.rows_total;
  await sheets(trx)
    .updateTable('import_run')
    .set({ rows_done: rowsDone, created, finished_at: isThrough ? now : null })
    .where('id', '=', run.id)
    .executeTakeFirstOrThrow();
  if (!isThrough) return false;
  await sheets(trx)
    .updateTable('sheet_import')
    .set((e) => ({ status: 'open' as const, version: e('version', '+', 1) }))
    .where('id', '=', run.import_id)
    .executeTakeFirstOrThrow();
  return true;
};
