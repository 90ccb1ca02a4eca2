import type { Instant } from '@jishi/contracts/time';
import { type Kysely, sql } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { LedgerTables } from './database.ts';

export interface LogDeskTables extends LedgerTables {
  log_export: {
    export_id: string;
    at: Instant;
    by_user: string;
    by_org: string;
    after_seq: bigint;
    up_to_seq: bigint;
  };
}
export type LogDeskDb = Kysely<LogDeskTables>;

/** An event with everything that proves it. */
export interface ProvenItem {
  readonly seq: number;
  readonly envelope: string;
  readonly leaf: string;
  readonly salt: string | null;
  readonly private: string | null;
  /** What is left of an erased private part. */
  readonly remainder?: string;
}

const provenRows = (db: LogDeskDb) =>
  db
    .selectFrom('log')
    .leftJoin('private_part', 'private_part.seq', 'log.seq')
    .leftJoin('private_remainder as kept', 'kept.seq', 'log.seq')
    .select(['log.seq', 'log.envelope', 'log.leaf', 'private_part.salt', 'private_part.body'])
    .select('kept.body as remainder');

interface ProvenRow {
  readonly seq: bigint;
  readonly envelope: string;
  readonly leaf: Buffer;
  readonly salt: Buffer | null;
  readonly body: string | null;
  readonly remainder: string | null;
}

const provenOf = (row: ProvenRow): ProvenItem => ({
  seq: Number(row.seq),
  envelope: row.envelope,
  leaf: row.leaf.toString('hex'),
  salt: row.salt?.toString('hex') ?? null,
  private: row.body,
  ...(row.remainder === null ? {} : { remainder: row.remainder }),
});

export const readProven = async (
  db: LogDeskDb,
  after: number,
  upTo: number,
  limit: number,
): Promise<ProvenItem[]> => {
  const rows = await provenRows(db)
    .where('log.seq', '>', BigInt(after))
    .where('log.seq', '<=', BigInt(upTo))
    .orderBy('log.seq')
    .limit(limit)
    .execute();
  return rows.map(provenOf);
};

/** Every event of one stream, in order. */
export const readProvenStream = async (db: LogDeskDb, stream: string): Promise<ProvenItem[]> => {
  const rows = await provenRows(db).where('log.stream', '=', stream).orderBy('log.seq').execute();
  return rows.map(provenOf);
};

export const readLeafRows = async (db: LogDeskDb, after: number, limit: number) => {
  const rows = await db
    .selectFrom('log')
    .select(['seq', 'leaf'])
    .where('seq', '>', BigInt(after))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ seq: Number(row.seq), leaf: row.leaf.toString('hex') }));
};

const SEQUENCE = /^\d{1,15}$/;
const NUMBER = /^\d{16}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface LogSearch {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The streams that a number or an id names; null for a text that names none. */
const streamsOf = async (db: LogDeskDb, q: string): Promise<readonly string[] | null> => {
  if (UUID.test(q)) return ['contract', 'listing', 'need'].map((kind) => `${kind}-${q}`);
  if (!NUMBER.test(q)) return null;
  const rows = await db.selectFrom('claim').select('stream').where('key', '=', q).execute();
  return rows.map((row) => row.stream);
};

/** Newest first. A text that is neither a sequence, an id nor a number finds nothing. */
export const searchProven = async (
  db: LogDeskDb,
  { q, type, before, limit }: LogSearch,
): Promise<ProvenItem[]> => {
  let query = provenRows(db);
  if (q !== undefined && SEQUENCE.test(q)) query = query.where('log.seq', '=', BigInt(q));
  else if (q !== undefined) {
    const streams = await streamsOf(db, q.toLowerCase());
    if (!streams || streams.length === 0) return [];
    query = query.where('log.stream', 'in', streams);
  }
  if (type !== undefined) query = query.where('log.type', '=', type);
  if (before !== undefined) query = query.where('log.seq', '<', BigInt(before));
  const rows = await query.orderBy('log.seq', 'desc').limit(limit).execute();
  return rows.map(provenOf);
};

export const insertLogExport = async (
  db: LogDeskDb,
  row: LogDeskTables['log_export'],
): Promise<void> => {
  await db.insertInto('log_export').values(row).execute();
};

const EXPORTS_SHOWN_MAX = 200;

export const listLogExportRows = (db: LogDeskDb) =>
  db.selectFrom('log_export').selectAll().orderBy('at', 'desc').limit(EXPORTS_SHOWN_MAX).execute();

export interface QualityFigures {
  readonly registered: number;
  readonly median: number | null;
  readonly ninetieth: number | null;
  readonly longest: number | null;
  readonly overThirty: number;
  readonly noListing: number;
  readonly noBroker: number;
  readonly noPublishedValue: number;
  readonly noForm: number;
  readonly noAttachments: number;
  readonly inReview: number;
  readonly oldestAcceptedOn: string | null;
  readonly returned: number;
}

/** Everything but the counts by status, in one pass over the read model. */
export const readQualityFigures = async (db: LogDeskDb): Promise<QualityFigures> => {
  const { rows } = await sql<QualityFigures>`
    with doc as (select status, body::jsonb as b from registration_view),
    done as (
      select b, (b->>'registeredOn')::date - (b#>>'{public,signedOn}')::date as days
      from doc where status = 'registered'
    )
    select
      (select count(*)::int from done) as "registered",
      (select percentile_disc(0.5) within group (order by days) from done) as "median",
      (select percentile_disc(0.9) within group (order by days) from done) as "ninetieth",
      (select max(days) from done) as "longest",
      (select count(*)::int from done where days > 30) as "overThirty",
      (select count(*)::int from done where b#>>'{private,listingId}' is null) as "noListing",
      (select count(*)::int from done where b#>>'{private,broker,partyId}' is null) as "noBroker",
      (select count(*)::int from done where b#>>'{public,publishedValueFen}' is null)
        as "noPublishedValue",
      (select count(*)::int from done where b#>>'{private,form,planSource}' is null) as "noForm",
      (select count(*)::int from done
        where jsonb_array_length(coalesce(b#>'{private,attachments}', '[]')) = 0)
        as "noAttachments",
      (select count(*)::int from doc where status in ('accepted', 'first-reviewed')) as "inReview",
      (select min(b->>'acceptedOn') from doc where status in ('accepted', 'first-reviewed'))
        as "oldestAcceptedOn",
      (select count(*)::int from doc where status = 'returned') as "returned"
  `.execute(db);
  const [figures] = rows;
  if (!figures) throw new Error('an aggregate without a row');
  return figures;
};

/** What lies at the desk with its legal clock running. */
export const readInReview = async (db: LogDeskDb): Promise<RegistrationDocument[]> => {
  const rows = await db
    .selectFrom('registration_view')
    .select('body')
    .where('status', 'in', ['accepted', 'first-reviewed'])
    .execute();
  return rows.map((row) => JSON.parse(row.body) as RegistrationDocument);
};

export const countByStatus = async (db: LogDeskDb) => {
  const rows = await db
    .selectFrom('registration_view')
    .select((e) => ['status', e.fn.countAll<bigint>().as('count')])
    .groupBy('status')
    .orderBy('status')
    .execute();
  return rows.map((row) => ({ status: row.status, count: Number(row.count) }));
};
