import type { LogHead } from '@jishi/contracts/ledger/envelope';
import { PublishedContent, type RevisionLabel } from '@jishi/contracts/ledger/published-content';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import type { ColumnType, Kysely, Selectable, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Publication } from '../../domain/publication/publication.ts';

type Moment = ColumnType<string, string, string>;

/** The table of migrations 2026-11-23-12 and 2026-11-29-31. */
export interface PublicationTables {
  publication: {
    publication_id: string;
    period: string;
    vintage: number;
    status: 'prepared' | 'published' | 'withdrawn';
    head_seq: bigint;
    head_recorded_at: Moment;
    parameter_hash: string;
    content_hash: string;
    content: string;
    prepared_by: string;
    prepared_org: string;
    prepared_at: Moment;
    expires_at: Moment;
    decided_by: string | null;
    decided_org: string | null;
    decided_at: Moment | null;
    reason: string | null;
    method_version: string;
  };
}
export type PublicationDb = Kysely<PublicationTables>;
export type PublicationTrx = Transaction<PublicationTables>;

/** A publication with everything but what it says. */
export interface PublicationRow extends Publication {
  readonly methodVersion: string;
  readonly revision: RevisionLabel | null;
  readonly head: LogHead;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

/** With the kept bytes; those of the method before the family are not read any further. */
export interface StoredPublication extends PublicationRow {
  readonly text: string;
  readonly content: PublishedContent | null;
}

const COLUMNS = [
  ...(['publication_id', 'period', 'vintage', 'status', 'head_seq', 'head_recorded_at'] as const),
  ...(['content_hash', 'prepared_by', 'prepared_at', 'expires_at'] as const),
  ...(['decided_by', 'decided_at', 'method_version'] as const),
] as const;

/** Read from the kept text, which says it: a column could say something else. */
const SAID = [
  sql<RevisionLabel | null>`content::json->>'revision'`.as('revision'),
  sql<LogHead['kind']>`content::json->'head'->>'kind'`.as('kind'),
] as const;

type Row = Pick<Selectable<PublicationTables['publication']>, (typeof COLUMNS)[number]> & {
  readonly revision: RevisionLabel | null;
  readonly kind: LogHead['kind'];
};

const rowOf = (row: Row): PublicationRow => ({
  publicationId: row.publication_id,
  period: row.period,
  vintage: row.vintage,
  status: row.status,
  contentHash: row.content_hash,
  methodVersion: row.method_version,
  revision: row.revision,
  head: { seq: Number(row.head_seq), recordedAt: row.head_recorded_at, kind: row.kind },
  preparedBy: row.prepared_by,
  preparedAt: row.prepared_at,
  expiresAt: row.expires_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
});

/** The method whose publications are kept as they were said, and are no part of the family. */
export const EARLY_METHOD = '0.1';

const storedOf = (row: Row & { readonly content: string }): StoredPublication => {
  const given: unknown = JSON.parse(row.content);
  const content = row.method_version === EARLY_METHOD ? null : PublishedContent.parse(given);
  return { ...rowOf(row), text: row.content, content };
};

/** Whoever prepares or confirms holds this: what is shown depends on what was shown before. */
const PUBLISH_LOCK = 20261123;

export const lockPublishing = async (trx: PublicationTrx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${PUBLISH_LOCK})`.execute(trx);
};

export const findPublication = async (
  db: PublicationDb,
  publicationId: string,
): Promise<StoredPublication | undefined> => {
  const row = await db
    .selectFrom('publication')
    .select(COLUMNS)
    .select(SAID)
    .select('content')
    .where('publication_id', '=', publicationId)
    .executeTakeFirst();
  return row && storedOf(row);
};

/** Everything that the public has been told, by whatever method, oldest first. */
export const listPublished = async (db: PublicationDb): Promise<PublicationRow[]> => {
  const rows = await db
    .selectFrom('publication')
    .select(COLUMNS)
    .select(SAID)
    .where('status', '=', 'published')
    .orderBy('decided_at')
    .orderBy('vintage')
    .execute();
  return rows.map(rowOf);
};

const WORK_SHOWN_MAX = 200;

/** Prepared, published and withdrawn ones, newest first. */
export const listPublicationRows = async (db: PublicationDb): Promise<PublicationRow[]> => {
  const rows = await db
    .selectFrom('publication')
    .select(COLUMNS)
    .select(SAID)
    .orderBy('prepared_at', 'desc')
    .limit(WORK_SHOWN_MAX)
    .execute();
  return rows.map(rowOf);
};

/** How often each month has been published by the family, and what waits of it. */
export const countVintages = async (
  db: PublicationDb,
): Promise<ReadonlyMap<LocalMonth, number>> => {
  const rows = await db
    .selectFrom('publication')
    .select(['period', (count) => count.fn.countAll<bigint>().as('vintages')])
    .where('status', '=', 'published')
    .where('method_version', '<>', EARLY_METHOD)
    .groupBy('period')
    .execute();
  return new Map(rows.map(({ period, vintages }) => [period, Number(vintages)]));
};

export const findPrepared = async (
  db: PublicationDb,
  period: LocalMonth,
): Promise<{ readonly publicationId: string; readonly expiresAt: Instant } | undefined> => {
  const row = await db
    .selectFrom('publication')
    .select(['publication_id', 'expires_at'])
    .where('status', '=', 'prepared')
    .where('period', '=', period)
    .executeTakeFirst();
  return row && { publicationId: row.publication_id, expiresAt: row.expires_at };
};

export interface NewPublication {
  readonly publicationId: string;
  readonly contentText: string;
  readonly contentHash: string;
  readonly content: PublishedContent;
  readonly by: { readonly userId: string; readonly organisationId: string };
  readonly preparedAt: Instant;
  readonly expiresAt: Instant;
}

export const insertPublication = async (
  trx: PublicationTrx,
  given: NewPublication,
): Promise<void> => {
  const { content } = given;
  await trx
    .insertInto('publication')
    .values({
      publication_id: given.publicationId,
      period: content.period,
      vintage: content.vintage,
      status: 'prepared',
      head_seq: BigInt(content.head.seq),
      head_recorded_at: content.head.recordedAt ?? given.preparedAt,
      parameter_hash: content.method.parameterHash,
      content_hash: given.contentHash,
      content: given.contentText,
      prepared_by: given.by.userId,
      prepared_org: given.by.organisationId,
      prepared_at: given.preparedAt,
      expires_at: given.expiresAt,
      decided_by: null,
      decided_org: null,
      decided_at: null,
      reason: null,
      method_version: content.method.version,
    })
    .execute();
};

export interface PublicationDecision {
  readonly status: 'published' | 'withdrawn';
  readonly by: { readonly userId: string; readonly organisationId: string };
  readonly at: Instant;
  readonly reason: string | null;
}

/** Decides on one that waits; false when somebody was faster. */
export const decidePublication = async (
  trx: PublicationTrx,
  publicationId: string,
  { status, by, at, reason }: PublicationDecision,
): Promise<boolean> => {
  const decided = { decided_by: by.userId, decided_org: by.organisationId, decided_at: at };
  const result = await trx
    .updateTable('publication')
    .set({ status, reason, ...decided })
    .where('publication_id', '=', publicationId)
    .where('status', '=', 'prepared')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
};
