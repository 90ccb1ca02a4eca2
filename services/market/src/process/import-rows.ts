import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { submitContract } from '@jishi/contracts/ledger/endpoints';
import type { Clock, Instant } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import { waitMs } from '@jishi/runtime/feed-consumer';
import type { Log } from '@jishi/runtime/log';
import type { Pool } from 'pg';
import { contractKey, declaredFacts, type PaperContract } from '../domain/import/contract-row.ts';
import { IMPORTED_BEFORE, knownContract } from '../domain/import/duplicates.ts';
import type { ListingRow } from '../domain/import/listing-row.ts';
import { draft, submit } from '../domain/listing/life-cycle.ts';
import { inJob, inTenant } from '../store/accounts/tenant.ts';
import { importedHashes, lockImportsOf } from '../store/import/imports.ts';
import { insertListings, markListingsSubmitted } from '../store/import/new-listings.ts';
import type { StoredRow } from '../store/import/rows.ts';
import {
  claimRun,
  type DoneRow,
  nextQueued,
  type OpenRun,
  openRuns,
  type StoredRun,
  saveDone,
} from '../store/import/runs.ts';
import { sheets } from '../store/import/tables.ts';
import { putInOutbox } from '../store/trade/outbox.ts';
import { findParty } from '../store/trade/parties.ts';
import type { TradeDb, TradeTables, TradeTrx } from '../store/trade/tables.ts';
import { FAIL_AT_ONCE, type FailedRuns, holdFailedRuns } from './failed-runs.ts';

/** Rows in one transaction: all of them become records, or none of them is taken. */
export const CHUNK_ROWS = 100;

interface Chunk {
  readonly trx: TradeTrx;
  readonly run: StoredRun;
  readonly now: Instant;
}

/** Every listing of the chunk in one go; each row has its own content, all of them one life. */
const makeListings = async (
  { trx, run, now }: Chunk,
  rows: readonly { readonly id: string; readonly row: ListingRow }[],
): Promise<void> => {
  if (rows.length === 0) return;
  const { userId, organisationId, partyId } = run.person;
  const owner = partyId === null ? undefined : await findParty(trx, partyId);
  if (!owner) throw new Error('the organisation of a run is gone');
  const state = draft(organisationId, userId);
  const listings = rows.map(({ id, row }) => ({ id, ...row }));
  await insertListings(trx, owner, state, listings, now);
  if (run.target === 'draft') return;
  const ids = rows.map(({ id }) => id);
  await markListingsSubmitted(trx, state, submit(state, userId, []), ids, now);
};

/** Undefined when the contract is here already: it is told apart by more than its content. */
const makeContract = async (
  { trx, run, now }: Chunk,
  number: number,
  { textSha256, ...row }: PaperContract,
): Promise<string | undefined> => {
  const id = newId();
  const facts = declaredFacts({ ...row, textSha256 });
  const contractTextHash = textSha256 ?? createHash('sha256').update(facts).digest('hex');
  const submission = {
    contractId: id,
    public: row.public,
    private: { ...row.private, origin: 'paper' as const, contractTextHash },
  };
  const kept = await sheets(trx)
    .insertInto('paper_contract')
    .values({
      id,
      organisation_id: run.organisation_id,
      import_id: run.import_id,
      row_number: number,
      contract_key: contractKey({ ...row.private, signedOn: row.public.signedOn }),
      submission: JSON.stringify(submission),
      created_at: now,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (kept.numInsertedOrUpdatedRows !== 1n) return undefined;
  const commandId = newId();
  await putInOutbox(
    trx,
    {
      id: commandId,
      stream: `contract:${id}`,
      afterStreams: [],
      kind: 'contract',
      payload: submitContract.body.parse({ commandId, submission }),
      actor: run.person,
    },
    now,
  );
  return id;
};

const isListing = (value: ListingRow | PaperContract): value is ListingRow => 'content' in value;

/** What becomes of the rows of a chunk; a row whose content is a record already becomes none. */
const makeRecords = async (chunk: Chunk, rows: readonly StoredRow[]): Promise<DoneRow[]> => {
  const hashes = rows.flatMap(({ row_hash }) => (row_hash === null ? [] : [row_hash]));
  const known = new Set(await importedHashes(chunk.trx, rows[0]?.kind ?? 'listings', hashes));
  const listings: { readonly id: string; readonly row: ListingRow }[] = [];
  const done: DoneRow[] = [];
  for (const { row_number: number, value, row_hash: hash } of rows) {
    if (!value || hash === null) throw new Error('a queued row without a value');
    if (known.has(hash)) {
      done.push({ number, recordId: null, duplicate: IMPORTED_BEFORE });
      continue;
    }
    if (isListing(value)) {
      const id = newId();
      listings.push({ id, row: value });
      done.push({ number, recordId: id, duplicate: null });
    } else {
      const id = await makeContract(chunk, number, value);
      const duplicate = id === undefined ? knownContract('')[1] : null;
      done.push({ number, recordId: id ?? null, duplicate });
    }
    known.add(hash);
  }
  await makeListings(chunk, listings);
  return done;
};

/**
 * The next rows of a run, in one transaction as the person who started it. Whoever dies in between
 * has done nothing; whoever comes next does the same rows. Returns whether there may be more.
 */
export const importChunk = (db: TradeDb, clock: Clock, { id, person }: OpenRun): Promise<boolean> =>
  inTenant(db, { kind: 'person', ...person }, async (trx) => {
    await lockImportsOf(trx, person.organisationId);
    const run = await claimRun(trx, id);
    if (!run) return false;
    const rows = await nextQueued(trx, id, CHUNK_ROWS);
    const now = clock();
    const done = await makeRecords({ trx, run, now }, rows);
    return !(await saveDone(trx, run, done, now));
  });

/** A chunk that fails is undone and keeps nobody else waiting. */
const tryChunk = async (
  db: TradeDb,
  clock: Clock,
  run: OpenRun,
  failures: FailedRuns,
): Promise<boolean> => {
  try {
    const isMore = await importChunk(db, clock, run);
    failures.went(run.id);
    return isMore;
  } catch (error) {
    failures.failed(run.id, error);
    return false;
  }
};

/**
 * All that is open, chunk by chunk, the runs of several organisations in turn. What fails, and when
 * it is tried again, is for `failures` to say.
 */
export const importOpen = async (
  db: TradeDb,
  clock: Clock,
  isEnding: () => boolean = () => false,
  failures: FailedRuns = FAIL_AT_ONCE,
): Promise<void> => {
  const held = failures.held();
  let open: readonly OpenRun[] = await inJob(db, 'import', (trx) => openRuns(trx, held));
  while (open.length > 0 && !isEnding()) {
    const more: OpenRun[] = [];
    for (const run of open) {
      if (isEnding()) return;
      if (await tryChunk(db, clock, run, failures)) more.push(run);
    }
    open = more;
  }
};

const PAUSE_MS = 500;

/** Looks for runs twice a second; several processes may, each chunk is done by one of them. */
export const startImports = (deps: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Log;
}): { readonly stop: () => Promise<void> } => {
  const db = openDatabase<TradeTables>(deps.pool);
  const ending = new AbortController();
  const failures = holdFailedRuns(deps.log);
  let wasDown = false;
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        await importOpen(db, deps.clock, () => ending.signal.aborted, failures);
        wasDown = false;
      } catch (error) {
        // The database is away: the next look asks again.
        if (!wasDown) deps.log.error({ imports: error instanceof Error ? error.message : '' });
        wasDown = true;
      }
      await waitMs(PAUSE_MS)(ending.signal);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};
