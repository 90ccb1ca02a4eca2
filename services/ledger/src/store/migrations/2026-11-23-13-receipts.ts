import { type Kysely, type Migration, sql } from 'kysely';

/** Receipts of all contracts for the desk; the read model is made anew once more. Frozen. */

const tables = `
delete from registered_list_contract;
delete from registered_list;
delete from registration_party;
delete from registration_view;
delete from consumer_cursor where name = 'registrations';

create table registration_receipt (
  receipt_id uuid primary key,
  contract_id uuid not null references registration_view,
  -- The sequence at which it was recorded: what waits longest comes first.
  seq bigint not null,
  status text not null,
  amount_fen bigint not null check (amount_fen >= 0)
);
create index registration_receipt_status on registration_receipt (status, seq);
create index registration_receipt_contract on registration_receipt (contract_id);
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert, update, delete on registration_receipt to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(tables).execute(db);
    await sql.raw(grants).execute(db);
  },
};
