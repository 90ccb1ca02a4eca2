import type { LocalDate } from '@jishi/contracts/time';
import { appendBulk, BULK_EVENTS_MAX, type BulkEvent } from '@jishi/ledger/store/log/bulk';
import { StartRefused } from '@jishi/runtime/config';
import type pg from 'pg';
import { historyName, type Plan, planOf, playHistory, SEED_POINT } from './history.ts';

interface FirstEvent {
  readonly data: { readonly kind: string };
}

const refuse = (zh: string, en: string): never => {
  throw new StartRefused(`${zh} · ${en}`);
};

/** One line, unless the log is there and synthetic: a real log never takes made-up contracts. */
export const requireSyntheticLog = async (pool: pg.Pool): Promise<void> => {
  const found = await pool
    .query<{ envelope: string }>('select envelope from log where seq = 1')
    .catch(() =>
      refuse('账本数据库未就绪,请先运行 start', 'no ledger database here: run start first'),
    );
  const first = found.rows[0];
  if (!first)
    return refuse('账本尚未打开,请先运行 start', 'the log is not open yet: run start first');
  const { kind } = (JSON.parse(first.envelope) as FirstEvent).data;
  if (kind !== 'synthetic') {
    refuse('真实账本不接受合成数据', 'the log is real: it takes no synthetic data, ever');
  }
};

/** A history of this shape that an earlier run has begun, whatever its last day. */
export const begunPlan = async (
  pool: pg.Pool,
  shape: Omit<Plan, 'until'>,
): Promise<Plan | undefined> => {
  const { rows } = await pool.query<{ name: string }>(
    `select command_org as name from log where starts_with(command_org, $1) order by seq limit 1`,
    [historyName({ ...shape, until: '' })],
  );
  return rows[0] && planOf(rows[0].name);
};

/** The last registration number at the seeded point that OTHER histories took, by year. */
const serialsTaken = async (pool: pg.Pool, name: string): Promise<Map<number, number>> => {
  const { rows } = await pool.query<{ year: string; last: string }>(
    `select left(c.key, 4) as year, max(right(c.key, 6)) as last
     from claim c join log l on l.stream = c.stream and l.type = 'ContractRegistered'
     where c.kind = 'registration-number' and substring(c.key from 5 for 6) = $1
       and l.command_org <> $2
     group by 1`,
    [SEED_POINT, name],
  );
  return new Map(rows.map(({ year, last }) => [Number(year), Number(last)]));
};

/** What a history has written so far. */
export interface Progress {
  readonly contracts: number;
  readonly events: number;
  readonly day: LocalDate;
}

export interface Written {
  readonly contracts: number;
  readonly events: number;
  /** Events that were there already: an earlier run had written them. */
  readonly replayed: number;
}

/**
 * Writes a history in batches of one transaction each, in the order of the log. Begun again after
 * a cut, it gives the same events under the same names, and what is there is passed over.
 */
export const writeHistory = async (
  pool: pg.Pool,
  plan: Plan,
  tell: (progress: Progress) => void,
): Promise<Written> => {
  const serials = await serialsTaken(pool, historyName(plan));
  let batch: BulkEvent[] = [];
  const written = { contracts: 0, events: 0, replayed: 0 };
  const flush = async (): Promise<void> => {
    const last = batch.at(-1);
    if (!last) return;
    const { outcome } = await appendBulk(pool, batch);
    written.events += batch.length;
    written.replayed += outcome === 'replayed' ? batch.length : 0;
    written.contracts += batch.filter((event) => event.type === 'ContractRegistered').length;
    const { contracts, events } = written;
    tell({ contracts, events, day: last.recordedAt?.slice(0, 10) ?? plan.until });
    batch = [];
  };
  for (const event of playHistory(plan, serials)) {
    batch.push(event);
    if (batch.length === BULK_EVENTS_MAX) await flush();
  }
  await flush();
  return written;
};
