import { type Kysely, type Migration, sql } from 'kysely';

/**
 * The walls hold for the tables' owner too: where one role both migrates and serves, row-level
 * security would otherwise not apply at all. Accounts of payees get the same wall as cases.
 */
const force = sql`
  alter table subsidy_case force row level security;
  alter table participant force row level security;
  alter table payee_account enable row level security;
  alter table payee_account force row level security;
  create policy payee_account_sight on payee_account using (
    current_setting('jishi.desk', true) = 'on'
    or party_id::text = current_setting('jishi.party', true));`;

/** The check of duties looks at every case, whoever asks, and leaves the sight as it was. */
const duties = sql`
  create or replace function refuse_desk_officer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare
    actor uuid := coalesce(new.returned_by, new.approved_by, new.decided_by);
    sight text := coalesce(current_setting('jishi.desk', true), '');
    handled boolean;
  begin
    perform set_config('jishi.desk', 'on', true);
    handled := exists (select from subsidy_case c join contract_officer o using (contract_id)
                       where c.case_id = new.case_id and o.user_id = actor);
    perform set_config('jishi.desk', sight, true);
    if handled then
      raise exception 'duties not separated: the contract was handled by the same person'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;`;

export const sight20261122: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const part of [force, duties]) await part.execute(db);
  },
};
