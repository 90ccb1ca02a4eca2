import type pg from 'pg';

export interface TableColumns {
  readonly name: string;
  /** Without generated ones, which the database makes anew. */
  readonly columns: readonly string[];
}

/** Every table of a service with its stored columns; kysely's own are made by the migrations. */
export const columnsOf = async (client: pg.ClientBase): Promise<TableColumns[]> => {
  const { rows } = await client.query<TableColumns>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and c.relname not like 'kysely\\_%'
     group by c.relname order by c.relname`,
  );
  return rows;
};
