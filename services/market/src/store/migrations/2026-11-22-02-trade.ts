import { type Migration, sql } from 'kysely';

const ME = `nullif(current_setting('app.party_id', true), '')::uuid`;
const MY_ORGANISATION = `nullif(current_setting('app.organisation_id', true), '')::uuid`;
const JOB = (name: string): string => `current_setting('app.service', true) = 'job:${name}'`;
const REVIEWS = `'exchange-operator' = any(string_to_array(current_setting('app.roles', true), ','))`;
const takesPart = (negotiationId: string): string =>
  `exists (select 1 from negotiation_participant p
    where p.negotiation_id = ${negotiationId} and p.party_id = ${ME})`;

const TABLES = [
  // A listing (成果) or a need (需求): the same life, another content.
  `create table announcement (
    id uuid primary key,
    kind text not null check (kind in ('listing', 'need')),
    status text not null check (status in
      ('draft', 'submitted', 'returned', 'published', 'closed', 'expired')),
    version integer not null check (version > 0),
    owner_organisation_id uuid not null,
    owner_party_id uuid not null,
    owner jsonb not null,
    makers uuid[] not null,
    content jsonb not null,
    opened_on date,
    expires_on date,
    reasons jsonb not null default '[]',
    close_reason text,
    created_at timestamptz not null,
    field_code text generated always as (content->>'fieldCode') stored,
    industry_code text generated always as (content->>'industryCode') stored,
    district text generated always as (content->>'district') stored,
    check ((status in ('published', 'closed', 'expired')) = (opened_on is not null)),
    check ((status in ('closed', 'expired')) = (close_reason is not null))
  )`,
  `create index announcement_owner on announcement (owner_party_id, kind, id)`,
  `create index announcement_open on announcement (kind, opened_on desc, id desc)
    where status = 'published'`,
  `create index announcement_review on announcement (kind, id) where status = 'submitted'`,
  `create index announcement_expiry on announcement (expires_on) where status = 'published'`,
  // Kept apart, so that it can be erased and is never indexed or sent on.
  `create table announcement_contact (
    announcement_id uuid primary key references announcement (id),
    owner_party_id uuid not null,
    contact jsonb not null
  )`,
  `create table negotiation (
    id uuid primary key,
    status text not null check (status in
      ('open', 'agreed', 'contracted', 'rejected', 'withdrawn')),
    version integer not null check (version > 0),
    seller jsonb not null,
    buyer jsonb not null,
    broker jsonb,
    broker_confirmed boolean not null default false,
    listing_id uuid references announcement (id),
    need_id uuid references announcement (id),
    open_offer jsonb,
    agreed jsonb,
    contract_id uuid,
    check (listing_id is not null or need_id is not null)
  )`,
  `create table negotiation_participant (
    negotiation_id uuid not null references negotiation (id),
    party_id uuid not null,
    side text not null check (side in ('seller', 'buyer', 'broker')),
    added_by uuid not null,
    primary key (negotiation_id, party_id)
  )`,
  `create unique index negotiation_participant_side on negotiation_participant
    (negotiation_id, side)`,
  `create index negotiation_participant_party on negotiation_participant
    (party_id, negotiation_id desc)`,
  // The log of offers and answers; nothing in it is ever changed.
  `create table negotiation_entry (
    negotiation_id uuid not null references negotiation (id),
    version integer not null,
    user_id uuid not null,
    entry jsonb not null,
    offer_id uuid generated always as
      (case when entry->>'kind' = 'offered' then (entry->>'offerId')::uuid end) stored,
    primary key (negotiation_id, version)
  )`,
  `create unique index negotiation_entry_offer on negotiation_entry (offer_id)`,
  `create table contract (
    id uuid primary key,
    negotiation_id uuid not null references negotiation (id),
    status text not null check (status in ('drawn', 'signed', 'discarded')),
    version integer not null check (version > 0),
    drawn jsonb not null,
    declarations jsonb not null,
    text text,
    text_hash text check (text_hash ~ '^[0-9a-f]{64}$'),
    signed_on date,
    effective_on date,
    check ((text is null) = (text_hash is null)),
    check ((status = 'signed') = (signed_on is not null and effective_on is not null))
  )`,
  `create unique index contract_once on contract (negotiation_id) where status <> 'discarded'`,
  // A record of a signing act; nothing in it is ever changed.
  `create table contract_signature (
    contract_id uuid not null references contract (id),
    negotiation_id uuid not null references negotiation (id),
    side text not null check (side in ('seller', 'buyer')),
    party_id uuid not null,
    user_id uuid not null,
    text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
    signed_at timestamptz not null,
    primary key (contract_id, side)
  )`,
  // What a command asked, so that asked again it is answered again and never done twice.
  `create table trade_command (
    organisation_id uuid not null,
    command_id uuid not null,
    fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    record_id uuid not null,
    done_at timestamptz not null,
    primary key (organisation_id, command_id)
  )`,
  // Not a tenant's table: written in the transaction of the act, read by the delivery alone.
  // The id is the command id at the ledger; the position is the order within a stream.
  `create table outbox (
    id uuid primary key,
    position bigint generated always as identity unique,
    stream text not null check (stream <> ''),
    after_streams text[] not null,
    kind text not null check (kind in ('listing-event', 'contract')),
    payload text not null,
    actor jsonb,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'parked')),
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    created_at timestamptz not null,
    delivered_at timestamptz,
    reason text
  )`,
  `create index outbox_undelivered on outbox (position) where state <> 'delivered'`,
  `create index outbox_stream on outbox (stream, position) where state <> 'delivered'`,
];

/** FORCE: the owner of the tables is bound too. Without a tenant no policy lets a row through. */
const secure = (table: string, policies: readonly string[]): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  ...policies.map((policy, i) => `create policy ${table}_${i + 1} on ${table} ${policy}`),
];

const PUBLISHED = `status in ('published', 'closed', 'expired')`;
const POLICIES = [
  ...secure('announcement', [
    `for select using (${PUBLISHED} or owner_party_id = ${ME}
      or (status <> 'draft' and ${REVIEWS}))`,
    `for insert with check (owner_party_id = ${ME} and owner_organisation_id = ${MY_ORGANISATION}
      and status = 'draft')`,
    `for update using (owner_party_id = ${ME} or (status <> 'draft' and ${REVIEWS})
        or (status = 'published' and ${JOB('expiry')}))
      with check (owner_party_id = ${ME} or ${REVIEWS} or ${JOB('expiry')})`,
  ]),
  ...secure('negotiation_participant', [
    `for select using (party_id = ${ME} or added_by = ${ME})`,
    `for insert with check (added_by = ${ME})`,
    `for delete using (side = 'broker' and party_id = ${ME})`,
  ]),
  ...secure('announcement_contact', [
    `for select using (owner_party_id = ${ME} or exists (select 1 from negotiation n
      join negotiation_participant p on p.negotiation_id = n.id
      where announcement_id in (n.listing_id, n.need_id) and p.party_id = ${ME}
        and p.side in ('seller', 'buyer')))`,
    `for insert with check (owner_party_id = ${ME})`,
    `for update using (owner_party_id = ${ME}) with check (owner_party_id = ${ME})`,
  ]),
  ...secure('negotiation', [
    `for select using (${takesPart('id')})`,
    `for insert with check (${ME} in ((seller->>'partyId')::uuid, (buyer->>'partyId')::uuid))`,
    `for update using (${takesPart('id')}) with check (true)`,
  ]),
  ...secure('negotiation_entry', [
    `for select using (${takesPart('negotiation_id')})`,
    `for insert with check (${takesPart('negotiation_id')})`,
  ]),
  ...secure('contract', [
    `for select using (${takesPart('negotiation_id')})`,
    `for insert with check (${takesPart('negotiation_id')})`,
    `for update using (${takesPart('negotiation_id')})
      with check (${takesPart('negotiation_id')})`,
  ]),
  ...secure('contract_signature', [
    `for select using (${takesPart('negotiation_id')})`,
    `for insert with check (${takesPart('negotiation_id')} and party_id = ${ME})`,
  ]),
  ...secure('trade_command', [
    `for select using (organisation_id = ${MY_ORGANISATION})`,
    `for insert with check (organisation_id = ${MY_ORGANISATION})`,
  ]),
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, update on announcement, announcement_contact, '
      'negotiation, contract, outbox to %I', app);
    execute format('grant select, insert, delete on negotiation_participant to %I', app);
    execute format('grant select, insert on negotiation_entry, contract_signature, '
      'trade_command to %I', app);
  end if;
end $$`;

export const trade: Migration = {
  up: async (db) => {
    for (const statement of [...TABLES, ...POLICIES, GRANTS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
