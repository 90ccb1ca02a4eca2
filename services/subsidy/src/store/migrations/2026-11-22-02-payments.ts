import { type Kysely, type Migration, sql } from 'kysely';

/** Double entry: every entry sums to zero at commit, postings are never changed. */
const books = sql`
  create table account (
    account text primary key,
    is_source boolean not null,
    balance_fen bigint not null default 0,
    constraint account_not_overdrawn check (is_source or balance_fen >= 0)
  );
  create table journal (
    entry_id uuid primary key,
    kind text not null check (kind in ('open-budget', 'commit', 'instruct', 'pay', 'fail')),
    reference uuid not null,
    posted_at timestamptz not null,
    unique (kind, reference)
  );
  -- An instruction is answered once: paid or failed.
  create unique index journal_one_answer on journal (reference) where kind in ('pay', 'fail');
  create table posting (
    entry_id uuid not null references journal,
    account text not null references account,
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (entry_id, account)
  );
  create index posting_account on posting (account);
  -- As its owner: the serving role may post, and cannot write a balance itself.
  create function post_to_account() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  begin
    update account set balance_fen = balance_fen + new.amount_fen where account = new.account;
    return new;
  end $$;
  create trigger posting_balance after insert on posting
    for each row execute function post_to_account();
  create function refuse_unbalanced() returns trigger language plpgsql as $$
  begin
    if (select coalesce(sum(amount_fen), 1) from posting where entry_id = new.entry_id) <> 0 then
      raise exception 'entry % does not balance', new.entry_id using errcode = 'check_violation';
    end if;
    return null;
  end $$;
  create constraint trigger journal_balanced after insert on journal
    deferrable initially deferred for each row execute function refuse_unbalanced();
  create constraint trigger posting_balanced after insert on posting
    deferrable initially deferred for each row execute function refuse_unbalanced();
  create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change();
  create trigger posting_append_only before update or delete or truncate on posting
    for each statement execute function refuse_change();`;

const payments = sql`
  create table payee_account (
    account_id uuid primary key,
    party_id uuid not null,
    account_ending text not null,
    -- Name, bank and number, AES-256-GCM under the key named; never in clear here.
    sealed bytea not null,
    key_id text not null,
    effective_from timestamptz not null,
    registered_by uuid not null,
    registered_at timestamptz not null
  );
  create index payee_account_party on payee_account (party_id, effective_from);
  create table batch (
    batch_id uuid primary key,
    status text not null check (status in ('prepared', 'approved', 'settled', 'cancelled')),
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
    file_sealed bytea not null,
    key_id text not null,
    constraint approver_is_not_maker check (approved_by <> created_by)
  );
  create table instruction (
    instruction_id uuid primary key,
    batch_id uuid not null references batch,
    position integer not null,
    case_id uuid not null references subsidy_case,
    decision_id uuid not null references decision,
    party_id uuid not null,
    payee_name text not null,
    account_ending text not null,
    amount_fen bigint not null check (amount_fen > 0),
    reference text not null,
    status text not null check (status in ('prepared', 'sent', 'paid', 'failed', 'cancelled')),
    bank_reference text,
    paid_on date,
    unique (batch_id, position)
  );
  -- An award has at most one instruction that is under way or paid.
  create unique index instruction_one_live on instruction (decision_id)
    where status in ('prepared', 'sent', 'paid');
  create index instruction_case on instruction (case_id);
  create table bank_answer (
    answer_number text primary key,
    batch_id uuid not null references batch,
    content_hash text not null,
    taken_at timestamptz not null
  );`;

/** Nobody pays what they decided: refused again here, under plain SQL. */
const duties = sql`
  create function refuse_payer(batch uuid, payer uuid) returns void language plpgsql as $$
  begin
    if exists (select from instruction i join decision d using (decision_id)
               where i.batch_id = batch and payer in (d.decided_by, d.approved_by)) then
      raise exception 'duties not separated: a case of the batch was decided by the same person'
        using errcode = 'check_violation';
    end if;
  end $$;
  create function refuse_batch_approver() returns trigger language plpgsql as $$
  begin
    if new.approved_by is not null then perform refuse_payer(new.batch_id, new.approved_by); end if;
    return new;
  end $$;
  create trigger batch_duties before update on batch
    for each row execute function refuse_batch_approver();
  create function refuse_batch_maker() returns trigger language plpgsql as $$
  begin
    perform refuse_payer(new.batch_id, (select created_by from batch where batch_id = new.batch_id));
    return null;
  end $$;
  create trigger instruction_duties after insert on instruction
    for each row execute function refuse_batch_maker();`;

/** The serving role gets what it needs: no delete anywhere, no update where rows are final. */
const grants = sql`
  do $$
  declare app text := current_database() || '_app';
  begin
    if exists (select from pg_roles where rolname = app) then
      execute format('grant select, insert on all tables in schema public to %I', app);
      execute format('grant update on feed_cursor, subsidy_case, cap_usage, decision, batch,
                      instruction to %I', app);
      execute format('grant usage on all sequences in schema public to %I', app);
    end if;
  end $$;`;

export const payments20261122: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const part of [books, payments, duties, grants]) await part.execute(db);
  },
};
