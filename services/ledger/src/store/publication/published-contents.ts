import { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import { sql } from 'kysely';
import { EARLY_METHOD, type PublicationDb } from './publications.ts';

/** What the public has been told of the index family, with what it says. */
export interface PublishedMonth {
  readonly publicationId: string;
  readonly period: LocalMonth;
  readonly vintage: number;
  readonly publishedAt: Instant;
  readonly contentHash: string;
  readonly content: PublishedContent;
}

/** Reads all of them, oldest first. Their bytes never change, so each is parsed once. */
export interface PublishedReader {
  readonly all: (db: PublicationDb) => Promise<readonly PublishedMonth[]>;
}

const newestOf = async (db: PublicationDb): Promise<string> => {
  const { rows } = await sql<{ newest: string }>`
    select count(*) || ' ' || coalesce(max(decided_at)::text, '') as newest
    from publication where status = 'published' and method_version <> ${EARLY_METHOD}`.execute(db);
  return rows[0]?.newest ?? '';
};

export const createPublishedReader = (): PublishedReader => {
  const parsed = new Map<string, PublishedMonth>();
  let kept: { readonly newest: string; readonly months: readonly PublishedMonth[] } | null = null;

  const readAll = async (db: PublicationDb): Promise<readonly PublishedMonth[]> => {
    const order = await db
      .selectFrom('publication')
      .select('publication_id')
      .where('status', '=', 'published')
      .where('method_version', '<>', EARLY_METHOD)
      .orderBy('decided_at')
      .orderBy('vintage')
      .execute();
    const unknown = order.map((row) => row.publication_id).filter((id) => !parsed.has(id));
    const rows =
      unknown.length === 0
        ? []
        : await db
            .selectFrom('publication')
            .select(['publication_id', 'period', 'vintage', 'decided_at', 'content_hash'])
            .select('content')
            .where('publication_id', 'in', unknown)
            .execute();
    for (const row of rows) {
      parsed.set(row.publication_id, {
        publicationId: row.publication_id,
        period: row.period,
        vintage: row.vintage,
        publishedAt: row.decided_at ?? '',
        contentHash: row.content_hash,
        content: PublishedContent.parse(JSON.parse(row.content)),
      });
    }
    return order.flatMap((row) => parsed.get(row.publication_id) ?? []);
  };

  return {
    all: async (db) => {
      const newest = await newestOf(db);
      if (kept?.newest === newest) return kept.months;
      const months = await readAll(db);
      kept = { newest, months };
      return months;
    },
  };
};
