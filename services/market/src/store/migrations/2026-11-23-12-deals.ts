import { type Migration, sql } from 'kysely';

const ME = `nullif(current_setting('app.party_id', true), '')::uuid`;
const ROLES = `string_to_array(current_setting('app.roles', true), ',')`;
/** Officers of the registration, and the auditor: what they read is in the audit trail. */
const OFFICER = `${ROLES} && array['registrar', 'senior-registrar', 'auditor']`;
const TIDIES = `current_setting('app.service', true) = 'job:files'`;
const takesPart = (negotiationId: string): string =>
  `exists (select 1 from negotiation_participant p
    where p.negotiation_id = ${negotiationId} and p.party_id = ${ME})`;
const isSigned = (contractId: string): string =>
  `exists (select 1 from contract c where c.id = ${contractId} and c.status = 'signed')`;

const HASH = `text not null check (sha256 ~ '^[0-9a-f]{64}$')`;

const TABLES = [
  // The same bytes are kept once, whoever brings them; who may read them, contract_file says.
  `create table file_content (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bytea not null check (octet_length(bytes) between 1 and 10485760),
    check (sha256 = encode(sha256(bytes), 'hex'))
  )`,
  `create table contract_file (
    id uuid primary key,
    contract_id uuid not null references contract (id),
    negotiation_id uuid not null references negotiation (id),
    kind text not null check (kind in ('contract-text', 'ip-proof', 'commitment',
      'authorisation', 'approval', 'broker-agreement', 'receipt-evidence', 'other')),
    sha256 ${HASH} references file_content (sha256),
    name text not null check (name <> ''),
    media_type text not null,
    size integer not null check (size > 0),
    added_by_party uuid not null,
    added_by_user uuid not null,
    added_at timestamptz not null,
    unique (contract_id, kind, sha256)
  )`,
  `create index contract_file_party on contract_file (added_by_party)`,
  `create index contract_file_content on contract_file (sha256)`,
  // What the registrant says beyond the signed text; replaced as a whole.
  `create table contract_form (
    contract_id uuid primary key references contract (id),
    negotiation_id uuid not null references negotiation (id),
    version integer not null check (version > 0),
    form jsonb not null,
    changed_by_user uuid not null,
    changed_at timestamptz not null
  )`,
  // One row for each time that the contract goes to the ledger. The version of the registration
  // that it answers is unique: one return is answered once.
  `create table contract_submission (
    contract_id uuid not null references contract (id),
    registration_version integer not null check (registration_version >= 0),
    negotiation_id uuid not null references negotiation (id),
    command_id uuid not null unique,
    file_ids uuid[] not null,
    sent_by_user uuid not null,
    sent_at timestamptz not null,
    primary key (contract_id, registration_version)
  )`,
  // What a broker that declined was answered: it sees no more of the negotiation itself.
  `create table broker_decline (
    party_id uuid not null,
    command_id uuid not null,
    answer jsonb not null,
    declined_at timestamptz not null,
    primary key (party_id, command_id)
  )`,
];

const secure = (table: string, policies: readonly string[]): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  ...policies.map((policy, i) => `create policy ${table}_${i + 1} on ${table} ${policy}`),
];

const POLICIES = [
  `create policy contract_officer on contract for select
    using (status = 'signed' and ${OFFICER})`,
  `create policy contract_signature_officer on contract_signature for select
    using (${isSigned('contract_id')} and ${OFFICER})`,
  ...secure('contract_file', [
    `for select using (${takesPart('negotiation_id')} or ${TIDIES}
      or (${isSigned('contract_id')} and ${OFFICER}))`,
    `for insert with check (${takesPart('negotiation_id')} and added_by_party = ${ME})`,
    `for delete using (added_by_party = ${ME})`,
  ]),
  ...secure('file_content', [
    `for select using (${TIDIES} or exists (select 1 from contract_file f
      where f.sha256 = file_content.sha256))`,
    `for insert with check (${ME} is not null)`,
    `for delete using (${TIDIES})`,
  ]),
  ...secure('contract_form', [
    `for select using (${takesPart('negotiation_id')})`,
    `for insert with check (${takesPart('negotiation_id')})`,
    `for update using (${takesPart('negotiation_id')})
      with check (${takesPart('negotiation_id')})`,
  ]),
  ...secure('contract_submission', [
    `for select using (${takesPart('negotiation_id')}
      or (${isSigned('contract_id')} and ${OFFICER}))`,
    `for insert with check (${takesPart('negotiation_id')})`,
  ]),
  ...secure('broker_decline', [
    `for select using (party_id = ${ME})`,
    `for insert with check (party_id = ${ME})`,
  ]),
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, delete on contract_file, file_content to %I', app);
    execute format('grant select, insert, update on contract_form to %I', app);
    execute format('grant select, insert on contract_submission, broker_decline to %I', app);
  end if;
end $$`;

/** Files of contracts, the registrant's form, and what was sent to the ledger when. */
export const deals: Migration = {
  up: async (db) => {
    for (const statement of [...TABLES, ...POLICIES, GRANTS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
