import { type Kysely, type Migration, sql } from 'kysely';

/** The tree's full subtrees and the signed heads: written once, never changed. Frozen. */

const tables = `
-- level 1: the root over 256 leaves; level 2: over 256 of those; and so on.
create table log_subtree (
  level integer not null check (level >= 1),
  place bigint not null check (place >= 0),
  root bytea not null check (octet_length(root) = 32),
  primary key (level, place)
);

create table signed_head (
  size bigint primary key check (size >= 1),
  root bytea not null check (octet_length(root) = 32),
  recorded_at timestamptz not null,
  key_name text not null,
  verifier_key text not null,
  note text not null
);
create index signed_head_recorded on signed_head (recorded_at, size);
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert on log_subtree, signed_head to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(tables).execute(db);
    await sql.raw(grants).execute(db);
  },
};
