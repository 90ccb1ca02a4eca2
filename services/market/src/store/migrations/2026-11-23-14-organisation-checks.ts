import { type Kysely, type Migration, sql } from 'kysely';

/** Who looked at an organisation, at what, and what it came to. Nothing is ever changed here. */
const TABLES = [
  `create table organisation_check (
    check_id uuid primary key,
    organisation_id uuid not null references organisation (id),
    outcome text not null check (outcome in ('verified', 'refused')),
    evidence text not null
      check (evidence in ('business-licence', 'official-register', 'telephone', 'visit')),
    note text not null check (char_length(note) >= 4),
    checked_by uuid not null,
    checked_at timestamptz not null
  )`,
  `create index organisation_check_of on organisation_check (organisation_id, checked_at)`,
  `create index audit_entry_at on audit_entry (at, id)`,
];

const GRANTS = `do $$
declare app text := current_database() || '_app';
begin
  if exists (select 1 from pg_roles where rolname = app) then
    execute format('grant select, insert on organisation_check to %I', app);
  end if;
end $$`;

export const organisationChecks: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const statement of [...TABLES, GRANTS]) await sql.raw(statement).execute(db);
  },
};
