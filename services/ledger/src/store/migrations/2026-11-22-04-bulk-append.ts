import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Many events in one statement, all or nothing, each with its version given: for seeding and for
 * restoring. The same bytes as ledger_append. Commands that are all there already are replayed.
 */
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
begin
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
  revoke all on function ledger_append_bulk from public;
  if exists (select from pg_roles where rolname = app) then
    execute format('grant execute on function ledger_append_bulk to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(bulkFunction).execute(db);
    await sql.raw(grants).execute(db);
  },
};
