import type { Id } from '@jishi/contracts/ids';
import { type QueryExecutorProvider, sql } from 'kysely';
import {
  type DocumentKind,
  type IndexedText,
  indexedText,
  type SearchText,
} from '../../domain/matching/document.ts';

/**
 * The index is written in the transaction that publishes or closes a record, so what is found and
 * what is published never differ. Any Kysely database or transaction will do as `trx`.
 */
export interface DocumentToIndex {
  readonly id: Id;
  readonly text: SearchText;
}

/** A batch is one set of statements; a spreadsheet's worth of records stays well below it. */
export const INDEX_BATCH_MAX = 1_000;

/** Held to the end of the transaction: counters stay exact and no two writers can deadlock. */
const lockIndex = (trx: QueryExecutorProvider) =>
  sql`select pg_advisory_xact_lock(hashtext('jishi-match-index'))`.execute(trx);

const countStatistic = (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  by: { documents: number; titleLength: number; textLength: number },
) =>
  sql`update match_statistic set
    documents = documents + ${by.documents},
    title_length = title_length + ${by.titleLength},
    text_length = text_length + ${by.textLength}
    where kind = ${kind}`.execute(trx);

const removeLocked = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  ids: readonly Id[],
): Promise<void> => {
  const removed = await sql<{ documents: number; title: number; text: number }>`
    with gone as (
      delete from match_document where kind = ${kind} and id = any(${ids}::uuid[])
      returning number, title_length, text_length
    ), posting as (
      delete from match_posting p using gone where p.document = gone.number
      returning p.term, p.in_title, p.in_text
    ), counted as (
      select term, count(*) filter (where in_title > 0)::integer titles,
        count(*) filter (where in_text > 0)::integer texts
      from posting group by term
    ), term as (
      update match_term t set in_titles = in_titles - titles, in_texts = in_texts - texts
      from counted where t.kind = ${kind} and t.term = counted.term
    )
    select count(*)::integer documents, coalesce(sum(title_length), 0)::integer title,
      coalesce(sum(text_length), 0)::integer as text
    from gone`.execute(trx);
  const [gone] = removed.rows;
  if (!gone || gone.documents === 0) return;
  await countStatistic(trx, kind, {
    documents: -gone.documents,
    titleLength: -gone.title,
    textLength: -gone.text,
  });
};

interface Entry {
  readonly id: Id;
  readonly indexed: IndexedText;
}

const insertDocuments = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  entries: readonly Entry[],
): Promise<ReadonlyMap<Id, number>> => {
  const { rows } = await sql<{ id: Id; number: number }>`
    insert into match_document (kind, id, title_length, text_length)
    select ${kind}, * from unnest(${entries.map((e) => e.id)}::uuid[],
      ${entries.map((e) => e.indexed.titleLength)}::integer[],
      ${entries.map((e) => e.indexed.textLength)}::integer[])
    returning id, number`.execute(trx);
  return new Map(rows.map((row) => [row.id, row.number]));
};

const insertPostings = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  entries: readonly Entry[],
  numbers: ReadonlyMap<Id, number>,
): Promise<void> => {
  const flat = entries.flatMap(({ id, indexed }) =>
    indexed.postings.map((posting) => ({ ...posting, ...indexed, document: numbers.get(id) })),
  );
  await sql`
    with added as (
      insert into match_posting
        (kind, term, document, in_title, in_text, title_length, text_length)
      select ${kind}, * from unnest(${flat.map((p) => p.term)}::text[],
        ${flat.map((p) => p.document)}::integer[],
        ${flat.map((p) => p.inTitle)}::smallint[], ${flat.map((p) => p.inText)}::smallint[],
        ${flat.map((p) => p.titleLength)}::integer[], ${flat.map((p) => p.textLength)}::integer[])
      returning term, in_title, in_text
    )
    insert into match_term (kind, term, in_titles, in_texts)
    select ${kind}, term, count(*) filter (where in_title > 0),
      count(*) filter (where in_text > 0)
    from added group by term
    on conflict (kind, term) do update set
      in_titles = match_term.in_titles + excluded.in_titles,
      in_texts = match_term.in_texts + excluded.in_texts`.execute(trx);
};

/** Puts records of one kind into the index, replacing what it had under the same ids. */
export const indexDocuments = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  documents: readonly DocumentToIndex[],
): Promise<void> => {
  if (documents.length === 0) return;
  if (documents.length > INDEX_BATCH_MAX) {
    throw new RangeError(`more than ${INDEX_BATCH_MAX} records in one batch`);
  }
  const entries = documents.map(({ id, text }) => ({ id, indexed: indexedText(text) }));
  await lockIndex(trx);
  await removeLocked(
    trx,
    kind,
    entries.map((e) => e.id),
  );
  const numbers = await insertDocuments(trx, kind, entries);
  await insertPostings(trx, kind, entries, numbers);
  await countStatistic(trx, kind, {
    documents: entries.length,
    titleLength: entries.reduce((sum, e) => sum + e.indexed.titleLength, 0),
    textLength: entries.reduce((sum, e) => sum + e.indexed.textLength, 0),
  });
};

export const indexListing = (trx: QueryExecutorProvider, id: Id, text: SearchText) =>
  indexDocuments(trx, 'listing', [{ id, text }]);

export const indexNeed = (trx: QueryExecutorProvider, id: Id, text: SearchText) =>
  indexDocuments(trx, 'need', [{ id, text }]);

/** Takes a record out of the index; nothing happens when it is not in it. */
export const removeDocument = async (
  trx: QueryExecutorProvider,
  kind: DocumentKind,
  id: Id,
): Promise<void> => {
  await lockIndex(trx);
  await removeLocked(trx, kind, [id]);
};
