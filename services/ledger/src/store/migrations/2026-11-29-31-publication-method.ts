import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Publications of the index family beside those of version 0.1, which stay as they were said and
 * are not mixed with them. Frozen.
 */
const changes = `
-- What had been prepared by the old method cannot be published any more.
update publication set status = 'withdrawn', decided_at = now(),
  reason = '指数方法已更换 · the index method was replaced'
where status = 'prepared';

-- The default is for what is there already; whoever writes says which method it is.
alter table publication add column method_version text not null default '0.1';
alter table publication alter column method_version drop default;

-- Vintages of the family start at 1 in a month of which version 0.1 had published some.
drop index publication_vintage;
create unique index publication_vintage on publication (period, vintage, (method_version = '0.1'))
  where status = 'published';

create or replace function publication_kept() returns trigger language plpgsql as $$
begin
  if old.status <> 'prepared' then
    raise exception 'publication % is %', old.publication_id, old.status;
  end if;
  if (old.period, old.vintage, old.head_seq, old.parameter_hash, old.content_hash, old.content,
      old.prepared_by, old.prepared_org, old.prepared_at, old.expires_at, old.method_version)
    is distinct from
     (new.period, new.vintage, new.head_seq, new.parameter_hash, new.content_hash, new.content,
      new.prepared_by, new.prepared_org, new.prepared_at, new.expires_at, new.method_version) then
    raise exception 'publication %: what was prepared does not change', old.publication_id;
  end if;
  return new;
end $$;
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(changes).execute(db);
  },
};
