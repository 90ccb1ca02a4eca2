import { openPool } from '@jishi/runtime/database';
import { linesOf } from '../recompute/file-lines.ts';
import type { Contestant, Ground } from './contestant.ts';

/** The limit of one process: each line parsed, one whole number added up, nothing computed. */
export const openNodeBare = ({ file }: Ground): Contestant => ({
  run: async () => {
    let sum = 0n;
    for (const line of linesOf(file)) {
      const { seq } = JSON.parse(line) as { seq: number };
      sum += BigInt(seq);
    }
    return `${sum}`;
  },
});

/** Far less than an index: number and sum by district and month, from the log itself. */
export const openSqlGroupBy = ({ url }: Ground): Contestant => {
  const pool = openPool({ url, poolSize: 1 });
  return {
    run: async () => {
      const { rows } = await pool.query<{ total: string }>(`
        with registered as (
          select l.envelope::json -> 'data' as data, p.body::json -> 'facts' as facts
          from log l join private_part p using (seq) where l.type = 'ContractRegistered'),
        grouped as (
          select data ->> 'sellerDistrict' as district, left(data ->> 'registeredOn', 7) as month,
            count(*), sum((facts ->> 'technologyValueFen')::numeric) as fen
          from registered group by 1, 2)
        select sum(fen)::text as total from grouped`);
      return rows[0]?.total ?? '';
    },
  };
};
