import { Refusal } from '@jishi/contracts/problem';
import type pg from 'pg';
import { actorText, type Claim, type NewEvent, requireWellFormed } from './append.ts';
import {
  byteaArray,
  int4Array,
  int8Array,
  textArray,
  timestampArray,
  uuidArray,
} from './binary-array.ts';

/** One event of a bulk append: its stream version is given, and must follow what is there. */
export interface BulkEvent extends NewEvent {
  readonly stream: string;
  readonly version: number;
  readonly org: string;
  readonly commandId: string;
  /** Place among the events of its command, from 1. */
  readonly part: number;
  readonly hash: Buffer;
  readonly claims: readonly Claim[];
}

export interface BulkResult {
  /** `replayed`: every event was there already, written by the same commands. */
  readonly outcome: 'ok' | 'replayed';
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export const BULK_EVENTS_MAX = 2_000;

const BULK = {
  name: 'ledger-append-bulk',
  text: `select * from ledger_append_bulk($1::text[], $2::uuid[], $3::int[], $4::bytea[],
    $5::text[], $6::bigint[], $7::text[], $8::int[], $9::uuid[], $10::text[], $11::text[],
    $12::bytea[], $13::text[], $14::timestamptz[], $15::text[], $16::text[], $17::text[])`,
};

interface ResultRow {
  readonly outcome: 'ok' | 'replayed';
  readonly first_seq: bigint;
  readonly last_seq: bigint;
}

/**
 * Appends up to 2 000 events in one statement, all or nothing, in the order given; the bytes are
 * those of a single append. A version or a key that does not fit fails the whole call. Decisions
 * are the caller's: take events from the deciders, not from thin air.
 */
export const appendBulk = async (
  pool: Pick<pg.Pool, 'query'>,
  events: readonly BulkEvent[],
): Promise<BulkResult> => {
  if (events.length === 0 || events.length > BULK_EVENTS_MAX) throw new Refusal('too-large');
  for (const event of events) requireWellFormed(event.commandId, event.stream, [event]);
  const claims = events.flatMap(({ stream, claims }) => claims.map((c) => ({ ...c, stream })));
  const { rows } = await pool.query<ResultRow>({
    ...BULK,
    values: [
      textArray(events.map((e) => e.org)),
      uuidArray(events.map((e) => e.commandId)),
      int4Array(events.map((e) => e.part)),
      byteaArray(events.map((e) => e.hash)),
      textArray(events.map((e) => e.stream)),
      int8Array(events.map((e) => e.version)),
      textArray(events.map((e) => e.type)),
      int4Array(events.map((e) => e.schema)),
      uuidArray(events.map((e) => e.id)),
      textArray(events.map((e) => actorText(e.actor))),
      textArray(events.map((e) => e.data)),
      byteaArray(events.map((e) => e.private?.salt ?? null)),
      textArray(events.map((e) => e.private?.body ?? null)),
      timestampArray(events.map((e) => e.recordedAt)),
      textArray(claims.map((k) => k.stream)),
      textArray(claims.map((k) => k.kind)),
      textArray(claims.map((k) => k.key)),
    ],
  });
  const row = rows[0];
  if (!row) throw new Error('no result of a bulk append');
  return {
    outcome: row.outcome,
    firstSeq: Number(row.first_seq),
    lastSeq: Number(row.last_seq),
  };
};
