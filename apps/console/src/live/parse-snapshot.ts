import type { LiveSnapshot } from '@jishi/contracts/ledger/live';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LISTS = ['districts', 'industries', 'fields', 'feed'] as const;
const RECORDS = ['head', 'asOf', 'method', 'overall', 'gauge'] as const;

/**
 * Refuses an answer that is not a snapshot, before anything is drawn from it. The full schema is
 * checked where the answer is made; here only what drawing relies on, because the wall's page is
 * to stay small. parse-snapshot.test.ts holds it against the schema.
 */
export const parseSnapshot = (value: unknown): LiveSnapshot => {
  if (!isRecord(value)) throw new TypeError('snapshot: not an object');
  for (const key of RECORDS) {
    if (!isRecord(value[key])) throw new TypeError(`snapshot: ${key} is missing`);
  }
  for (const key of LISTS) {
    if (!Array.isArray(value[key])) throw new TypeError(`snapshot: ${key} is no list`);
  }
  const { overall, gauge, exact } = value;
  if (typeof exact !== 'boolean') throw new TypeError('snapshot: exact is missing');
  if (!isRecord(overall) || !Array.isArray(overall.series)) {
    throw new TypeError('snapshot: series is no list');
  }
  if (!isRecord(gauge) || !/^\d+$/.test(String(gauge.contractValueFen))) {
    throw new TypeError('snapshot: contract value is no amount');
  }
  return value as unknown as LiveSnapshot;
};
