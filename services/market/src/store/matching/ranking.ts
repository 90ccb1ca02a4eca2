import type { Id } from '@jishi/contracts/ids';
import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { DocumentKind } from '../../domain/matching/document.ts';
import type { QueryTerm } from '../../domain/matching/query.ts';

export interface Ranked {
  readonly id: Id;
  readonly score: number;
}

export interface Ranking {
  readonly kind: DocumentKind;
  readonly terms: readonly QueryTerm[];
  readonly limit: number;
  /** A query for the ids that may be in the answer; without it, all of the kind. */
  readonly only?: RawBuilder<unknown>;
  /**
   * Whether a record must share more than single characters with the query: so it is when
   * somebody types words. A need that looks for results gains from the long tail.
   */
  readonly byWords?: boolean | undefined;
}

/** Okapi BM25 saturation and length normalisation, and what a document's text counts for. */
const K1 = 1.2;
const B = 0.75;
const TEXT_WEIGHT = 0.5;

/**
 * A query reads at most about this many postings, its most telling terms first: what is in most
 * records reads most of the index and moves no rank. The first term is read whatever it costs.
 */
const POSTINGS_READ_MAX = 30_000;

/** What a term adds in one field; what is the same for every record is worked out once, in q. */
const lift = (field: 'title' | 'text') => sql`
  case when p.${sql.ref(`in_${field}`)} > 0 then q.${sql.ref(`${field}_gain`)} *
    p.${sql.ref(`in_${field}`)} / (p.${sql.ref(`in_${field}`)} + ${K1 * (1 - B)}::float8 +
      q.${sql.ref(`${field}_slope`)} * p.${sql.ref(`${field}_length`)}) else 0 end`;

const inverseFrequency = (column: 'in_titles' | 'in_texts') => sql`
  ln(1 + (s.documents - t.${sql.ref(column)} + 0.5)::float8 / (t.${sql.ref(column)} + 0.5))`;

/**
 * The part of a statement that scores: `best (document, score)` by BM25 over two fields. Records
 * that share no term with the query are not in it.
 */
export const scoring = ({
  kind,
  terms,
  byWords,
}: Pick<Ranking, 'kind' | 'terms' | 'byWords'>): RawBuilder<unknown> => {
  const hasWords = byWords && terms.some(({ term }) => [...term].length > 1);
  const sharing = hasWords ? sql`having bool_or(char_length(q.term) > 1)` : sql``;
  return sql`known as (
      select t.term, u.weight,
        ${inverseFrequency('in_titles')} as title_idf, ${inverseFrequency('in_texts')} as text_idf,
        ${K1 * B}::float8 * s.documents / nullif(s.title_length, 0) as title_slope,
        ${K1 * B}::float8 * s.documents / nullif(s.text_length, 0) as text_slope,
        greatest(t.in_titles, t.in_texts) as postings
      from unnest(${terms.map((t) => t.term)}::text[], ${terms.map((t) => t.weight)}::float8[])
        as u (term, weight)
      join match_term t on t.kind = ${kind} and t.term = u.term
      join match_statistic s on s.kind = ${kind}
    ), ordered as (
      select *, sum(postings) over (order by weight * least(title_idf, text_idf) desc, term
        rows between unbounded preceding and 1 preceding) as read_before
      from known
    ), q as materialized (
      select term, title_slope, text_slope, weight * title_idf * ${K1 + 1}::float8 as title_gain,
        weight * text_idf * ${(K1 + 1) * TEXT_WEIGHT}::float8 as text_gain
      from ordered where coalesce(read_before, 0) < ${POSTINGS_READ_MAX}
    ), best as (
      select p.document, sum(${lift('title')} + ${lift('text')}) as score
      from q join match_posting p on p.kind = ${kind} and p.term = q.term
      group by p.document ${sharing}
    )`;
};

/** Records by their score, best first; equal scores stand in order of id. One statement. */
export const rankDocuments = async (
  db: QueryExecutorProvider,
  { limit, only, ...asked }: Ranking,
): Promise<Ranked[]> => {
  const allowed = only ? sql`where d.id in (${only})` : sql``;
  const { rows } = await sql<Ranked>`
    with ${scoring(asked)}
    select d.id, best.score from best join match_document d on d.number = best.document
    ${allowed} order by best.score desc, d.id limit ${limit}`.execute(db);
  return rows;
};

/** Below this many records a share of them says nothing about a term. */
const TELLING_FROM_RECORDS = 100;

/**
 * How telling each term is among the records of a kind: ln(1 + (N - n + 0.5) / (n + 0.5)), where
 * n is the larger of its counts in titles and in texts; 0 for one in more than a fifth of them.
 */
export const inverseFrequencies = async (
  db: QueryExecutorProvider,
  kind: DocumentKind,
  terms: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ term: string; idf: number }>`
    select t.term, case
      when s.documents >= ${TELLING_FROM_RECORDS} and n * 5 > s.documents then 0
      else ln(1 + (s.documents - n + 0.5)::float8 / (n + 0.5)) end as idf
    from match_term t join match_statistic s on s.kind = t.kind,
      lateral (select greatest(t.in_titles, t.in_texts) as n) as counted
    where t.kind = ${kind} and t.term = any(${terms}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.term, row.idf]));
};
