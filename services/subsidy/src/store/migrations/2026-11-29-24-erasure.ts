import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What the ledger erased is erased here as well. Contracts and their changes stay as they are but
 * for their words: a row may be rewritten when nothing but the title, names of persons and
 * sentences differs. Names of organisations are public facts and stay.
 */
const words = sql`
  create function without_words(facts jsonb) returns jsonb
  language sql immutable set search_path = public, pg_temp as $$
    select coalesce(jsonb_object_agg(key, case
      when key = 'title' then 'null'
      when key in ('seller', 'buyer', 'broker')
        and (value ->> 'nature' = 'person' or value #>> '{key,kind}' = 'person')
        then jsonb_set(value, '{name}', 'null', false)
      else value end), '{}')
    from jsonb_each(facts)
  $$;

  create function refuse_other_than_words() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if without_words(to_jsonb(old)) <> without_words(to_jsonb(new)) then
      raise exception '% keeps everything but its words', tg_table_name
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger contract_words before update on contract
    for each row execute function refuse_other_than_words();

  -- A reason of somebody's own words becomes 'other'.
  create function refuse_other_than_change_words() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
  begin
    if to_jsonb(old) - '{facts,reasons}'::text[] <> to_jsonb(new) - '{facts,reasons}'::text[]
      or jsonb_typeof(old.facts) is distinct from jsonb_typeof(new.facts)
      or without_words(old.facts) is distinct from without_words(new.facts)
      or jsonb_array_length(old.reasons) <> jsonb_array_length(new.reasons)
      or exists (
        select from jsonb_array_elements(old.reasons) with ordinality as was(reason, i)
        join jsonb_array_elements(new.reasons) with ordinality as now(reason, i) using (i)
        where was.reason - '{code,note}'::text[] <> now.reason - '{code,note}'::text[]
          or now.reason ->> 'code' is distinct from was.reason ->> 'code'
            and now.reason ->> 'code' is distinct from 'other')
    then
      raise exception 'contract_change is append-only' using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  drop trigger contract_change_append_only on contract_change;
  create trigger contract_change_append_only before delete or truncate on contract_change
    for each statement execute function refuse_change();
  create trigger contract_change_words before update on contract_change
    for each row execute function refuse_other_than_change_words();`;

const grants = sql`
  do $$
  declare app text := current_database() || '_app';
  begin
    if exists (select from pg_roles where rolname = app) then
      execute format('grant update (facts, reasons) on contract_change to %I', app);
      execute format('grant update (title, seller, buyer, broker) on contract to %I', app);
    end if;
  end $$;`;

export const erasure20261129: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const part of [words, grants]) await part.execute(db);
  },
};
