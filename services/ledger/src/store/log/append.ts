import type { EnvelopeActor } from '@jishi/contracts/ledger/envelope';
import type { Instant } from '@jishi/contracts/time';
import type pg from 'pg';

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
const SALT_BYTES = 32;

/** The envelope is built by concatenation: what goes into it unescaped is checked here, too. */
export const requireWellFormed = (stream: string, events: readonly NewEvent[]): void => {
  if (!STREAM.test(stream)) throw new Error(`not a stream name: ${stream}`);
  for (const event of events) {
    if (!TYPE.test(event.type)) throw new Error(`not an event type: ${event.type}`);
    if (event.private && event.private.salt.length !== SALT_BYTES) throw new Error('salt length');
  }
};

/** Keys in the order of the contract, whatever order the object was made in. */
export const actorText = (actor: EnvelopeActor): string =>
  actor.kind === 'person'
    ? JSON.stringify({ kind: actor.kind })
    : JSON.stringify({ kind: actor.kind, service: actor.service });

const APPEND = {
  name: 'ledger-append',
  text: `select * from ledger_append($1::text[], $2::uuid[], $3::bytea[], $4::text[], $5::bigint[],
    $6::int[], $7::int[], $8::int[], $9::text[], $10::int[], $11::uuid[], $12::text[], $13::text[],
    $14::bytea[], $15::text[], $16::timestamptz[], $17::int[], $18::text[], $19::text[])`,
};

const expectedNumber = (expected: Expected): number =>
  expected === 'any' ? -1 : expected === 'exists' ? -2 : expected;

interface ResultRow {
  readonly outcome: AppendResult['outcome'];
  readonly first_seq: bigint | null;
  readonly last_seq: bigint | null;
  readonly version: bigint;
  readonly claimed: ClaimKind | null;
}

const resultOf = (row: ResultRow): AppendResult => {
  switch (row.outcome) {
    case 'ok':
    case 'replayed':
      return {
        outcome: row.outcome,
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
  }
};

/**
 * One batch, one statement, one commit; a result per command in the same order. Within a batch a
 * stream, a command id and a key may occur once (the queue sees to it).
 */
export const appendBatch = async (
  pool: Pick<pg.Pool, 'query'>,
  commands: readonly AppendCommand[],
): Promise<AppendResult[]> => {
  const events = commands.flatMap((command, c) =>
    command.events.map((event, part) => ({ ...event, command: c + 1, part: part + 1 })),
  );
  const claims = commands.flatMap((command, c) =>
    command.claims.map((claim) => ({ ...claim, command: c + 1 })),
  );
  const { rows } = await pool.query<ResultRow>({
    ...APPEND,
    values: [
      commands.map((c) => c.org),
      commands.map((c) => c.id),
      commands.map((c) => c.hash),
      commands.map((c) => c.stream),
      commands.map((c) => expectedNumber(c.expected)),
      commands.map((c) => c.events.length),
      events.map((e) => e.command),
      events.map((e) => e.part),
      events.map((e) => e.type),
      events.map((e) => e.schema),
      events.map((e) => e.id),
      events.map((e) => actorText(e.actor)),
      events.map((e) => e.data),
      events.map((e) => e.private?.salt ?? null),
      events.map((e) => e.private?.body ?? null),
      events.map((e) => e.recordedAt),
      claims.map((k) => k.command),
      claims.map((k) => k.kind),
      claims.map((k) => k.key),
    ],
  });
  return rows.map(resultOf);
};
