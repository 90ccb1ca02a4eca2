import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What the registrar's desk needs, and four eyes below the code. The read model of the
 * registrations gets the columns that the desk filters by and is made anew from the log. Frozen.
 */

const readModel = `
delete from registration_party;
delete from registration_view;
delete from consumer_cursor where name = 'registrations';

alter table registration_view
  add column seller_id uuid not null,
  add column buyer_id uuid not null,
  add column title text not null,
  add column party_names text not null,
  add column contract_type text not null,
  add column district text not null,
  add column contract_value_fen bigint not null check (contract_value_fen >= 0),
  add column technology_value_fen bigint not null check (technology_value_fen >= 0),
  add column signed_on date not null,
  add column submissions integer not null,
  -- The due day, or what it would be had it been accepted on the day of submission.
  add column queue_on date not null,
  -- At or over the second-review threshold of its regime.
  add column large boolean not null,
  -- Below it, and at or over it together with others of the same two parties.
  add column split boolean not null,
  add column registration_number text,
  add column registered_on date,
  add column amendment integer not null,
  add column pending boolean not null;

create index registration_view_queue on registration_view (queue_on, contract_id)
  where status in ('submitted', 'accepted', 'first-reviewed');
create index registration_view_pair on registration_view (seller_id, buyer_id, signed_on);
create index registration_view_registered on registration_view (registered_on, contract_id)
  where registered_on is not null;
create unique index registration_view_number on registration_view (registration_number);

-- 登记清单, from the log as well.
create table registered_list (
  list_id uuid primary key,
  issued_on date not null,
  side text not null,
  count integer not null,
  seq bigint not null
);
create table registered_list_contract (
  list_id uuid not null references registered_list,
  contract_id uuid not null,
  primary key (list_id, contract_id)
);

-- Who works on a case. No part of the log: it decides nothing.
create table registration_claim (
  contract_id uuid primary key,
  user_id uuid not null,
  organisation_id uuid not null,
  claimed_at timestamptz not null
);
create table registration_claim_act (
  id bigint generated always as identity primary key,
  contract_id uuid not null,
  act text not null check (act in ('claimed', 'released')),
  user_id uuid not null,
  organisation_id uuid not null,
  acted_at timestamptz not null
);

-- One row per change of a registered contract; body: how it counted before, counts now, and who
-- is left in its cells without it.
create table index_change (
  seq bigint primary key,
  recorded_at timestamptz not null,
  contract_id uuid not null,
  body text not null
);
`;

/**
 * The second person is another one, whatever program wrote the event: whoever confirms a change
 * neither proposed it nor took part in the registration, whoever confirms a reversal neither
 * proposed it nor handled the receipt, and the second reviewer is not the first.
 */
const fourEyes = `
create function ledger_four_eyes() returns trigger language plpgsql set search_path = public as $$
declare
  own_id text;
  barred boolean;
begin
  select p.body::jsonb -> 'actor' ->> 'userId' into own_id from private_part p where p.seq = new.seq;

  select bool_or(p.body::jsonb -> 'actor' ->> 'userId' = own_id) into barred
  from log l join private_part p on p.seq = l.seq
  where l.stream = new.stream and l.version < new.version and case new.type
    when 'ContractRegistered' then l.type = 'FirstReviewPassed' and l.version > (
      select max(s.version) from log s
      where s.stream = new.stream and s.type = 'ContractSubmitted' and s.version < new.version)
    when 'ReceiptReversed' then
      l.type in ('ReceiptReversalProposed', 'ReceiptRecorded', 'ReceiptConfirmed', 'ReceiptVerified')
      and l.envelope::jsonb #>> '{data,receiptId}' = new.envelope::jsonb #>> '{data,receiptId}'
      and (l.type <> 'ReceiptReversalProposed' or l.version = (
        select max(s.version) from log s where s.stream = new.stream
          and s.type = 'ReceiptReversalProposed' and s.version < new.version))
    else
      l.type in ('ContractAccepted', 'SupplementRequested', 'FirstReviewPassed',
        'ContractRegistered')
      or (l.type = 'ChangeProposed'
        and l.envelope::jsonb #>> '{data,changeId}' = new.envelope::jsonb #>> '{data,changeId}')
  end;

  if barred or (own_id is null and new.type <> 'ContractRegistered') then
    raise exception '% at % by the person of an earlier step', new.type, new.seq
      using errcode = 'JL002';
  end if;
  return null;
end $$;

create trigger log_four_eyes after insert on log for each row
  when (new.type in ('ContractRegistered', 'ContractAmended', 'ContractDeregistered',
    'ContractRevoked', 'ReceiptReversed'))
  execute function ledger_four_eyes();
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert, update, delete on registered_list,
      registered_list_contract, registration_claim to %I', app);
    execute format('grant select, insert on registration_claim_act, index_change to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const text of [readModel, fourEyes, grants]) await sql.raw(text).execute(db);
  },
};
