import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Two ways in instead of ledger_append: one for a batch and one for a command alone, both cheaper.
 * Frozen: never edited.
 */

/**
 * Names are looked up, never sorted for people: bytes compare at a fraction of the cost of a
 * language's order, and an index is compared some twenty times for each row. A check of a table is
 * read anew from its text by each statement, and the patterns of stream and type cost more than the
 * rest of the row: the writer checks them in full, and the functions, which alone write, what could
 * break the text of an envelope.
 */
const tables = `
alter table log
  alter column stream type text collate "C",
  alter column command_org type text collate "C",
  drop constraint log_stream_check,
  drop constraint log_type_check;
alter table private_part drop constraint private_part_salt_check;
alter table log_head drop constraint log_head_only_row_check;
alter table claim
  alter column kind type text collate "C",
  alter column key type text collate "C";
drop function ledger_append;
-- Declared stable, as convert_to is: only then the planner puts it in its place without a call.
create or replace function ledger_leaf(envelope text) returns bytea
language sql stable parallel safe as $$
  select sha256('\\x00'::bytea || convert_to(envelope, 'UTF8'))
$$;
`;

/**
 * c_…: one entry per command; e_…: one per event, in order, naming its command by position from 1;
 * k_…: one per claimed key; e_clock may be empty. c_expected: a version, -1 for no check, -2 for
 * «must exist». The head row is locked by the first statement, so the NEXT one has a snapshot in
 * which every earlier append is visible: that is why this is plpgsql, volatile, READ COMMITTED.
 * A generic plan by index alone is right for an empty table and for a full one.
 *
 * Answers a row for command 0 with the sequence before the batch, and one for each command that was
 * not simply written at the version it expected. In a batch of such commands alone one look tells.
 */
const batchFunction = `
create function ledger_append_batch(
  c_org text[], c_id uuid[], c_hash bytea[], c_stream text[], c_expected bigint[],
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
  commands integer := cardinality(c_id);
  events integer := cardinality(e_id);
  -- Of each event to write its place among the arguments; null when all are written.
  places integer[];
  -- Of each command the version before it.
  bases bigint[] := c_expected;
  ats timestamptz[];
  outcomes text[];
  names text;
begin
  names := array_to_string(c_stream || e_type, '');
  if names ~ '["\\\\[:cntrl:]]' then
    raise exception 'a name that would break the envelope' using errcode = 'JL003';
  end if;
  select h.seq, h.recorded_at into strict head, last_at from log_head h for update;
  now_at := date_trunc('milliseconds', greatest(last_at, now_at));

  if exists (
    select from generate_series(1, commands) i
    where c_expected[i] <> coalesce(
        (select l.version from log l where l.stream = c_stream[i] order by l.version desc limit 1), 0)
      or (select l.seq from log l where l.command_org = c_org[i] and l.command_id = c_id[i]
        order by l.command_part limit 1) is not null
  ) or exists (
    select from generate_series(1, cardinality(k_key)) i
    where c_stream[k_command[i]] <> (
      select k.stream from claim k where k.kind = k_kind[i] and k.key = k_key[i])
  ) then
    <<verdict>>
    declare
      c record;
    begin
      places := '{}';
      bases := '{}';
      for c in
        select i, done.command_hash, done.seq, done.version, done.command_part,
          coalesce(now.version, 0) as current,
          (select min(k_kind[j]) from generate_series(1, cardinality(k_key)) j
            where k_command[j] = i and c_stream[i] <> (
              select k.stream from claim k where k.kind = k_kind[j] and k.key = k_key[j])) as kind
        from generate_series(1, commands) i
        left join lateral (
          select l.command_hash, l.seq, l.version, l.command_part from log l
          where l.command_org = c_org[i] and l.command_id = c_id[i]
          order by l.command_part desc limit 1
        ) done on true
        left join lateral (
          select l.version from log l where l.stream = c_stream[i] order by l.version desc limit 1
        ) now on true
      loop
        bases[c.i] := c.current;
        outcomes[c.i] := case
          when c.command_hash = c_hash[c.i] then 'replayed'
          when c.command_hash is not null then 'key-reused'
          when c_expected[c.i] >= 0 and c_expected[c.i] <> c.current then 'conflict'
          when c_expected[c.i] = -2 and c.current = 0 then 'conflict'
          when c.kind is not null then 'claimed'
          else 'ok'
        end;
        if outcomes[c.i] <> 'ok' or c_expected[c.i] < 0 then
          command := c.i;
          outcome := outcomes[c.i];
          first_seq := case when outcome = 'replayed' then c.seq - c.command_part + 1 end;
          last_seq := case when outcome = 'replayed' then c.seq end;
          version := case when outcome = 'replayed' then c.version else c.current end;
          claimed := case when outcome = 'claimed' then c.kind end;
          return next;
        end if;
      end loop;
      places := array(select i from generate_series(1, events) i
        where outcomes[e_command[i]] = 'ok' order by i);
      events := cardinality(places);
    end;
  end if;

  command := 0;
  outcome := 'head';
  first_seq := head;
  last_seq := null;
  version := null;
  claimed := null;
  return next;
  if events = 0 then
    return;
  end if;

  if cardinality(e_clock) > 0 then
    ats := array(select date_trunc('milliseconds', greatest(last_at,
        max(coalesce(e_clock[coalesce(places[p], p)], now_at)) over (order by p)))
      from generate_series(1, events) p order by p);
  end if;

  -- First, so that the triggers of the log's rows find the private parts that belong to them.
  insert into private_part
  select head + b.p, e_salt[b.i], e_private[b.i]
  from (
    select p, coalesce(places[p], p) as i from generate_series(1, events) p offset 0
  ) b where e_private[b.i] is not null;

  insert into log
  select w.seq, c_stream[w.c], w.version, c_org[w.c], c_id[w.c], e_part[w.i], c_hash[w.c],
    e_type[w.i], w.envelope, ledger_leaf(w.envelope), w.at
  from (
    select a.i, a.c, a.seq, a.version, a.at,
      ledger_envelope(a.seq, a.at, c_stream[a.c], a.version, e_type[a.i], e_schema[a.i], e_id[a.i],
        e_actor[a.i], e_data[a.i], case when e_private[a.i] is not null
          then sha256(e_salt[a.i] || convert_to(e_private[a.i], 'UTF8')) end) as envelope
    from (
      select b.i, e_command[b.i] as c, head + b.p as seq, bases[e_command[b.i]] + e_part[b.i] as version,
        coalesce(ats[b.p], now_at) as at
      from (
        select p, coalesce(places[p], p) as i from generate_series(1, events) p offset 0
      ) b offset 0
    ) a
    offset 0
  ) w;

  if cardinality(k_key) > 0 then
    insert into claim
    select distinct k_kind[i], k_key[i], c_stream[k_command[i]]
    from generate_series(1, cardinality(k_key)) i
    where (outcomes is null or outcomes[k_command[i]] = 'ok')
      and (select k.stream from claim k where k.kind = k_kind[i] and k.key = k_key[i]) is null;
  end if;

  update log_head h set seq = head + events, recorded_at = coalesce(ats[events], now_at);
  perform pg_notify('ledger_log', '');
end $$;
`;

/**
 * One command of one event without claims, the usual one when nobody else writes. That the version
 * is there is all it looks for: a later version of the stream, or the same command before, fails a
 * unique index. Either way nothing was done, and the caller takes the batch, which says what it is:
 * null when the version is not there.
 */
const oneFunction = `
create function ledger_append_one(
  c_org text, c_id uuid, c_hash bytea, c_stream text, c_expected bigint, e_type text,
  e_schema integer, e_id uuid, e_actor text, e_data text, e_salt bytea, e_private text,
  e_clock timestamptz
) returns bigint language plpgsql volatile security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  place bigint;
begin
  if c_stream || e_type ~ '["\\\\[:cntrl:]]' then
    raise exception 'a name that would break the envelope' using errcode = 'JL003';
  end if;
  with placed as (
    update log_head h set seq = h.seq + 1, recorded_at = date_trunc('milliseconds',
      greatest(h.recorded_at, coalesce(e_clock, clock_timestamp())))
    where c_expected = 0 or (
      select l.seq from log l where l.stream = c_stream and l.version = c_expected limit 1
    ) is not null
    returning h.seq, h.recorded_at as at
  ), hidden as (
    insert into private_part
    select p.seq, e_salt, e_private from placed p where e_private is not null
  ), written as (
    insert into log
    select w.seq, c_stream, c_expected + 1, c_org, c_id, 1, c_hash, e_type, w.envelope,
      ledger_leaf(w.envelope), w.at
    from (
      select p.seq, p.at, ledger_envelope(p.seq, p.at, c_stream, c_expected + 1, e_type, e_schema,
        e_id, e_actor, e_data, case when e_private is not null
          then sha256(e_salt || convert_to(e_private, 'UTF8')) end) as envelope
      from placed p
      offset 0
    ) w
    returning log.seq, pg_notify('ledger_log', '')
  )
  select w.seq into place from written w;
  return place;
end $$;
`;

/** As before, and it checks the names as the other two do. */
const bulkFunction = `
create or replace function ledger_append_bulk(
  b_org text[], b_id uuid[], b_part integer[], b_hash bytea[], b_stream text[], b_version bigint[],
  b_type text[], b_schema integer[], b_event uuid[], b_actor text[], b_data text[], b_salt bytea[],
  b_private text[], b_clock timestamptz[], k_stream text[], k_kind text[], k_key text[]
) returns table (outcome text, first_seq bigint, last_seq bigint)
language plpgsql volatile security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  head bigint;
  last_at timestamptz;
  now_at timestamptz := clock_timestamp();
  there bigint;
  first_there bigint;
  last_there bigint;
  names text;
begin
  names := array_to_string(b_stream || b_type, '');
  if names ~ '["\\\\[:cntrl:]]' then
    raise exception 'a name that would break the envelope' using errcode = 'JL003';
  end if;
  select h.seq, h.recorded_at into strict head, last_at from log_head h for update;

  select count(*), min(l.seq), max(l.seq) into there, first_there, last_there
  from unnest(b_org, b_id, b_part, b_hash) as b(org, id, part, hash),
    lateral (select l.seq, l.command_hash from log l where l.command_org = b.org
      and l.command_id = b.id and l.command_part = b.part limit 1) l
  where l.command_hash = b.hash;
  if there = cardinality(b_id) and there > 0 then
    return query select 'replayed'::text, first_there, last_there;
    return;
  end if;

  if exists (
    select from (
      select b.stream, b.version - row_number() over (partition by b.stream order by b.i) as before
      from unnest(b_stream, b_version) with ordinality as b(stream, version, i)
    ) b
    left join lateral (
      select l.version from log l where l.stream = b.stream order by l.version desc limit 1
    ) now on true
    where b.before <> coalesce(now.version, 0)
  ) then
    raise exception 'a stream version does not follow' using errcode = 'JL001';
  end if;

  with placed as materialized (
    select head + row_number() over (order by b.i) as seq,
      date_trunc('milliseconds', greatest(last_at, max(coalesce(b.clock, now_at))
        over (order by b.i rows unbounded preceding))) as at,
      b.*,
      case when b.private is not null
        then sha256(b.salt || convert_to(b.private, 'UTF8')) end as commitment
    from unnest(b_org, b_id, b_part, b_hash, b_stream, b_version, b_type, b_schema, b_event,
      b_actor, b_data, b_salt, b_private, b_clock) with ordinality
      as b(org, command_id, part, hash, stream, version, type, schema, id, actor, data, salt,
        private, clock, i)
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
    select distinct k.kind, k.key, k.stream from unnest(k_stream, k_kind, k_key) as k(stream, kind, key)
    left join lateral (
      select c.stream from claim c where c.kind = k.kind and c.key = k.key limit 1
    ) there on true
    where there.stream is distinct from k.stream
  )
  update log_head h set seq = last.seq, recorded_at = last.at
  from (select p.seq, p.at from placed p order by p.seq desc limit 1) last;
  perform pg_notify('ledger_log', '');
  return query select 'ok'::text, head + 1, head + cardinality(b_id);
end $$;
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  revoke all on function ledger_append_batch, ledger_append_one from public;
  if exists (select from pg_roles where rolname = app) then
    execute format('grant execute on function ledger_append_batch, ledger_append_one to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    for (const text of [tables, batchFunction, oneFunction, bulkFunction, grants]) {
      await sql.raw(text).execute(db);
    }
  },
};
