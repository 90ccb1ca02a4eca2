import { type Migration, sql } from 'kysely';

const MINE = `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`;
const ROLES = `string_to_array(current_setting('app.roles', true), ',')`;
/** Officers of the registration, and the auditor: what they read is in the audit trail. */
const OFFICER = `${ROLES} && array['registrar', 'senior-registrar', 'auditor']`;
const TIDIES = `current_setting('app.service', true) = 'job:files'`;

const TABLES = [
  // What comes with a contract of paper; its bytes are kept with those of the other contracts.
  `create table paper_file (
    id uuid primary key,
    contract_id uuid not null references paper_contract (id),
    organisation_id uuid not null,
    kind text not null check (kind in ('contract-text', 'ip-proof', 'commitment',
      'authorisation', 'approval', 'broker-agreement', 'receipt-evidence', 'other')),
    sha256 text not null references file_content (sha256),
    name text not null check (name <> ''),
    media_type text not null,
    size integer not null check (size > 0),
    added_by_party uuid not null,
    added_by_user uuid not null,
    added_at timestamptz not null,
    unique (contract_id, kind, sha256)
  )`,
  `create index paper_file_party on paper_file (added_by_party)`,
  `create index paper_file_content on paper_file (sha256)`,
  // Every sending after the import's own. One return is answered once.
  `create table paper_submission (
    contract_id uuid not null references paper_contract (id),
    registration_version integer not null check (registration_version > 0),
    organisation_id uuid not null,
    command_id uuid not null unique,
    file_ids uuid[] not null,
    sent_by_user uuid not null,
    sent_at timestamptz not null,
    primary key (contract_id, registration_version)
  )`,
];

const secure = (table: string, policies: readonly string[]): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  ...policies.map((policy, i) => `create policy ${table}_${i + 1} on ${table} ${policy}`),
];

const POLICIES = [
  `create policy paper_contract_officer on paper_contract for select using (${OFFICER})`,
  ...secure('paper_file', [
    `for select using (${MINE} or ${TIDIES} or ${OFFICER})`,
    `for insert with check (${MINE})`,
    `for delete using (${MINE})`,
  ]),
  ...secure('paper_submission', [
    `for select using (${MINE} or ${OFFICER})`,
    `for insert with check (${MINE})`,
  ]),
  `create policy file_content_paper on file_content for select
    using (exists (select 1 from paper_file f where f.sha256 = file_content.sha256))`,
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, delete on paper_file to %I', app);
    execute format('grant select, insert on paper_submission to %I', app);
    execute format('grant update (contract_key, submission) on paper_contract to %I', app);
  end if;
end $$`;

/** Files of imported contracts, and what was sent after a return. */
export const paperContracts: Migration = {
  up: async (db) => {
    for (const statement of [...TABLES, ...POLICIES, GRANTS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
