import { type Kysely, type Migration, sql } from 'kysely';

/** The log, what belongs to it, and the way to write to it. Frozen: never edited. */

const tables = `
create table log_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  recorded_at timestamptz
);
insert into log_head (seq) values (0);

-- envelope is the hashed text itself; the columns before it repeat what is needed to find it.
create table log (
  seq bigint primary key,
  stream text not null check (stream ~ '^[a-z]+(-[0-9a-f-]{36})?$'),
  version bigint not null,
  command_org text not null,
  command_id uuid not null,
  command_part integer not null,
  command_hash bytea not null,
  type text not null check (type ~ '^[A-Za-z]+$'),
  envelope text not null,
  leaf bytea not null,
  recorded_at timestamptz not null,
  unique (stream, version),
  unique (command_org, command_id, command_part)
);

-- Erasing a person deletes a row here; the log keeps the commitment and every proof.
create table private_part (
  seq bigint primary key,
  salt bytea not null check (octet_length(salt) = 32),
  body text not null
);

-- What may exist once over all streams: claimed inside the append, never released.
create table claim (
  kind text not null,
  key text not null,
  stream text not null,
  primary key (kind, key)
);

create table registration_counter (
  point text not null,
  year integer not null,
  last integer not null check (last between 0 and 999999),
  primary key (point, year)
);

create table consumer_cursor (
  name text primary key,
  seq bigint not null check (seq >= 0)
);
`;

/** Keys in the order of contracts/ledger/envelope.ts; actor and data byte for byte as given. */
const envelopeFunction = `
create function ledger_envelope(
  seq bigint, recorded_at timestamptz, stream text, version bigint, type text, schema integer,
  id uuid, actor text, data text, commitment bytea
) returns text language sql stable parallel safe as $$
  select '{"seq":' || seq
    || ',"recordedAt":"'
    || to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","stream":"' || stream
    || '","version":' || version
    || ',"type":"' || type
    || '","schema":' || schema
    || ',"id":"' || id
    || '","actor":' || actor
    || ',"data":' || data
    || ',"commit":' || coalesce('"' || encode(commitment, 'hex') || '"', 'null')
    || '}'
$$;
create function ledger_leaf(envelope text) returns bytea
language sql immutable parallel safe as $$
  select sha256('\\x00'::bytea || convert_to(envelope, 'UTF8'))
$$;
`;

/**
 * c_…: one entry per command; e_…: one per event, in order, naming its command by position (from
 * 1); k_…: one per claimed key. c_expected: a version, -1 for no check, -2 for «must exist».
 * The head row is locked by the first statement, so the NEXT one has a snapshot in which every
 * earlier append is visible: that is why this is plpgsql, volatile, and READ COMMITTED.
 * Planning costs more than running, and a plan made while the table was empty would scan it for
 * ever: so one generic plan, by index alone (LATERAL … LIMIT 1 keeps the look-ups nested).
 */
const appendFunction = `
create function ledger_append(
  c_org text[], c_id uuid[], c_hash bytea[], c_stream text[], c_expected bigint[], c_count integer[],
  e_command integer[], e_part integer[], e_type text[], e_schema integer[], e_id uuid[],
  e_actor text[], e_data text[], e_salt bytea[], e_private text[], e_clock timestamptz[],
  k_command integer[], k_kind text[], k_key text[]
) returns table (
  command integer, outcome text, first_seq bigint, last_seq bigint, version bigint, claimed text
) language plpgsql volatile security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  head bigint;
  last_at timestamptz;
  now_at timestamptz := clock_timestamp();
  outcomes text[];
  currents bigint[];
  first_seqs bigint[];
  last_seqs bigint[];
  kinds text[];
begin
  select h.seq, h.recorded_at into strict head, last_at from log_head h for update;

  with taken as materialized (
    select k.command, min(k.kind) as kind
    from unnest(k_command, k_kind, k_key) as k(command, kind, key),
      lateral (select c.stream from claim c where c.kind = k.kind and c.key = k.key limit 1) held
    where held.stream <> c_stream[k.command]
    group by k.command
  ), verdict as (
    select c.i,
      case
        when done.command_hash = c.hash then 'replayed'
        when done.command_hash is not null then 'key-reused'
        when c.expected >= 0 and c.expected <> coalesce(now.version, 0) then 'conflict'
        when c.expected = -2 and now.version is null then 'conflict'
        when taken.kind is not null then 'claimed'
        else 'ok'
      end as outcome,
      coalesce(now.version, 0) as current,
      done.seq - done.command_part + 1 as first_seq, done.seq as last_seq,
      done.version as done_version, taken.kind
    from unnest(c_org, c_id, c_hash, c_stream, c_expected)
      with ordinality as c(org, id, hash, stream, expected, i)
    left join lateral (
      select l.command_hash, l.seq, l.version, l.command_part from log l
      where l.command_org = c.org and l.command_id = c.id
      order by l.command_part desc limit 1
    ) done on true
    left join lateral (
      select l.version from log l where l.stream = c.stream order by l.version desc limit 1
    ) now on true
    left join taken on taken.command = c.i
  )
  select array_agg(v.outcome order by v.i),
    array_agg(case when v.outcome = 'replayed' then v.done_version else v.current end order by v.i),
    array_agg(v.first_seq order by v.i), array_agg(v.last_seq order by v.i),
    array_agg(v.kind order by v.i)
  into outcomes, currents, first_seqs, last_seqs, kinds
  from verdict v;

  if 'ok' = any(outcomes) then
    with placed as materialized (
      select head + row_number() over (order by e.i) as seq,
        date_trunc('milliseconds', greatest(last_at, max(coalesce(e.clock, now_at))
          over (order by e.i rows unbounded preceding))) as at,
        c_stream[e.command] as stream, currents[e.command] + e.part as version,
        c_org[e.command] as org, c_id[e.command] as command_id, c_hash[e.command] as hash, e.part,
        e.type, e.schema, e.id, e.actor, e.data, e.salt, e.private,
        case when e.private is not null
          then sha256(e.salt || convert_to(e.private, 'UTF8')) end as commitment
      from unnest(e_command, e_part, e_type, e_schema, e_id, e_actor, e_data, e_salt, e_private,
        e_clock) with ordinality
        as e(command, part, type, schema, id, actor, data, salt, private, clock, i)
      where outcomes[e.command] = 'ok'
    ), worded as materialized (
      select p.*, ledger_envelope(p.seq, p.at, p.stream, p.version, p.type, p.schema, p.id,
        p.actor, p.data, p.commitment) as envelope
      from placed p
    ), written as (
      insert into log
      select w.seq, w.stream, w.version, w.org, w.command_id, w.part, w.hash, w.type, w.envelope,
        ledger_leaf(w.envelope), w.at
      from worded w order by w.seq
    ), hidden as (
      insert into private_part select w.seq, w.salt, w.private
      from worded w where w.private is not null
    ), held as (
      insert into claim
      select distinct k.kind, k.key, c_stream[k.command]
      from unnest(k_command, k_kind, k_key) as k(command, kind, key)
      left join lateral (
        select true as is from claim c where c.kind = k.kind and c.key = k.key limit 1
      ) there on true
      where outcomes[k.command] = 'ok' and there.is is null
    )
    update log_head h set seq = last.seq, recorded_at = last.at
    from (select p.seq, p.at from placed p order by p.seq desc limit 1) last;
    perform pg_notify('ledger_log', '');
  end if;

  return query
  select v.i::integer, v.outcome,
    case v.outcome when 'ok' then head + v.before - v.n + 1 when 'replayed' then first_seqs[v.i] end,
    case v.outcome when 'ok' then head + v.before when 'replayed' then last_seqs[v.i] end,
    case v.outcome when 'ok' then currents[v.i] + v.n else currents[v.i] end,
    kinds[v.i]
  from (
    select o.i, o.outcome, o.n::bigint as n,
      sum(case when o.outcome = 'ok' then o.n else 0 end) over (order by o.i)::bigint as before
    from unnest(outcomes, c_count) with ordinality as o(outcome, n, i)
  ) v order by v.i;
end $$;
`;

/** The serving role reads, and writes to the log through the functions alone. */
const grants = `
do $$
declare app text := current_database() || '_app';
begin
  revoke all on function ledger_append from public;
  if exists (select from pg_roles where rolname = app) then
    execute format('grant usage on schema public to %I', app);
    execute format('grant select on log_head, log, private_part, claim to %I', app);
    execute format('grant select, insert, update on registration_counter, consumer_cursor to %I', app);
    execute format('grant execute on function ledger_append to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const text of [tables, envelopeFunction, appendFunction, grants]) {
      await sql.raw(text).execute(db);
    }
  },
};
