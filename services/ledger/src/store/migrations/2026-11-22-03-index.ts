import { type Kysely, type Migration, sql } from 'kysely';

/** What index and gauge need of each registered contract, and the public steps. Frozen. */

const tables = `
-- One row per ContractRegistered, in the order of the log; filled behind the feed.
create table index_contract (
  seq bigint primary key,
  recorded_at timestamptz not null,
  contract_id uuid not null,
  registered_on date not null,
  contract_type text not null,
  field_code text not null,
  industry_code text not null,
  seller_district text not null,
  buyer_district text not null,
  related_party boolean not null,
  subcontract boolean not null,
  contract_value_fen bigint not null check (contract_value_fen >= 0),
  technology_value_fen bigint not null check (technology_value_fen >= 0),
  published_value_fen bigint,
  seller_id uuid not null,
  buyer_id uuid not null
);

-- The sequences at which the public view moves.
create table index_step (seq bigint primary key);
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert on index_contract, index_step to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(tables).execute(db);
    await sql.raw(grants).execute(db);
  },
};
