import { type Kysely, type Migration, sql } from 'kysely';

/** What the ledger says later about a registered contract. Appended, never edited. */
const changes = sql`
  create table contract_change (
    seq integer primary key,
    contract_id uuid not null references contract,
    kind text not null check (kind in ('amended', 'deregistered', 'revoked', 'receipt-reversed')),
    changed_on date not null,
    -- The whole new facts of an amendment; null for the others.
    facts jsonb,
    receipt_id uuid references receipt,
    reasons jsonb not null,
    check ((kind = 'amended') = (facts is not null)),
    check ((kind = 'receipt-reversed') = (receipt_id is not null))
  );
  create index contract_change_contract on contract_change (contract_id, seq);
  create unique index contract_change_receipt on contract_change (receipt_id)
    where receipt_id is not null;
  create trigger contract_change_append_only before update or delete or truncate on contract_change
    for each statement execute function refuse_change();

  create view contract_now with (security_invoker = true) as
  select c.contract_id, c.registration_number, c.registered_on, c.registered_seq,
    coalesce(a.facts ->> 'contractType', c.contract_type) as contract_type,
    coalesce((a.facts ->> 'relatedParty')::boolean, c.related_party) as related_party,
    coalesce((a.facts ->> 'subcontract')::boolean, c.subcontract) as subcontract,
    coalesce(a.facts ->> 'title', c.title) as title,
    coalesce(a.facts -> 'seller', c.seller) as seller,
    coalesce(a.facts -> 'buyer', c.buyer) as buyer,
    case when a.facts is null then c.broker
      else nullif(a.facts -> 'broker', 'null'::jsonb) end as broker,
    coalesce((a.facts ->> 'contractValueFen')::bigint, c.contract_value_fen) as contract_value_fen,
    coalesce((a.facts ->> 'technologyValueFen')::bigint, c.technology_value_fen)
      as technology_value_fen,
    coalesce(e.kind, 'registered') as standing,
    (select max(seq) from contract_change x where x.contract_id = c.contract_id) as changed_seq
  from contract c
  left join lateral (select facts from contract_change x
    where x.contract_id = c.contract_id and x.kind = 'amended' order by seq desc limit 1) a on true
  left join lateral (select kind from contract_change x
    where x.contract_id = c.contract_id and x.kind in ('deregistered', 'revoked')
    order by seq desc limit 1) e on true;

  create view receipt_now with (security_invoker = true) as
  select r.*, x.changed_on as reversed_on, x.seq as reversed_seq
  from receipt r left join contract_change x using (receipt_id);`;

/** A case may end unpaid, keeps its party as it was, and lets go of its receipts when it ends. */
const cases = sql`
  alter table subsidy_case drop constraint subsidy_case_status_check;
  alter table subsidy_case add constraint subsidy_case_status_check check (status in
    ('open', 'decided', 'approved', 'refused', 'batched', 'instructed', 'paid', 'closed'));
  alter table subsidy_case add column party jsonb;
  -- The last change of the contract that the case has been looked at for.
  alter table subsidy_case add column reassessed_seq integer not null default 0;
  alter table case_line drop constraint case_line_scheme_role_receipt_id_key;
  alter table case_line add column released_seq integer;
  create unique index case_line_one_case on case_line (scheme, role, receipt_id)
    where released_seq is null;
  alter table decision add column voided_at timestamptz;
  alter table decision add column voided_seq integer;
  alter table decision add constraint voided_whole
    check ((voided_at is null) = (voided_seq is null));
  drop index decision_one_valid;
  create unique index decision_one_valid on decision (case_id)
    where returned_at is null and voided_at is null;
  -- Taking the ground from a decision is nobody's act: only the columns of people are checked.
  drop trigger decision_duties on decision;
  create trigger decision_duties
    before insert or update of decided_by, approved_by, returned_by on decision
    for each row execute function refuse_desk_officer();`;

/** Cases lie behind row-level security: fill in the parties with the desk's sight. */
const parties = sql`
  select set_config('jishi.desk', 'on', true);
  update subsidy_case c set party = case c.role when 'seller' then k.seller
      when 'buyer' then k.buyer else k.broker end
    from contract k where k.contract_id = c.contract_id;
  alter table subsidy_case alter column party set not null;
  select set_config('jishi.desk', '', true);`;

const claims = sql`
  create table reassessment (
    reassessment_id uuid primary key,
    case_id uuid not null references subsidy_case,
    seq integer not null references contract_change,
    outcome text not null check (outcome in
      ('unchanged', 'reopened', 'closed', 'lower', 'higher')),
    before_fen bigint not null check (before_fen >= 0),
    after_fen bigint not null check (after_fen >= 0),
    content text not null,
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    made_at timestamptz not null,
    -- An event of the ledger moves a case once, however often it is delivered.
    unique (case_id, seq)
  );
  create trigger reassessment_append_only before update or delete or truncate on reassessment
    for each statement execute function refuse_change();
  create table clawback (
    clawback_id uuid primary key,
    case_id uuid not null references subsidy_case,
    decision_id uuid not null references decision,
    reassessment_id uuid not null unique references reassessment,
    party_id uuid not null,
    cause_seq integer not null references contract_change,
    amount_fen bigint not null check (amount_fen > 0),
    repaid_fen bigint not null default 0 check (repaid_fen >= 0),
    status text not null check (status in
      ('opened', 'demanded', 'approved', 'closed', 'withdrawn')),
    version integer not null default 1,
    opened_on date not null,
    opened_at timestamptz not null,
    demand_reason text,
    content text,
    content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
    demanded_by uuid,
    demanded_at timestamptz,
    approved_by uuid,
    approved_at timestamptz,
    due_on date,
    closed_at timestamptz,
    constraint clawback_approver_is_not_demander check (approved_by <> demanded_by),
    constraint clawback_never_over_repaid check (repaid_fen <= amount_fen),
    constraint clawback_closed_when_repaid
      check ((status = 'closed') = (repaid_fen = amount_fen and status <> 'withdrawn'))
  );
  create index clawback_case on clawback (case_id);
  create index clawback_status on clawback (status, clawback_id);
  -- One claim of a case is under way at a time before its approval.
  create unique index clawback_one_unapproved on clawback (case_id)
    where status in ('opened', 'demanded');
  create table repayment (
    repayment_id uuid primary key,
    clawback_id uuid not null references clawback,
    amount_fen bigint not null check (amount_fen > 0),
    received_on date not null,
    bank_reference text not null unique,
    entered_by uuid not null,
    entered_at timestamptz not null
  );
  create index repayment_clawback on repayment (clawback_id);
  create trigger repayment_append_only before update or delete or truncate on repayment
    for each statement execute function refuse_change();
  alter table clawback enable row level security;
  alter table clawback force row level security;
  create policy clawback_sight on clawback using (
    current_setting('jishi.desk', true) = 'on'
    or party_id::text = current_setting('jishi.party', true));`;

/** Who demanded or approved a claim does not enter its repayment; nor a desk officer anything. */
const duties = sql`
  create function refuse_claim_officer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare
    sight text := coalesce(current_setting('jishi.desk', true), '');
    handled boolean;
  begin
    perform set_config('jishi.desk', 'on', true);
    handled := exists (select from subsidy_case c join contract_officer o using (contract_id)
      where c.case_id = new.case_id and o.user_id in (new.demanded_by, new.approved_by));
    perform set_config('jishi.desk', sight, true);
    if handled then
      raise exception 'duties not separated: the contract was handled by the same person'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger clawback_duties
    before insert or update of demanded_by, approved_by on clawback
    for each row execute function refuse_claim_officer();
  create function refuse_repayment_officer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare
    sight text := coalesce(current_setting('jishi.desk', true), '');
    claimed boolean;
  begin
    perform set_config('jishi.desk', 'on', true);
    claimed := exists (select from clawback c where c.clawback_id = new.clawback_id
      and new.entered_by in (c.demanded_by, c.approved_by));
    perform set_config('jishi.desk', sight, true);
    if claimed then
      raise exception 'duties not separated: the claim was made by the same person'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger repayment_duties before insert on repayment
    for each row execute function refuse_repayment_officer();`;

/** Money claimed back and repaid, and the bank's own lines beside ours. */
const books = sql`
  alter table journal drop constraint journal_kind_check;
  alter table journal add constraint journal_kind_check check (kind in
    ('open-budget', 'commit', 'uncommit', 'instruct', 'pay', 'fail', 'claim', 'repay'));
  insert into account (account, is_source)
    select regexp_replace(account, ':budget$', '') || ':' || kind, false
    from account, unnest(array['receivable', 'repaid']) as kind where account like '%:budget';
  create table bank_answer_line (
    answer_number text not null references bank_answer,
    line integer not null,
    instruction_id uuid not null references instruction,
    amount_fen bigint not null check (amount_fen > 0),
    is_paid boolean not null,
    bank_reference text not null,
    paid_on date not null,
    primary key (answer_number, line),
    unique (instruction_id)
  );
  create trigger bank_answer_line_append_only
    before update or delete or truncate on bank_answer_line
    for each statement execute function refuse_change();`;

/** Lines of answers taken before they were kept, from what they did. */
const earlierAnswers = sql`
  select set_config('jishi.desk', 'on', true);
  insert into bank_answer_line
    (answer_number, line, instruction_id, amount_fen, is_paid, bank_reference, paid_on)
  select a.answer_number, row_number() over (partition by a.answer_number order by i.position)::int,
    i.instruction_id, i.amount_fen, i.status = 'paid', coalesce(i.bank_reference, ''),
    coalesce(i.paid_on, (a.taken_at at time zone 'Asia/Shanghai')::date)
  from instruction i
  join lateral (select * from bank_answer a where a.batch_id = i.batch_id
    order by taken_at desc limit 1) a on true
  where i.status in ('paid', 'failed');
  select set_config('jishi.desk', '', true);`;

const grants = sql`
  do $$
  declare app text := current_database() || '_app';
  begin
    if exists (select from pg_roles where rolname = app) then
      execute format('grant select, insert on contract_change, reassessment, clawback, repayment,
                      bank_answer_line to %I', app);
      execute format('grant select on contract_now, receipt_now to %I', app);
      execute format('grant update on clawback to %I', app);
      execute format('grant update (released_seq) on case_line to %I', app);
    end if;
  end $$;`;

export const clawback20261123: Migration = {
  up: async (db: Kysely<unknown>) => {
    const parts = [changes, cases, parties, claims, duties, books, earlierAnswers, grants];
    for (const part of parts) await part.execute(db);
  },
};
