import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What the ledger erased is erased here as well. Changes stay append-only but for their words:
 * a row may be rewritten when nothing but title, names and sentences differs.
 */
const words = sql`
  create function refuse_other_than_words() returns trigger language plpgsql as $$
  declare
    named text[] := '{title,seller,buyer,broker}';
    sides text[] := '{seller,buyer,broker}';
  begin
    if (old.seq, old.contract_id, old.kind, old.changed_on, old.receipt_id)
        is distinct from (new.seq, new.contract_id, new.kind, new.changed_on, new.receipt_id)
      or old.facts - named is distinct from new.facts - named
      or (select jsonb_agg(old.facts -> p ->> 'partyId') from unnest(sides) p)
        is distinct from (select jsonb_agg(new.facts -> p ->> 'partyId') from unnest(sides) p)
      or jsonb_array_length(old.reasons) <> jsonb_array_length(new.reasons)
    then
      raise exception 'contract_change is append-only' using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  drop trigger contract_change_append_only on contract_change;
  create trigger contract_change_append_only before delete or truncate on contract_change
    for each statement execute function refuse_change();
  create trigger contract_change_words before update on contract_change
    for each row execute function refuse_other_than_words();`;

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
