import { PublishedContent } from '@jishi/contracts/ledger/publication';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import type { ColumnType, Kysely, Selectable, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Publication } from '../../domain/publication/publication.ts';

type Moment = ColumnType<string, string, string>;

/** The table of migration 2026-11-23-12. */
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
  };
}
export type PublicationDb = Kysely<PublicationTables>;
export type PublicationTrx = Transaction<PublicationTables>;

/** A publication with what it says, parsed from the kept bytes. */
export interface StoredPublication extends Publication {
  readonly content: PublishedContent;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
}

const storedOf = (row: Selectable<PublicationTables['publication']>): StoredPublication => ({
  publicationId: row.publication_id,
  period: row.period,
  vintage: row.vintage,
  status: row.status,
  contentHash: row.content_hash,
  preparedBy: row.prepared_by,
  preparedAt: row.prepared_at,
  expiresAt: row.expires_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  content: PublishedContent.parse(JSON.parse(row.content)),
});

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
    .selectAll()
    .where('publication_id', '=', publicationId)
    .executeTakeFirst();
  return row && storedOf(row);
};

/** Everything that the public has been told, oldest first. */
export const listPublished = async (
  db: PublicationDb,
  period?: LocalMonth,
): Promise<StoredPublication[]> => {
  let query = db.selectFrom('publication').selectAll().where('status', '=', 'published');
  if (period !== undefined) query = query.where('period', '=', period);
  const rows = await query.orderBy('decided_at').orderBy('vintage').execute();
  return rows.map(storedOf);
};

const WORK_SHOWN_MAX = 200;

/** Prepared, published and withdrawn ones, newest first. */
export const listPublicationRows = async (db: PublicationDb): Promise<StoredPublication[]> => {
  const rows = await db
    .selectFrom('publication')
    .selectAll()
    .orderBy('prepared_at', 'desc')
    .limit(WORK_SHOWN_MAX)
    .execute();
  return rows.map(storedOf);
};

export const findPrepared = async (
  db: PublicationDb,
  period: LocalMonth,
): Promise<StoredPublication | undefined> => {
  const row = await db
    .selectFrom('publication')
    .selectAll()
    .where('status', '=', 'prepared')
    .where('period', '=', period)
    .executeTakeFirst();
  return row && storedOf(row);
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
