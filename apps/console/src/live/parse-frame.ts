import type { ValueLine, ValuesFrame } from '@jishi/contracts/ledger/index-family';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const VALUE = /^\d+\.\d{2}$/;

const isLine = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.series === 'string' &&
  typeof value.period === 'string' &&
  (value.value === null || VALUE.test(String(value.value)));

/** Refuses what is no list of values before anything is shown from it. */
const parseLines = (value: unknown): readonly ValueLine[] => {
  if (!isRecord(value) || !Array.isArray(value.values) || !value.values.every(isLine)) {
    throw new TypeError('values: no list of value lines');
  }
  return value.values as unknown as readonly ValueLine[];
};

/**
 * As parse-snapshot.ts: the whole schema is checked where the frame is made, here only what the
 * page relies on. parse-frame.test.ts holds it against the schema.
 */
export const parseFrame = (value: unknown): ValuesFrame => {
  if (!isRecord(value) || typeof value.seq !== 'number') throw new TypeError('frame: no sequence');
  const values = [...parseLines(value)];
  const events = Array.isArray(value.events) ? value.events.filter(Number.isInteger) : [];
  const recordedAt = typeof value.recordedAt === 'string' ? value.recordedAt : null;
  return { seq: value.seq, recordedAt, values, events };
};
