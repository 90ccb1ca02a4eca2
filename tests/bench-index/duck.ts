import { DuckDBInstance } from '@duckdb/node-api';
import type { Contestant, Ground } from './contestant.ts';

/** The same aggregation in DuckDB on one thread, from the export. */
export const openDuckDb = async ({ file }: Ground): Promise<Contestant> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  return {
    run: async () => {
      const reader = await connection.runAndReadAll(`
        with registered as (
          select envelope -> '$.data' as data, private -> '$.facts' as facts
          from read_ndjson('${file.replaceAll("'", "''")}',
            columns = {envelope: 'VARCHAR', private: 'VARCHAR'}, maximum_object_size = 33554432)
          where envelope ->> '$.type' = 'ContractRegistered'),
        grouped as (
          select data ->> '$.sellerDistrict' as district, data ->> '$.registeredOn' as day,
            left(day, 7) as month, (facts ->> '$.technologyValueFen')::hugeint as fen
          from registered),
        summed as (select district, month, count(*), sum(fen) as fen from grouped group by 1, 2)
        select sum(fen)::varchar as total from summed`);
      return String(reader.getRows()[0]?.[0] ?? '');
    },
  };
};
