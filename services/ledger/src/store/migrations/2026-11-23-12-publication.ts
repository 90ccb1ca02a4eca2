import { type Kysely, type Migration, sql } from 'kysely';

/** Published months of the index: prepared by one person, published by another. Frozen. */

const tables = `
create table publication (
  publication_id uuid primary key,
  period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  vintage integer not null check (vintage > 0),
  status text not null check (status in ('prepared', 'published', 'withdrawn')),
  head_seq bigint not null,
  head_recorded_at timestamptz not null,
  parameter_hash text not null,
  content_hash text not null,
  -- RFC 8785 form of what is published; its SHA-256 is the hash beside it.
  content text not null,
  prepared_by uuid not null,
  prepared_org uuid not null,
  prepared_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  decided_org uuid,
  decided_at timestamptz,
  reason text,
  check (status <> 'published' or (decided_by is not null and decided_by <> prepared_by)),
  check ((decided_at is null) = (status = 'prepared'))
);

-- One that waits for its second person, and one of each vintage that the public has seen.
create unique index publication_prepared on publication (period) where status = 'prepared';
create unique index publication_vintage on publication (period, vintage)
  where status = 'published';

-- What was said stays said, whoever writes: only a prepared row moves, and only its decision.
create function publication_kept() returns trigger language plpgsql as $$
begin
  if old.status <> 'prepared' then
    raise exception 'publication % is %', old.publication_id, old.status;
  end if;
  if (old.period, old.vintage, old.head_seq, old.parameter_hash, old.content_hash, old.content,
      old.prepared_by, old.prepared_org, old.prepared_at, old.expires_at)
    is distinct from
     (new.period, new.vintage, new.head_seq, new.parameter_hash, new.content_hash, new.content,
      new.prepared_by, new.prepared_org, new.prepared_at, new.expires_at) then
    raise exception 'publication %: what was prepared does not change', old.publication_id;
  end if;
  return new;
end $$;
create trigger publication_kept before update on publication
  for each row execute function publication_kept();
`;

const grants = `
do $$
declare app text := current_database() || '_app';
begin
  if exists (select from pg_roles where rolname = app) then
    execute format('grant select, insert, update on publication to %I', app);
  end if;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(tables).execute(db);
    await sql.raw(grants).execute(db);
  },
};
