import { type Kysely, sql } from 'kysely';
import type { LogTables } from '../log/tables.ts';

/** A connection of the owner; the model's tables are named as text here, whichever they are. */
type Db = Kysely<LogTables>;

interface Made {
  readonly text: string;
}

const run = (db: Db, text: string) => sql.raw(text).execute(db);

/** Checks before keys before references, each with its own name: the switch must show no change. */
const constraintsOf = async (
  db: Db,
  schema: string,
  tables: readonly string[],
  table: string,
): Promise<string[]> => {
  const { rows } = await sql<Made>`
    select format('add constraint %I %s', conname, pg_get_constraintdef(oid)) as text
    from pg_constraint
    where conrelid = ${`public.${table}`}::regclass and contype in ('c', 'p', 'u', 'x', 'f')
    order by array_position(array['c', 'p', 'u', 'x', 'f']::"char"[], contype), conname`.execute(
    db,
  );
  // A reference within the model is one to its new table.
  return rows.map(({ text }) =>
    text.replace(/ REFERENCES (?:public\.)?(\w+)\(/, (as, name: string) =>
      tables.includes(name) ? ` REFERENCES ${schema}.${name}(` : as,
    ),
  );
};

/** Indexes that no constraint brings along, as the server itself words them, on the other table. */
const indexesOf = async (db: Db, schema: string, table: string): Promise<string[]> => {
  const { rows } = await sql<Made>`
    select replace(pg_get_indexdef(i.indexrelid), ${` ON public.${table} `},
      ${` ON ${schema}.${table} `}) as text
    from pg_index i
    where i.indrelid = ${`public.${table}`}::regclass
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid
        and c.conrelid = i.indrelid)`.execute(db);
  return rows.map(({ text }) => text);
};

const rightsOf = async (db: Db, table: string): Promise<string[]> => {
  const { rows } = await sql<Made>`
    select format('grant %s on public.%I to %s', string_agg(a.privilege_type, ', '),
      ${table}::text, case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end) as text
    from pg_class c cross join lateral aclexplode(c.relacl) a
      left join pg_roles r on r.oid = a.grantee
    where c.oid = ${`public.${table}`}::regclass and a.grantee <> c.relowner
    group by a.grantee, r.rolname
    union all
    select format('alter table public.%I owner to %I', ${table}::text, r.rolname)
    from pg_class c join pg_roles r on r.oid = c.relowner
    where c.oid = ${`public.${table}`}::regclass and r.rolname <> current_user`.execute(db);
  return rows.map(({ text }) => text);
};

/** What a switch would not carry along: triggers, policies, and references from elsewhere. */
export const hindrancesOf = async (db: Db, tables: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<Made>`
    with own as (
      select ('public.' || t)::regclass as oid from unnest(${[...tables]}::text[]) as t
    )
    select 'trigger ' || tgname as text from pg_trigger
      where tgrelid in (select oid from own) and not tgisinternal
    union all
    select 'policy ' || polname from pg_policy where polrelid in (select oid from own)
    union all
    select 'reference ' || conname from pg_constraint
      where contype = 'f' and confrelid in (select oid from own)
        and conrelid not in (select oid from own)
    order by text`.execute(db);
  return rows.map(({ text }) => text);
};

/** The tables of a model once more, empty, in a schema of their own; what was left there goes. */
export const makeSideTables = async (
  db: Db,
  schema: string,
  tables: readonly string[],
): Promise<void> => {
  await dropSideTables(db, schema);
  await run(db, `create schema ${schema}`);
  const kept = 'including defaults including generated including identity including storage';
  for (const table of tables) {
    await run(db, `create table ${schema}.${table} (like public.${table} ${kept})`);
  }
  for (const table of tables) {
    for (const text of await constraintsOf(db, schema, tables, table)) {
      await run(db, `alter table ${schema}.${table} ${text}`);
    }
    for (const text of await indexesOf(db, schema, table)) await run(db, text);
  }
};

export const dropSideTables = async (db: Db, schema: string): Promise<void> => {
  await run(db, `drop schema if exists ${schema} cascade`);
};

/** Lets the planner know how large the tables have become. */
export const analyzeSideTables = async (
  db: Db,
  schema: string,
  tables: readonly string[],
): Promise<void> => {
  for (const table of tables) await run(db, `analyze ${schema}.${table}`);
};

/** Puts the side tables in the place of the running ones, inside the caller's transaction. */
export const switchTables = async (
  db: Db,
  schema: string,
  tables: readonly string[],
): Promise<void> => {
  const old = `${schema}_old`;
  const rights = await Promise.all(tables.map((table) => rightsOf(db, table)));
  await run(db, `drop schema if exists ${old} cascade`);
  await run(db, `create schema ${old}`);
  for (const table of tables) await run(db, `alter table public.${table} set schema ${old}`);
  for (const table of tables) await run(db, `alter table ${schema}.${table} set schema public`);
  for (const text of rights.flat()) await run(db, text);
  await run(db, `drop schema ${old} cascade`);
  await run(db, `drop schema ${schema}`);
};

/** One table beside its rebuilt self. A row that differs is counted on both sides. */
export interface TableComparison {
  readonly table: string;
  readonly rows: { readonly running: number; readonly rebuilt: number };
  readonly hash: { readonly running: string; readonly rebuilt: string };
  readonly onlyIn: { readonly running: number; readonly rebuilt: number };
}

interface Measured {
  readonly rows: number;
  readonly hash: string;
}

/** Rows in any order: the sums of two independent 64-bit hashes of each row's text. */
const measure = async (db: Db, table: string): Promise<Measured> => {
  const { rows } = await sql<{ count: bigint; hash: string }>`
    select count(*) as count, coalesce(sum(hashtextextended(t::text, 1)::numeric), 0) || '.'
      || coalesce(sum(hashtextextended(t::text, 2)::numeric), 0) as hash
    from ${sql.raw(table)} t`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('an aggregate without a row');
  return { rows: Number(row.count), hash: row.hash };
};

const surplus = async (db: Db, left: string, right: string): Promise<number> => {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from (select * from ${sql.raw(left)}
      except all select * from ${sql.raw(right)}) x`.execute(db);
  return Number(rows[0]?.count ?? 0n);
};

export const compareTable = async (
  db: Db,
  schema: string,
  table: string,
): Promise<TableComparison> => {
  const [here, there] = [`public.${table}`, `${schema}.${table}`];
  const running = await measure(db, here);
  const rebuilt = await measure(db, there);
  const isEqual = running.rows === rebuilt.rows && running.hash === rebuilt.hash;
  return {
    table,
    rows: { running: running.rows, rebuilt: rebuilt.rows },
    hash: { running: running.hash, rebuilt: rebuilt.hash },
    onlyIn: {
      running: isEqual ? 0 : await surplus(db, here, there),
      rebuilt: isEqual ? 0 : await surplus(db, there, here),
    },
  };
};
