import { type Migration, sql } from 'kysely';

/**
 * The search index: postings with the frequency of a term in each field and the lengths of the
 * document's fields beside it, so that ranking reads one index and joins nothing; per term and per
 * kind the statistics that BM25 needs; and the coded rejections of matches.
 */
export const matching: Migration = {
  up: async (db) => {
    await sql`create table match_document (
      kind text not null check (kind in ('listing', 'need')),
      id uuid not null,
      number integer generated always as identity unique,
      title_length integer not null check (title_length >= 0),
      text_length integer not null check (text_length >= 0),
      primary key (kind, id)
    )`.execute(db);
    await sql`create table match_posting (
      kind text not null,
      term text collate "C" not null,
      document integer not null,
      in_title smallint not null check (in_title >= 0),
      in_text smallint not null check (in_text >= 0),
      title_length integer not null,
      text_length integer not null
    )`.execute(db);
    await sql`create unique index match_posting_term on match_posting (kind, term, document)
      include (in_title, in_text, title_length, text_length)`.execute(db);
    await sql`create index match_posting_document on match_posting (document)`.execute(db);
    await sql`create table match_term (
      kind text not null,
      term text collate "C" not null,
      in_titles integer not null check (in_titles >= 0),
      in_texts integer not null check (in_texts >= 0),
      primary key (kind, term)
    ) with (fillfactor = 70)`.execute(db);
    await sql`create table match_statistic (
      kind text primary key check (kind in ('listing', 'need')),
      documents bigint not null check (documents >= 0),
      title_length bigint not null check (title_length >= 0),
      text_length bigint not null check (text_length >= 0)
    )`.execute(db);
    await sql`insert into match_statistic values ('listing', 0, 0, 0), ('need', 0, 0, 0)`.execute(
      db,
    );
    // What a search asks of every record that it ranks, without reading the record.
    await sql`create index announcement_found on announcement (kind, id)
      include (status, owner_party_id, expires_on) where status = 'published'`.execute(db);
    await sql`create table match_rejection (
      id uuid primary key,
      organisation_id uuid not null,
      user_id uuid not null,
      need_id uuid not null,
      listing_id uuid not null,
      reason text not null check (reason in (
        'not-what-is-needed', 'readiness-too-low', 'price', 'rights-unclear', 'timing', 'other'
      )),
      rejected_at timestamptz not null,
      withdrawn_at timestamptz
    )`.execute(db);
    await sql`create unique index match_rejection_pair
      on match_rejection (organisation_id, need_id, listing_id) where withdrawn_at is null`.execute(
      db,
    );
    // The organisation that put a match aside sees it, and nobody else.
    const mine = sql`organisation_id =
      nullif(current_setting('app.organisation_id', true), '')::uuid`;
    await sql`alter table match_rejection enable row level security`.execute(db);
    await sql`alter table match_rejection force row level security`.execute(db);
    await sql`create policy match_rejection_1 on match_rejection
      using (${mine}) with check (${mine})`.execute(db);
    await sql
      .raw(`do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert, update, delete on match_document, match_posting, '
      || 'match_term, match_statistic to %I', app);
    execute format('grant select, insert, update on match_rejection to %I', app);
  end if;
end $$`)
      .execute(db);
  },
};
