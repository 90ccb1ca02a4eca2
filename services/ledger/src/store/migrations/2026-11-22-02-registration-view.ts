import { type Kysely, type Migration, sql } from 'kysely';

/** Read model of the registrations: made from the log alone, and may be thrown away. Frozen. */

const tables = `
create table registration_view (
  contract_id uuid primary key,
  status text not null,
  seq bigint not null,
  body text not null
);
create index registration_view_status on registration_view (status, contract_id);

-- Who may see a registration: its seller, buyer and broker.
create table registration_party (
  party_id uuid not null,
  contract_id uuid not null references registration_view,
  primary key (party_id, contract_id)
);
create index registration_party_contract on registration_party (contract_id);
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format(
      'grant select, insert, update, delete on registration_view, registration_party to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(tables).execute(db);
    await sql.raw(grants).execute(db);
  },
};
