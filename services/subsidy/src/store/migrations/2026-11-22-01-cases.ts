import { type Kysely, type Migration, sql } from 'kysely';

/** The service's view of the ledger, its cases and decisions, and who may see a case. */
const ledgerView = sql`
  create table feed_cursor (name text primary key, seq integer not null check (seq >= 0));
  create table contract (
    contract_id uuid primary key,
    registration_number text not null unique,
    registered_on date not null,
    registered_seq integer not null,
    contract_type text not null,
    related_party boolean not null,
    subcontract boolean not null,
    title text not null,
    seller jsonb not null,
    buyer jsonb not null,
    broker jsonb,
    contract_value_fen bigint not null check (contract_value_fen >= 0),
    technology_value_fen bigint not null check (technology_value_fen >= 0)
  );
  -- People of the registration desk who handled a contract: none of them decides its subsidy.
  create table contract_officer (
    contract_id uuid not null,
    user_id uuid not null,
    primary key (contract_id, user_id)
  );
  create table receipt (
    receipt_id uuid primary key,
    contract_id uuid not null,
    amount_fen bigint not null check (amount_fen > 0),
    received_on date not null,
    verified_on date not null,
    evidence_hash text not null,
    seq integer not null
  );
  create index receipt_contract on receipt (contract_id);`;

const cases = sql`
  create table subsidy_case (
    case_id uuid primary key,
    scheme text not null,
    contract_id uuid not null references contract,
    role text not null check (role in ('seller', 'buyer', 'broker')),
    party_id uuid not null,
    year integer not null,
    span_from date,
    supplement integer not null check (supplement > 0),
    status text not null check (status in
      ('open', 'decided', 'approved', 'refused', 'batched', 'instructed', 'paid')),
    version integer not null default 1,
    opened_on date not null,
    opened_at timestamptz not null,
    unique (scheme, contract_id, role, party_id, supplement)
  );
  create index subsidy_case_status on subsidy_case (status, case_id);
  create index subsidy_case_party on subsidy_case (party_id, case_id);
  -- A receipt is a line of one case per scheme and role: it is never paid twice.
  create table case_line (
    case_id uuid not null references subsidy_case,
    receipt_id uuid not null references receipt,
    scheme text not null,
    role text not null,
    primary key (case_id, receipt_id),
    unique (scheme, role, receipt_id)
  );
  create table participant (
    case_id uuid not null references subsidy_case,
    party_id uuid not null,
    primary key (case_id, party_id)
  );
  create table cap_usage (
    scheme text not null,
    party_id uuid not null,
    role text not null,
    year integer not null,
    used_fen bigint not null default 0 check (used_fen >= 0),
    primary key (scheme, party_id, role, year)
  );
  create table decision (
    decision_id uuid primary key,
    case_id uuid not null references subsidy_case,
    content text not null,
    content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
    award_fen bigint not null check (award_fen >= 0),
    includes_assumption boolean not null,
    decided_by uuid not null,
    decided_at timestamptz not null,
    approved_by uuid,
    approved_at timestamptz,
    payable_from date,
    returned_by uuid,
    returned_at timestamptz,
    constraint approver_is_not_decider check (approved_by <> decided_by),
    constraint returner_is_not_decider check (returned_by <> decided_by),
    check (approved_by is null or returned_by is null)
  );
  create unique index decision_one_valid on decision (case_id) where returned_at is null;`;

/** Refuses the same person twice even under plain SQL: a second wall behind the domain's. */
const duties = sql`
  -- As its owner, so that row-level security cannot hide the contract from the check.
  create function refuse_desk_officer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
  declare actor uuid := coalesce(new.returned_by, new.approved_by, new.decided_by);
  begin
    if exists (select from subsidy_case c join contract_officer o using (contract_id)
               where c.case_id = new.case_id and o.user_id = actor) then
      raise exception 'duties not separated: the contract was handled by the same person'
        using errcode = 'check_violation';
    end if;
    return new;
  end $$;
  create trigger decision_duties before insert or update on decision
    for each row execute function refuse_desk_officer();`;

const trail = sql`
  create table command (
    organisation_id uuid not null,
    command_id uuid not null,
    content_hash text not null,
    subject uuid not null,
    done_at timestamptz not null,
    primary key (organisation_id, command_id)
  );
  create table audit (
    audit_id bigint generated always as identity primary key,
    at timestamptz not null,
    user_id uuid,
    organisation_id uuid,
    roles text[] not null,
    act text not null,
    subject uuid not null,
    request_id text not null,
    before jsonb not null,
    after jsonb not null,
    note text
  );
  create index audit_subject on audit (subject, audit_id);
  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
  end $$;
  create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function refuse_change();`;

/**
 * Row-level security: the connection says for whom it reads (`jishi.desk` or `jishi.party`, set
 * per transaction); a connection that says nothing sees no case at all.
 */
const security = sql`
  alter table subsidy_case enable row level security;
  alter table participant enable row level security;
  create policy participant_sight on participant using (
    current_setting('jishi.desk', true) = 'on'
    or party_id::text = current_setting('jishi.party', true));
  create policy case_sight on subsidy_case using (
    current_setting('jishi.desk', true) = 'on'
    or exists (select from participant p where p.case_id = subsidy_case.case_id
               and p.party_id::text = current_setting('jishi.party', true)));`;

export const cases20261122: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const part of [ledgerView, cases, duties, trail, security]) await part.execute(db);
  },
};
