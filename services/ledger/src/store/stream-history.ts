import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { EventType, PrivatePart } from '@jishi/contracts/ledger/events';
import type { Instant } from '@jishi/contracts/time';
import type { Kysely } from 'kysely';
import type { PrivatePartOf } from '../domain/registration/redaction.ts';
import { type DecodedEvent, decodeEvent } from './decode-event.ts';
import type { LogTables } from './log/tables.ts';

/** An event of one stream with its place; of an erased private part it holds what is left. */
export interface PastEvent {
  readonly seq: number;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly envelope: Envelope;
  readonly event: DecodedEvent | null;
}

/** Every event of a stream, in order, straight from the log. */
export const readStream = async (
  db: Kysely<LogTables>,
  stream: string,
): Promise<readonly PastEvent[]> => {
  const rows = await db
    .selectFrom('log')
    .leftJoin('private_part', 'private_part.seq', 'log.seq')
    .leftJoin('private_remainder as kept', 'kept.seq', 'log.seq')
    .select(['log.seq', 'log.version', 'log.envelope'])
    .select((e) => e.fn.coalesce('private_part.body', 'kept.body').as('body'))
    .where('log.stream', '=', stream)
    .orderBy('log.version')
    .execute();
  return rows.map((row) => {
    const envelope = JSON.parse(row.envelope) as Envelope;
    return {
      ...{ seq: Number(row.seq), version: Number(row.version), envelope },
      recordedAt: envelope.recordedAt,
      event: decodeEvent(envelope, row.body),
    };
  });
};

/** The private parts of a stream that were not erased yet, as they were recorded. */
export const readPrivateParts = async (
  db: Kysely<LogTables>,
  stream: string,
): Promise<readonly PrivatePartOf[]> => {
  const rows = await db
    .selectFrom('log')
    .innerJoin('private_part', 'private_part.seq', 'log.seq')
    .select(['log.seq', 'log.type', 'private_part.body'])
    .where('log.stream', '=', stream)
    .orderBy('log.version')
    .execute();
  return rows.map((row) => {
    const part = JSON.parse(row.body) as PrivatePart;
    return { seq: Number(row.seq), type: row.type as EventType, ...part };
  });
};

/** The sequence of the last event of a stream; 0 when there is none. */
export const readStreamHead = async (db: Kysely<LogTables>, stream: string): Promise<number> => {
  const row = await db
    .selectFrom('log')
    .select('seq')
    .where('stream', '=', stream)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(row?.seq ?? 0n);
};
