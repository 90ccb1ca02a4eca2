import type { SessionsSeen } from './database-sessions.ts';
import type { Measured } from './measure.ts';
import type { Summary } from './run-k6.ts';
import { round, verdictsOf } from './verdicts.ts';

interface Figures {
  readonly name: string;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
  readonly max: number | undefined;
  readonly count: number;
}

/** A metric whose values are shown: durations by kind of request, and our own. */
const isShown = (metric: string): boolean => /_ms$|duration\{kind/.test(metric);

/** `http_req_duration{kind:read}` → `read`. */
const shortName = (metric: string): string => /kind:([\w-]+)/.exec(metric)?.[1] ?? metric;

const figuresOf = ({ summary, delays }: Measured): Figures[] => [
  ...Object.entries(summary.metrics)
    .filter(([metric]) => isShown(metric))
    .map(([metric, { values }]) => ({
      name: shortName(metric),
      p50: values.med,
      p95: values['p(95)'],
      p99: values['p(99)'],
      max: values.max,
      count: values.count ?? 0,
    })),
  ...(delays ? [{ name: 'log to screen', ...delays }] : []),
];

const requestsPerSecond = ({ metrics }: Summary): string => round(metrics.http_reqs?.values.rate);

const tellSessions = ([name, { busyMean, busyMax, waits }]: [string, SessionsSeen]): string => {
  const waiting = Object.entries(waits).map(([wait, share]) => `${wait} ${share.toFixed(0)} %`);
  return `    ${name}: ${round(busyMean)} busy (max ${busyMax}) · ${waiting.join(', ')}`;
};

const tellCpu = ({ cpu }: Measured): string =>
  Object.entries(cpu)
    .filter(([, share]) => share >= 1)
    .sort(([, a], [, b]) => b - a)
    .map(([part, share]) => `${part} ${share.toFixed(0)} %`)
    .join(' · ');

/** Everything about one run: figures, verdicts, and what was seen of the machine. */
export const tellMeasured = (measured: Measured): string[] => {
  const { journey, rate, seconds, summary, sessions } = measured;
  const { metrics } = summary;
  const failed = (metrics.http_req_failed?.values.rate ?? 0) * 100;
  const dropped = metrics.dropped_iterations?.values.count ?? 0;
  const figures = figuresOf(measured).map(
    ({ name, p50, p95, p99, max, count }) =>
      `    ${name}: p50 ${round(p50)} · p95 ${round(p95)} · p99 ${round(p99)} · ` +
      `max ${round(max)} ms (${count})`,
  );
  const verdicts = verdictsOf(measured).map(
    ({ metric, threshold, ok, value }) => `  ${ok ? '✓' : '✗'} ${metric} ${threshold}: ${value}`,
  );
  const cpu = tellCpu(measured);
  return [
    `${journey.name} · ${rate} ${journey.unit} · ${seconds} s · ` +
      `${requestsPerSecond(summary)} requests/s · failed ${failed.toFixed(2)} % · ` +
      `turned away ${dropped}`,
    ...figures,
    ...verdicts,
    ...(cpu === '' ? [] : [`  CPU of one core: ${cpu}`]),
    ...Object.entries(sessions).map(tellSessions),
  ];
};

/** One row of a ladder's table: rate, p50/p95/p99 by kind, CPU, verdict. */
export const tellRung = (measured: Measured): string => {
  const { journey, rate, summary } = measured;
  const figures = figuresOf(measured).map(
    ({ name, p50, p95, p99 }) => `${name} ${round(p50)}/${round(p95)}/${round(p99)}`,
  );
  const broken = verdictsOf(measured).filter(({ ok }) => !ok);
  const verdict = broken.map(({ metric, threshold, value }) => `${metric} ${threshold}: ${value}`);
  return [
    `| ${rate} ${journey.unit} | ${requestsPerSecond(summary)} | ${figures.join(' · ')} `,
    `| ${tellCpu(measured)} | ${broken.length === 0 ? '✓' : `✗ ${verdict.join('; ')}`} |`,
  ].join('');
};
