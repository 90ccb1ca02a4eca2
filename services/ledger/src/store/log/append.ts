import type { EnvelopeActor } from '@jishi/contracts/ledger/envelope';
import type { Instant } from '@jishi/contracts/time';
import type pg from 'pg';
import {
  byteaArray,
  int4Array,
  int8Array,
  textArray,
  timestampArray,
  uuidArray,
} from './binary-array.ts';

/** Private bytes and the random salt that hides them: commit = SHA-256(salt ‖ body). */
export interface PrivatePart {
  readonly salt: Buffer;
  readonly body: string;
}

/** An event before it has a place. `data` is the public part as JSON text, kept byte for byte. */
export interface NewEvent {
  readonly type: string;
  readonly schema: number;
  readonly id: string;
  readonly actor: EnvelopeActor;
  readonly data: string;
  readonly private: PrivatePart | null;
  /** The writer's clock; null takes the database's. The log's time never goes back in any case. */
  readonly recordedAt: Instant | null;
}

/** What may exist once over all streams. */
export type ClaimKind = 'registration-number' | 'evidence' | 'contract-text';
export interface Claim {
  readonly kind: ClaimKind;
  readonly key: string;
}

/** A version to be at, `exists`, or `any`. Zero: the stream must not exist. */
export type Expected = number | 'exists' | 'any';

export interface AppendCommand {
  /** Who the command's id belongs to: an organisation, or `service:<name>`. */
  readonly org: string;
  readonly id: string;
  /** SHA-256 of what was asked: the same id with another hash is refused. */
  readonly hash: Buffer;
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly NewEvent[];
  readonly claims: readonly Claim[];
}

export interface Placed {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The stream's version after the command. */
  readonly version: number;
}

export type AppendResult =
  | ({ readonly outcome: 'ok' | 'replayed' } & Placed)
  | { readonly outcome: 'conflict'; readonly current: number }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'claimed'; readonly kind: ClaimKind };

const STREAM = /^[a-z]+(-[0-9a-f-]{36})?$/;
const TYPE = /^[A-Za-z]+$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SALT_BYTES = 32;

/** The envelope is built by concatenation: what goes into it unescaped is checked here, too. */
export const requireWellFormed = (
  commandId: string,
  stream: string,
  events: readonly NewEvent[],
): void => {
  if (!UUID.test(commandId)) throw new Error(`not a command id: ${commandId}`);
  if (!STREAM.test(stream)) throw new Error(`not a stream name: ${stream}`);
  for (const event of events) {
    if (!TYPE.test(event.type)) throw new Error(`not an event type: ${event.type}`);
    if (!UUID.test(event.id)) throw new Error(`not an event id: ${event.id}`);
    if (event.private && event.private.salt.length !== SALT_BYTES) throw new Error('salt length');
  }
};

/** Keys in the order of the contract, whatever order the object was made in. */
export const actorText = (actor: EnvelopeActor): string =>
  actor.kind === 'person'
    ? JSON.stringify({ kind: actor.kind })
    : JSON.stringify({ kind: actor.kind, service: actor.service });

const BATCH = {
  name: 'ledger-append-batch',
  text: `select * from ledger_append_batch($1::text[], $2::uuid[], $3::bytea[], $4::text[],
    $5::bigint[], $6::int[], $7::int[], $8::text[], $9::int[], $10::uuid[], $11::text[],
    $12::text[], $13::bytea[], $14::text[], $15::timestamptz[], $16::int[], $17::text[],
    $18::text[])`,
};

export const expectedNumber = (expected: Expected): number =>
  expected === 'any' ? -1 : expected === 'exists' ? -2 : expected;

interface ResultRow {
  readonly command: number;
  readonly outcome: AppendResult['outcome'] | 'head';
  readonly first_seq: bigint | null;
  readonly last_seq: bigint | null;
  readonly version: bigint | null;
  readonly claimed: ClaimKind | null;
}

/** What became of a command that was not written; null for one that was. */
const refusalOf = (row: ResultRow | undefined): AppendResult | null => {
  switch (row?.outcome) {
    case 'replayed':
      return {
        outcome: 'replayed',
        firstSeq: Number(row.first_seq),
        lastSeq: Number(row.last_seq),
        version: Number(row.version),
      };
    case 'conflict':
      return { outcome: 'conflict', current: Number(row.version) };
    case 'key-reused':
      return { outcome: 'key-reused' };
    case 'claimed':
      return { outcome: 'claimed', kind: row.claimed ?? 'contract-text' };
    default:
      return null;
  }
};

/** Rows tell the head before the batch, and of commands only what is not as they expected. */
const resultsOf = (rows: readonly ResultRow[], commands: readonly AppendCommand[]) => {
  const told = new Map(rows.map((row) => [row.command, row]));
  let seq = Number(told.get(0)?.first_seq);
  return commands.map((command, c): AppendResult => {
    const row = told.get(c + 1);
    const refusal = refusalOf(row);
    if (refusal) return refusal;
    const firstSeq = seq + 1;
    seq += command.events.length;
    const base = row ? Number(row.version) : expectedNumber(command.expected);
    return { outcome: 'ok', firstSeq, lastSeq: seq, version: base + command.events.length };
  });
};

const valuesOf = (commands: readonly AppendCommand[]): Buffer[] => {
  const events = commands.flatMap((command) => command.events);
  const owners = commands.flatMap((command, c) => command.events.map(() => c + 1));
  const claims = commands.flatMap((command) => command.claims);
  return [
    textArray(commands.map((c) => c.org)),
    uuidArray(commands.map((c) => c.id)),
    byteaArray(commands.map((c) => c.hash)),
    textArray(commands.map((c) => c.stream)),
    int8Array(commands.map((c) => expectedNumber(c.expected))),
    int4Array(owners),
    int4Array(commands.flatMap((command) => command.events.map((_, part) => part + 1))),
    textArray(events.map((e) => e.type)),
    int4Array(events.map((e) => e.schema)),
    uuidArray(events.map((e) => e.id)),
    textArray(events.map((e) => actorText(e.actor))),
    textArray(events.map((e) => e.data)),
    byteaArray(events.map((e) => e.private?.salt ?? null)),
    textArray(events.map((e) => e.private?.body ?? null)),
    timestampArray(events.some((e) => e.recordedAt) ? events.map((e) => e.recordedAt) : []),
    int4Array(commands.flatMap((command, c) => command.claims.map(() => c + 1))),
    textArray(claims.map((k) => k.kind)),
    textArray(claims.map((k) => k.key)),
  ];
};

/**
 * One batch, one statement, one commit; a result per command in the same order. Within a batch a
 * stream, a command id and a key may occur once (the queue sees to it).
 */
export const appendBatch = async (
  pool: Pick<pg.Pool, 'query'>,
  commands: readonly AppendCommand[],
): Promise<AppendResult[]> => {
  const { rows } = await pool.query<ResultRow>({ ...BATCH, values: valuesOf(commands) });
  return resultsOf(rows, commands);
};
