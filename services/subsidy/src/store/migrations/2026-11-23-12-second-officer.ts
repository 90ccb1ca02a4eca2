import { type Kysely, type Migration, sql } from 'kysely';

/**
 * A repayment is entered by one finance officer and confirmed by another, and only then kept in
 * `repayment` and booked. A bank reference stands for one entry that was not withdrawn.
 */
const repayments = sql`
  create table repayment_entry (
    repayment_id uuid primary key,
    clawback_id uuid not null references clawback,
    amount_fen bigint not null check (amount_fen > 0),
    received_on date not null,
    bank_reference text not null,
    reference_key text not null check (reference_key <> ''),
    entered_by uuid not null,
    entered_at timestamptz not null,
    outcome text check (outcome in ('confirmed', 'withdrawn')),
    settled_by uuid,
    settled_at timestamptz,
    constraint repayment_confirmed_by_another
      check (outcome is distinct from 'confirmed' or settled_by <> entered_by),
    constraint repayment_settled_whole check ((outcome is null) = (settled_at is null))
  );
  create unique index repayment_entry_reference on repayment_entry (reference_key)
    where outcome is distinct from 'withdrawn';
  create unique index repayment_entry_one_open on repayment_entry (clawback_id)
    where outcome is null;
  alter table repayment drop constraint repayment_bank_reference_key;
  alter table repayment add column confirmed_by uuid;
  -- Repayments of before had one officer; from now on there are two.
  alter table repayment add constraint repayment_has_two_officers
    check (confirmed_by is not null and confirmed_by <> entered_by) not valid;
  create trigger repayment_entry_duties before insert on repayment_entry
    for each row execute function refuse_repayment_officer();
  create function refuse_repayment_settler() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare
    sight text := coalesce(current_setting('jishi.desk', true), '');
    claimed boolean;
  begin
    if old.outcome is not null then
      raise exception 'the repayment was settled before' using errcode = 'check_violation';
    end if;
    perform set_config('jishi.desk', 'on', true);
    claimed := exists (select from clawback c where c.clawback_id = new.clawback_id
      and new.settled_by in (c.demanded_by, c.approved_by));
    perform set_config('jishi.desk', sight, true);
    if claimed then
      raise exception 'duties not separated: the claim was made by the same person'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger repayment_entry_settled before update on repayment_entry
    for each row execute function refuse_repayment_settler();`;

/** Entries for the repayments of before; of two that read alike now, the later keeps its id too. */
const earlierRepayments = sql`
  select set_config('jishi.desk', 'on', true);
  insert into repayment_entry (repayment_id, clawback_id, amount_fen, received_on, bank_reference,
    reference_key, entered_by, entered_at, outcome, settled_at)
  select repayment_id, clawback_id, amount_fen, received_on, bank_reference,
    case when row_number() over (partition by key order by entered_at) = 1 then key
      else key || '#' || repayment_id end,
    entered_by, entered_at, 'confirmed', entered_at
  from (select *, coalesce(nullif(upper(regexp_replace(normalize(bank_reference, NFKC),
    '[^[:alnum:]]', '', 'g')), ''), bank_reference) as key from repayment) r;
  alter table repayment add constraint repayment_was_entered
    foreign key (repayment_id) references repayment_entry;
  select set_config('jishi.desk', '', true);`;

/** «Failed» is said by one finance officer and believed when another has confirmed it. */
const failures = sql`
  create table failed_line (
    answer_number text not null references bank_answer,
    line integer not null,
    instruction_id uuid not null references instruction,
    bank_reference text not null,
    paid_on date not null,
    entered_by uuid not null,
    entered_at timestamptz not null,
    outcome text check (outcome in ('confirmed', 'rejected')),
    settled_by uuid,
    settled_at timestamptz,
    primary key (answer_number, line),
    constraint failed_line_settled_by_another check (settled_by <> entered_by),
    constraint failed_line_settled_whole
      check ((outcome is null) = (settled_by is null) and (outcome is null) = (settled_at is null))
  );
  create unique index failed_line_one_standing on failed_line (instruction_id)
    where outcome is distinct from 'rejected';
  create function refuse_settled_line() returns trigger language plpgsql as $$
  begin
    if old.outcome is not null then
      raise exception 'the line was settled before' using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger failed_line_settled before update on failed_line
    for each row execute function refuse_settled_line();
  -- No failed line takes effect without a second officer.
  create function refuse_unconfirmed_failure() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare
    sight text := coalesce(current_setting('jishi.desk', true), '');
    confirmed boolean;
  begin
    perform set_config('jishi.desk', 'on', true);
    confirmed := exists (select from failed_line f where f.instruction_id = new.instruction_id
      and f.outcome = 'confirmed');
    perform set_config('jishi.desk', sight, true);
    if not confirmed then
      raise exception 'a failed payment is confirmed by a second officer'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger instruction_failed before update of status on instruction
    for each row when (new.status = 'failed' and old.status <> 'failed')
    execute function refuse_unconfirmed_failure();`;

/** One bank reference pays one instruction. Of old lines that read alike the later keep a mark. */
const references = sql`
  alter table bank_answer_line add column reference_key text;
  alter table bank_answer_line disable trigger bank_answer_line_append_only;
  update bank_answer_line l set reference_key = case when k.nth = 1 then k.key
      else k.key || '#' || l.answer_number || ':' || l.line end
    from (select answer_number, line, key,
        row_number() over (partition by is_paid, key order by answer_number, line) as nth
      from (select *, upper(regexp_replace(normalize(bank_reference, NFKC),
          '[^[:alnum:]]', '', 'g')) as key from bank_answer_line) a) k
    where k.answer_number = l.answer_number and k.line = l.line;
  alter table bank_answer_line enable trigger bank_answer_line_append_only;
  alter table bank_answer_line alter column reference_key set not null;
  create unique index bank_answer_line_reference on bank_answer_line (reference_key)
    where is_paid;`;

/** Behind a claim, a case or a contract there is the same wall as before it. */
const walls = sql`
  alter table repayment enable row level security;
  alter table repayment force row level security;
  create policy repayment_sight on repayment using (
    exists (select from clawback b where b.clawback_id = repayment.clawback_id));
  alter table reassessment enable row level security;
  alter table reassessment force row level security;
  create policy reassessment_sight on reassessment using (
    exists (select from subsidy_case c where c.case_id = reassessment.case_id));
  alter table contract_change enable row level security;
  alter table contract_change force row level security;
  create policy contract_change_sight on contract_change using (
    current_setting('jishi.desk', true) = 'on'
    or exists (select from subsidy_case c where c.contract_id = contract_change.contract_id));
  alter table bank_answer_line enable row level security;
  alter table bank_answer_line force row level security;
  create policy bank_answer_line_sight on bank_answer_line using (
    current_setting('jishi.desk', true) = 'on');
  alter table repayment_entry enable row level security;
  alter table repayment_entry force row level security;
  create policy repayment_entry_sight on repayment_entry using (
    current_setting('jishi.desk', true) = 'on');
  alter table failed_line enable row level security;
  alter table failed_line force row level security;
  create policy failed_line_sight on failed_line using (
    current_setting('jishi.desk', true) = 'on');`;

const grants = sql`
  do $$
  declare app text := current_database() || '_app';
  begin
    if exists (select from pg_roles where rolname = app) then
      execute format('grant select, insert on repayment_entry, failed_line to %I', app);
      execute format('grant update (outcome, settled_by, settled_at)
                      on repayment_entry, failed_line to %I', app);
    end if;
  end $$;`;

export const secondOfficer20261123: Migration = {
  up: async (db: Kysely<unknown>) => {
    const parts = [repayments, earlierRepayments, failures, references, walls, grants];
    for (const part of parts) await part.execute(db);
  },
};
