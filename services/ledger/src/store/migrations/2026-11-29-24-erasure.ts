import { type Kysely, type Migration, sql } from 'kysely';

/** 删除: a private part goes, and what is left of it stands in a table of its own. Frozen. */

const remainder = `
create table private_remainder (
  seq bigint primary key,
  -- The event that erased it, whose private part holds the same facts.
  by_seq bigint not null,
  body text not null
);

-- The bytes of a deleted row are in the table's pages until they are vacuumed: soon, then.
alter table private_part set (
  autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0,
  toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_scale_factor = 0);
`;

/**
 * The only way by which a private part is deleted: in the transaction of the event that says so,
 * and only what that event names, of its own stream and before it. Whoever may append may erase;
 * nobody may erase without leaving the event, nor leave anything else than what was there: who
 * acted, ids, amounts, days, codes of the form and hashes are compared, only words may differ.
 */
const erasure = `
create function ledger_without_words(part jsonb) returns jsonb
language plpgsql immutable set search_path = public, pg_temp as $$
declare
  words text[] := '{title,note,code,patentNumbers,bankReference}';
begin
  if part ->> 'nature' = 'person' or part #>> '{key,kind}' = 'person' then
    words := words || 'name'::text;
  end if;
  return case jsonb_typeof(part)
    when 'object' then (
      select coalesce(jsonb_object_agg(o.key,
        case when o.key = any(words) then 'null' else ledger_without_words(o.value) end), '{}')
      from jsonb_each(part) o)
    when 'array' then (
      select coalesce(jsonb_agg(ledger_without_words(a.value) order by a.i), '[]')
      from jsonb_array_elements(part) with ordinality as a(value, i))
    else part end;
end $$;

create function ledger_erase() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named bigint[];
  kept bigint[];
  gone bigint;
  faithful bigint;
begin
  select coalesce(array_agg(s.seq::bigint order by s.seq::bigint), '{}') into named
  from json_array_elements_text(new.envelope::json #> '{data,sequences}') as s(seq);
  select coalesce(array_agg((k.item ->> 'seq')::bigint order by (k.item ->> 'seq')::bigint), '{}')
  into kept
  from private_part p, json_array_elements(p.body::json #> '{facts,kept}') as k(item)
  where p.seq = new.seq;

  insert into private_remainder (seq, by_seq, body)
  select (k.item ->> 'seq')::bigint, new.seq,
    json_build_object('actor', k.item -> 'actor', 'facts', k.item -> 'facts')::text
  from private_part p, json_array_elements(p.body::json #> '{facts,kept}') as k(item)
  where p.seq = new.seq;

  with deleted as (
    delete from private_part p using log l
    where p.seq = any(named) and l.seq = p.seq and l.stream = new.stream and l.seq < new.seq
    returning p.seq, p.body
  )
  select count(*), count(*) filter (
    where ledger_without_words(d.body::jsonb) = ledger_without_words(r.body::jsonb))
  into gone, faithful
  from deleted d left join private_remainder r on r.seq = d.seq;

  if named <> kept or gone <> cardinality(named) or faithful <> gone then
    raise exception 'the erasure at % names what it cannot erase', new.seq using errcode = 'JL003';
  end if;
  return null;
end $$;

create trigger log_erasure after insert on log for each row
  when (new.type = 'PrivatePartErased') execute function ledger_erase();
`;

/** As before, and of an erased event the people who acted are read from what is left of it. */
const fourEyes = `
create or replace function ledger_four_eyes() returns trigger
language plpgsql set search_path = public as $$
declare
  own_id text;
  barred boolean;
begin
  select p.body::jsonb -> 'actor' ->> 'userId' into own_id from private_part p where p.seq = new.seq;

  select bool_or(coalesce(p.body, r.body)::jsonb -> 'actor' ->> 'userId' = own_id) into barred
  from log l left join private_part p on p.seq = l.seq left join private_remainder r on r.seq = l.seq
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

drop trigger log_four_eyes on log;
create trigger log_four_eyes after insert on log for each row
  when (new.type in ('ContractRegistered', 'ContractAmended', 'ContractDeregistered',
    'ContractRevoked', 'ReceiptReversed', 'PrivatePartErased'))
  execute function ledger_four_eyes();
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select on private_remainder to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const text of [remainder, erasure, fourEyes, grants]) await sql.raw(text).execute(db);
  },
};
