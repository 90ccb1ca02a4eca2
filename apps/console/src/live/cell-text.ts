import type { IndexPoint } from '@jishi/contracts/ledger/live';
import { shortIndex } from '../format/change.ts';
import type { Words } from '../words/zh.ts';

export interface CellText {
  readonly text: string;
  /** The full value, or why there is none. */
  readonly more: string;
  readonly defined: boolean;
}

/** A missing value is said in words with its reason, never 0 and never a blank. */
export const cellText = (point: IndexPoint | null, t: Words): CellText => {
  if (point?.value) return { text: shortIndex(point.value), more: point.value, defined: true };
  if (!point) return { text: t.notDefined, more: t.noMonthYet, defined: false };
  const more = point.reason ? t[`reason.${point.reason}`] : t.notDefined;
  return { text: point.state === 'hidden' ? t.hidden : t.notDefined, more, defined: false };
};
