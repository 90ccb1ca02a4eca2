import type { LiveHeartbeat, LiveSnapshot } from '@jishi/contracts/ledger/live';

/** From a heartbeat: whether the numbers keep up with the log, and where the log is. */
export interface Pulse {
  readonly status: LiveHeartbeat['status'];
  readonly headSeq: number | null;
}

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

/** A heartbeat that cannot be read still proves life; it claims nothing more. */
export const parsePulse = (text: string): Pulse => {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return { status: 'live', headSeq: null };
    const { status, head } = value;
    const seq = isRecord(head) ? head.seq : null;
    return {
      status: status === 'behind' || status === 'broken' ? status : 'live',
      headSeq: typeof seq === 'number' ? seq : null,
    };
  } catch {
    return { status: 'live', headSeq: null };
  }
};
