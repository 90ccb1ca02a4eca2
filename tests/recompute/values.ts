import { refuseField } from '@jishi/contracts/problem';
import { businessDay, LocalMonth } from '@jishi/contracts/time';
import type { Family } from '@jishi/ledger/domain/index/family/family-state';
import { valueLines, valuesHead } from '@jishi/ledger/domain/index/family/value-lines';

export interface Periods {
  readonly from: LocalMonth;
  readonly to: LocalMonth;
}

/** Reads `2026-01..2026-06`; refuses (`invalid-input`) anything else. */
export const readPeriods = (text: string): Periods => {
  const [from = '', to = '', ...more] = text.split('..');
  const isSpan = [from, to].every((month) => LocalMonth.safeParse(month).success) && from <= to;
  if (isSpan && more.length === 0) return { from, to };
  const [zh, en] = ['期间写作 2026-01..2026-06', 'Write periods as 2026-01..2026-06'];
  throw refuseField('invalid-input', 'periods', 'period-form', zh, en);
};

/** The base to the running month of the head. */
const allPeriods = ({ method, market }: Family): Periods => {
  const from = method.file.base.from;
  if (market.recordedAt === null) return { from, to: from };
  return { from, to: businessDay(market.recordedAt).slice(0, 7) };
};

/** One JSON line for what the values are as of, then one for each value. */
export const printValues = (
  family: Family,
  periods: Periods | null,
  sha256: (text: string) => string,
): string => {
  const { from, to } = periods ?? allPeriods(family);
  const lines = [valuesHead(family, sha256), ...valueLines(family, from, to)];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
};
