import { type Kysely, type Migration, sql } from 'kysely';

/** Who took the whole log away, written before the first byte leaves. Frozen. */

const table = `
create table log_export (
  export_id uuid primary key,
  at timestamptz not null,
  by_user uuid not null,
  by_org uuid not null,
  after_seq bigint not null,
  up_to_seq bigint not null
);
create index log_type on log (type, seq);
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert on log_export to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(table).execute(db);
    await sql.raw(grants).execute(db);
  },
};
