import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { Instant } from '@jishi/contracts/time';
import type { Kysely } from 'kysely';
import { type DecodedEvent, decodeEvent } from './decode-event.ts';
import type { LogTables } from './log/tables.ts';

/** An event of one stream with its place; `event` is null when its private part was erased. */
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
    .select(['log.seq', 'log.version', 'log.envelope', 'private_part.body'])
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
