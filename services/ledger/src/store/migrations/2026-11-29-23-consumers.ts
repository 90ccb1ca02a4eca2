import { type Kysely, type Migration, sql } from 'kysely';

/**
 * Which build of its read model a cursor belongs to: a rebuild counts it up, and whoever holds
 * something of the model in memory loads it again. `split` no longer depends on how the log was
 * cut into batches: it is false once a contract has left the desk. Frozen.
 */
const text = `
alter table consumer_cursor add column build integer not null default 1 check (build > 0);

update registration_view set split = false
where split and status not in ('submitted', 'returned', 'accepted', 'first-reviewed');
`;

export const migration: Migration = {
  up: async (db: Kysely<unknown>): Promise<void> => {
    await sql.raw(text).execute(db);
  },
};
