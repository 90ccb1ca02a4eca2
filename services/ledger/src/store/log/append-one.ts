import type pg from 'pg';
import { type AppendCommand, type AppendResult, actorText, expectedNumber } from './append.ts';

const ONE = {
  name: 'ledger-append-one',
  text: `select ledger_append_one($1::text, $2::uuid, $3::bytea, $4::text, $5::bigint, $6::text,
    $7::int, $8::uuid, $9::text, $10::text, $11::bytea, $12::text, $13::timestamptz) as seq`,
};

const UNIQUE_VIOLATION = '23505';

/** One event at a known version and nothing claimed: all but a few commands are so. */
export const isPlain = (command: AppendCommand): boolean =>
  command.events.length === 1 &&
  command.claims.length === 0 &&
  typeof command.expected === 'number';

const seqOf = async (
  pool: Pick<pg.Pool, 'query'>,
  command: AppendCommand,
): Promise<bigint | null> => {
  const [event] = command.events;
  if (!event) return null;
  const values = [
    command.org,
    command.id,
    command.hash,
    command.stream,
    expectedNumber(command.expected),
    event.type,
    event.schema,
    event.id,
    actorText(event.actor),
    event.data,
    event.private?.salt ?? null,
    event.private?.body ?? null,
    event.recordedAt,
  ];
  try {
    const { rows } = await pool.query<{ seq: bigint | null }>({ ...ONE, values });
    return rows[0]?.seq ?? null;
  } catch (error) {
    // Another append came between its look and its write: the batch will say which.
    if ((error as pg.DatabaseError).code === UNIQUE_VIOLATION) return null;
    throw error;
  }
};

/** Writes a plain command in the cheapest way; null, and nothing written, when it has a story. */
export const appendOne = async (
  pool: Pick<pg.Pool, 'query'>,
  command: AppendCommand,
): Promise<AppendResult | null> => {
  const seq = isPlain(command) ? await seqOf(pool, command) : null;
  if (seq === null) return null;
  const place = Number(seq);
  const version = expectedNumber(command.expected) + 1;
  return { outcome: 'ok', firstSeq: place, lastSeq: place, version };
};
