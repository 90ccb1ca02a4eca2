import type { Id } from '@jishi/contracts/ids';
import type { Delivery } from '@jishi/contracts/market/contract';
import type { OutboxRow } from '@jishi/contracts/market/trade';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import { type Selectable, sql } from 'kysely';
import type { TradeDb, TradeTables, TradeTrx } from './tables.ts';

export interface NewOutboxRow {
  /** The command id at the ledger. */
  readonly id: Id;
  /** Rows of one stream are delivered in the order in which they were written. */
  readonly stream: string;
  /** Nothing undelivered may stand before this row in these streams either. */
  readonly afterStreams: readonly string[];
  readonly kind: 'listing-event' | 'contract';
  readonly payload: object;
  readonly actor: Person | null;
}

/** Written in the transaction of the act; the same act never writes two rows. */
export const putInOutbox = async (
  trx: TradeTrx,
  row: NewOutboxRow,
  now: Instant,
): Promise<void> => {
  await trx
    .insertInto('outbox')
    .values({
      id: row.id,
      stream: row.stream,
      after_streams: [...row.afterStreams],
      kind: row.kind,
      payload: JSON.stringify(row.payload),
      actor: row.actor && JSON.stringify(row.actor),
      next_attempt_at: now,
      created_at: now,
    })
    .executeTakeFirstOrThrow();
};

export type ClaimedRow = Selectable<TradeTables['outbox']>;

/**
 * The first row that may go now, locked to the end of the transaction. A row waits for every
 * undelivered row before it in its own stream and in the streams it names; a parked row holds up
 * what follows it. A second process skips what the first one holds.
 */
export const claimOutboxRow = async (
  trx: TradeTrx,
  now: Instant,
): Promise<ClaimedRow | undefined> => {
  const { rows } = await sql<ClaimedRow>`
    select o.* from outbox o
    where o.state = 'waiting' and o.next_attempt_at <= ${now} and not exists (
      select 1 from outbox before
      where before.state <> 'delivered' and before.position < o.position
        and (before.stream = o.stream or before.stream = any(o.after_streams)))
    order by o.position limit 1
    for update of o skip locked`.execute(trx);
  return rows[0];
};

export const markDelivered = async (trx: TradeTrx, id: Id, now: Instant): Promise<void> => {
  await trx
    .updateTable('outbox')
    .set({ state: 'delivered', delivered_at: now, reason: null })
    .set('attempts', (e) => e('attempts', '+', 1))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
};

/** Tried in vain: again at `nextAttemptAt`, or parked until somebody retries it. */
export const markFailed = async (
  trx: TradeTrx,
  id: Id,
  failed: { readonly parked: boolean; readonly reason: string; readonly nextAttemptAt: Instant },
): Promise<void> => {
  await trx
    .updateTable('outbox')
    .set({
      state: failed.parked ? 'parked' : 'waiting',
      reason: failed.reason,
      next_attempt_at: failed.nextAttemptAt,
    })
    .set('attempts', (e) => e('attempts', '+', 1))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
};

/** Returns whether there was a parked row by this id. */
export const unparkOutboxRow = async (db: TradeDb, id: Id, now: Instant): Promise<boolean> => {
  const freed = await db
    .updateTable('outbox')
    .set({ state: 'waiting', next_attempt_at: now })
    .where('id', '=', id)
    .where('state', '=', 'parked')
    .executeTakeFirst();
  return freed.numUpdatedRows === 1n;
};

const OUTBOX_PAGE_MAX = 200;

export const listUndelivered = async (db: TradeDb): Promise<OutboxRow[]> => {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'stream', 'kind', 'state', 'attempts', 'created_at', 'reason'])
    .where('state', '<>', 'delivered')
    .orderBy('position')
    .limit(OUTBOX_PAGE_MAX)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    stream: row.stream,
    kind: row.kind,
    state: row.state === 'parked' ? 'parked' : 'waiting',
    attempts: row.attempts,
    waitingSince: row.created_at,
    reason: row.reason,
  }));
};

export interface OutboxFigures {
  readonly waiting: number;
  readonly parked: number;
  readonly oldestAt: Instant | null;
  readonly parkedReasons: readonly string[];
}

export const outboxFigures = async (db: TradeDb): Promise<OutboxFigures> => {
  const { rows } = await sql<OutboxFigures>`
    select count(*) filter (where state = 'waiting')::integer waiting,
      count(*) filter (where state = 'parked')::integer parked,
      min(created_at) as "oldestAt",
      coalesce(array_agg(distinct reason) filter (where state = 'parked'), '{}')
        as "parkedReasons"
    from outbox where state <> 'delivered'`.execute(db);
  const [figures] = rows;
  return figures ?? { waiting: 0, parked: 0, oldestAt: null, parkedReasons: [] };
};

/** Of each stream the last row: a contract that was sent again has several. */
export const deliveriesOf = async (
  db: TradeDb,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> => {
  if (streams.length === 0) return new Map();
  const rows = await db
    .selectFrom('outbox')
    .select(['stream', 'state', 'attempts', 'reason'])
    .where('stream', 'in', streams)
    .orderBy('position')
    .execute();
  return new Map(
    rows.map(({ stream, state, attempts, reason }) => [stream, { state, attempts, reason }]),
  );
};
