import { type Migration, sql } from 'kysely';

const MINE = `organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid`;
const JOB = `current_setting('app.service', true) = 'job:import'`;

const TABLES = [
  // A spreadsheet that an organisation uploaded: what it is, and how its columns are read.
  `create table sheet_import (
    id uuid primary key,
    organisation_id uuid not null,
    user_id uuid not null,
    kind text not null check (kind in ('listings', 'contracts')),
    status text not null check (status in ('open', 'running', 'discarded')),
    version integer not null check (version > 0),
    file_name text not null,
    file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
    file_bytes integer not null,
    format text not null check (format in ('xlsx', 'csv')),
    sheet_name text,
    other_sheets text[] not null,
    encoding text,
    merges jsonb not null,
    heading_row integer not null,
    heading_found boolean not null,
    columns jsonb not null,
    target text not null check (target in ('draft', 'submitted')),
    created_at timestamptz not null
  )`,
  // The same file of the same organisation is the same import.
  `create unique index sheet_import_file on sheet_import (organisation_id, kind, file_sha256)
    where status <> 'discarded'`,
  `create index sheet_import_list on sheet_import (organisation_id, id desc)`,
  // Every row of the file, heading and titles included; these are 'outside'.
  `create table sheet_import_row (
    import_id uuid not null references sheet_import (id),
    organisation_id uuid not null,
    kind text not null check (kind in ('listings', 'contracts')),
    row_number integer not null check (row_number > 0),
    cells jsonb not null,
    fixes jsonb not null default '{}',
    state text not null default 'outside' check (state in
      ('outside', 'clean', 'wrong', 'duplicate', 'queued', 'imported')),
    problems jsonb not null default '[]',
    value jsonb,
    row_key text,
    row_hash text,
    duplicate jsonb,
    run_id uuid,
    record_id uuid,
    primary key (import_id, row_number),
    check ((state in ('clean', 'duplicate', 'queued', 'imported')) = (value is not null)),
    check ((state = 'imported') = (record_id is not null)),
    check (state not in ('queued', 'imported') or run_id is not null)
  )`,
  `create index sheet_import_row_state on sheet_import_row (import_id, state, row_number)`,
  `create index sheet_import_row_run on sheet_import_row (run_id, row_number)
    where state = 'queued'`,
  // The last guard: no row with the same content ever becomes two records of one organisation.
  `create unique index sheet_import_row_once on sheet_import_row (organisation_id, kind, row_hash)
    where state = 'imported'`,
  `create table import_run (
    id uuid primary key,
    import_id uuid not null references sheet_import (id),
    organisation_id uuid not null,
    person jsonb not null,
    choice text not null check (choice in ('clean-only', 'all-or-none')),
    target text not null check (target in ('draft', 'submitted')),
    rows_total integer not null check (rows_total > 0),
    rows_done integer not null default 0 check (rows_done between 0 and rows_total),
    created integer not null default 0 check (created between 0 and rows_done),
    started_at timestamptz not null,
    finished_at timestamptz,
    check (finished_at is null or rows_done = rows_total)
  )`,
  `create index import_run_open on import_run (started_at) where finished_at is null`,
  `create index import_run_import on import_run (import_id, started_at)`,
  // A contract that was signed on paper, as it was sent to the ledger.
  `create table paper_contract (
    id uuid primary key,
    organisation_id uuid not null,
    import_id uuid not null references sheet_import (id),
    row_number integer not null,
    contract_key text not null,
    submission jsonb not null,
    created_at timestamptz not null
  )`,
  `create unique index paper_contract_once on paper_contract (organisation_id, contract_key)`,
  `create index paper_contract_list on paper_contract (organisation_id, id desc)`,
];

const secure = (table: string, seen: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy ${table}_seen on ${table} for select using (${seen})`,
  `create policy ${table}_made on ${table} for insert with check (${MINE})`,
  `create policy ${table}_changed on ${table} for update using (${MINE}) with check (${MINE})`,
];

const POLICIES = [
  ...secure('sheet_import', MINE),
  ...secure('sheet_import_row', MINE),
  // The job looks for what is not through; it works on it as the person who started it.
  ...secure('import_run', `${MINE} or ${JOB}`),
  ...secure('paper_contract', MINE),
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert, update on sheet_import, sheet_import_row, import_run '
      'to %I', app);
    execute format('grant select, insert on paper_contract to %I', app);
  end if;
end $$`;

export const sheets: Migration = {
  up: async (db) => {
    for (const statement of [...TABLES, ...POLICIES, GRANTS]) {
      await sql.raw(statement).execute(db);
    }
  },
};
