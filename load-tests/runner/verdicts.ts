import type { Summary } from './run-k6.ts';
import type { Delays } from './timed-screens.ts';

export interface Verdict {
  readonly metric: string;
  readonly threshold: string;
  readonly ok: boolean;
  readonly value: string;
}

export const round = (value: number | undefined): string =>
  value === undefined ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(1);

/** `p(99)<100` → the measured p(99); a share in percent. */
const measuredOf = (values: Readonly<Record<string, number>>, threshold: string): string => {
  const key = /^[\w()]+/.exec(threshold)?.[0] ?? '';
  const value = values[key];
  return key === 'rate' ? `${((value ?? 0) * 100).toFixed(2)} %` : round(value);
};

const k6Verdicts = ({ metrics }: Summary): Verdict[] =>
  Object.entries(metrics).flatMap(([metric, { type, values, thresholds = {} }]) =>
    Object.entries(thresholds).map(([threshold, { ok }]) => {
      // To k6 a threshold of what never happened holds; it says nothing, and is not kept.
      const isEmpty = type === 'trend' && values.count === 0;
      const value = isEmpty ? '没有数据 nothing measured' : measuredOf(values, threshold);
      return { metric, threshold, ok: ok && !isEmpty, value };
    }),
  );

/** Live screens at most two seconds behind. */
const BEHIND_MAX_MS = 2_000;

const screensVerdict = ({ count, p99 }: Delays): Verdict => ({
  metric: 'log to screen',
  threshold: `p(99)<${BEHIND_MAX_MS}`,
  ok: count > 0 && p99 < BEHIND_MAX_MS,
  value: round(p99),
});

export const verdictsOf = ({
  summary,
  delays,
}: {
  readonly summary: Summary;
  readonly delays: Delays | null;
}): Verdict[] => [...k6Verdicts(summary), ...(delays ? [screensVerdict(delays)] : [])];
