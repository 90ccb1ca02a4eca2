import { type Migration, sql } from 'kysely';

const ME = `nullif(current_setting('app.party_id', true), '')::uuid`;
const MYSELF = `nullif(current_setting('app.user_id', true), '')::uuid`;
const MY_ORGANISATION = `nullif(current_setting('app.organisation_id', true), '')::uuid`;
const REVIEWS = `'exchange-operator' = any(string_to_array(current_setting('app.roles', true), ','))`;
const PUSHES = `current_setting('app.service', true) = 'job:match-push'`;

const TABLES = [
  `alter table announcement add column submitted_at timestamptz`,
  `create index announcement_queue on announcement (submitted_at, id) where status = 'submitted'`,
  // What is written and not submitted, as far as it goes; with the version of the record it changes.
  `create table announcement_draft (
    announcement_id uuid primary key,
    kind text not null check (kind in ('listing', 'need')),
    owner_party_id uuid not null,
    owner_organisation_id uuid not null,
    version integer not null check (version > 0),
    base_version integer check (base_version > 0),
    makers uuid[] not null,
    content jsonb not null,
    contact jsonb not null,
    saved_at timestamptz not null
  )`,
  `create index announcement_draft_owner on announcement_draft (owner_party_id, kind)`,
  // Every decision of a review; nothing in it is ever changed.
  `create table review_decision (
    id uuid primary key,
    announcement_id uuid not null references announcement (id),
    owner_party_id uuid not null,
    decision text not null check (decision in ('published', 'returned')),
    reasons jsonb not null,
    user_id uuid not null,
    organisation_id uuid not null,
    decided_at timestamptz not null
  )`,
  `create index review_decision_of on review_decision (announcement_id, decided_at)`,
  // What a search counts by, without reading the record: of what is published, and public.
  `create table search_facet (
    kind text not null check (kind in ('listing', 'need')),
    id uuid not null,
    field_code text not null,
    industry_code text not null,
    district text not null,
    trl smallint,
    price_fen bigint,
    deal_types text[] not null,
    nature text not null,
    opened_on date not null,
    expires_on date not null,
    primary key (kind, id)
  )`,
  `create index search_facet_newest on search_facet (kind, opened_on desc, id desc)`,
  // How often a record was looked at on a day: a number, and nothing of anybody.
  `create table announcement_view_day (
    announcement_id uuid not null references announcement (id),
    day date not null,
    views integer not null check (views > 0),
    primary key (announcement_id, day)
  )`,
  // Who was shown a contact; nothing in it is ever changed.
  `create table contact_reveal (
    announcement_id uuid not null references announcement (id),
    owner_party_id uuid not null,
    party_id uuid not null,
    user_id uuid not null,
    day date not null,
    revealed_at timestamptz not null,
    primary key (announcement_id, party_id, user_id, day)
  )`,
  `create index contact_reveal_day on contact_reveal (party_id, day)`,
  // 公示 of a proposed price; public from its first day.
  `create table price_notice (
    id uuid primary key,
    listing_id uuid not null references announcement (id),
    owner_party_id uuid not null,
    proposed_price_fen bigint not null check (proposed_price_fen >= 0),
    objections_to text not null,
    started_on date not null,
    last_on date not null check (last_on >= started_on),
    withdrawn_because text,
    user_id uuid not null,
    started_at timestamptz not null,
    withdrawn_at timestamptz,
    check ((withdrawn_because is null) = (withdrawn_at is null))
  )`,
  `create index price_notice_listing on price_notice (listing_id, started_at desc)`,
  // Written with a publication; the job that tells of new matches takes it away.
  `create table match_push (
    announcement_id uuid primary key references announcement (id),
    kind text not null check (kind in ('listing', 'need')),
    created_at timestamptz not null
  )`,
];

const secure = (table: string, policies: readonly string[]): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  ...policies.map((policy, i) => `create policy ${table}_${i + 1} on ${table} ${policy}`),
];

const POLICIES = [
  ...secure('announcement_draft', [
    `for select using (owner_party_id = ${ME})`,
    `for insert with check (owner_party_id = ${ME} and owner_organisation_id = ${MY_ORGANISATION})`,
    `for update using (owner_party_id = ${ME}) with check (owner_party_id = ${ME})`,
    `for delete using (owner_party_id = ${ME})`,
  ]),
  ...secure('review_decision', [
    `for select using (owner_party_id = ${ME} or ${REVIEWS})`,
    `for insert with check (${REVIEWS} and user_id = ${MYSELF})`,
  ]),
  ...secure('contact_reveal', [
    `for select using (party_id = ${ME} or owner_party_id = ${ME})`,
    `for insert with check (party_id = ${ME} and user_id = ${MYSELF})`,
  ]),
  ...secure('price_notice', [
    `for select using (true)`,
    `for insert with check (owner_party_id = ${ME})`,
    `for update using (owner_party_id = ${ME}) with check (owner_party_id = ${ME})`,
  ]),
  `create policy announcement_contact_revealed on announcement_contact for select using (exists (
    select 1 from contact_reveal r where r.announcement_id = announcement_contact.announcement_id
      and r.party_id = ${ME}))`,
  `create policy match_rejection_push on match_rejection for select using (${PUSHES})`,
];

/** Row-level security binds the owner of the tables too: it is let go for what moves rows. */
const MOVED = [
  `alter table announcement no force row level security`,
  `update announcement set submitted_at = created_at where status <> 'draft'`,
  `insert into search_facet
    select kind, id, field_code, industry_code, district,
      (coalesce(content->>'trl', content->>'trlWanted'))::smallint,
      (coalesce(content->'price'->>'priceFen', content->>'budgetFen'))::bigint,
      array(select jsonb_array_elements_text(content->'dealTypes')),
      owner->>'nature', opened_on, expires_on
    from announcement where status = 'published' and expires_on is not null`,
  `alter table announcement force row level security`,
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, update, delete on announcement_draft, search_facet '
      'to %I', app);
    execute format('grant select, insert on review_decision, contact_reveal to %I', app);
    execute format('grant select, insert, update on announcement_view_day, price_notice to %I',
      app);
    execute format('grant select, insert, update, delete on match_push to %I', app);
  end if;
end $$`;

export const tradeDesk: Migration = {
  up: async (db) => {
    for (const statement of [...TABLES, ...POLICIES, ...MOVED, GRANTS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
