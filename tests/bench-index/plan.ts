import type { Child } from './children.ts';
import { CONTESTANTS, type ContestantName, type Ground } from './contestant.ts';
import type { Pass } from './contestants.ts';
import type { GrowthTask } from './growth.ts';
import type { Latency, LatencyTask } from './page-latency.ts';

/** How much is measured, and how often. */
export interface Plan {
  readonly contracts: number;
  readonly runs: number;
  readonly growth: Readonly<Record<'e4' | 'e5' | 'e6', GrowthTask>>;
  readonly latency: LatencyTask;
}

const slices = { events: 4_000, slices: 5 };
export const FULL: Plan = {
  ...{ contracts: 20_000, runs: 5 },
  growth: {
    e4: { contracts: 10_000, ...slices },
    e5: { contracts: 100_000, ...slices },
    e6: { contracts: 1_000_000, ...slices },
  },
  latency: { perSecond: 200, seconds: 20 },
};
const few = { contracts: 500, events: 100, slices: 1 };
export const QUICK: Plan = {
  ...{ contracts: 300, runs: 1, growth: { e4: few, e5: few, e6: few } },
  latency: { perSecond: 20, seconds: 1 },
};

export interface Bench {
  readonly plan: Plan;
  readonly ground: Ground;
  readonly start: (role: string) => Promise<Child>;
  readonly say: (line: string) => void;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

type Rates = Record<ContestantName, number>;

/** Results that have to be the same: what is compared did the same work. */
const TWINS: readonly (readonly [ContestantName, ContestantName])[] = [
  ['rebuildFile', 'rebuildLog'],
  ['sqlGroupBy', 'duckdb'],
];

/** One pass of each after another, round by round: the machine's moods strike all of them. */
const measureRates = async ({ plan, start, say }: Bench): Promise<Rates> => {
  const rates = new Map<ContestantName, number[]>(CONTESTANTS.map((name) => [name, []]));
  const results = new Map<ContestantName, string>();
  const children = new Map<ContestantName, Child>();
  for (const name of CONTESTANTS) children.set(name, await start(name));
  // The first round compiles and connects, and is not counted.
  for (let round = 0; round <= plan.runs; round += 1) {
    for (const [name, child] of children) {
      const { rate, result } = (await child.ask('run')) as Pass;
      results.set(name, result);
      if (round > 0) rates.get(name)?.push(rate);
    }
    say(`round ${round} of ${plan.runs}`);
  }
  for (const child of children.values()) await child.end();
  for (const [a, b] of TWINS) {
    if (results.get(a) !== results.get(b)) throw new Error(`${a} and ${b} disagree`);
  }
  const medians = CONTESTANTS.map((name) => {
    const own = rates.get(name) ?? [];
    const bare = rates.get('nodeBare') ?? [];
    const ratio = median(own.map((rate, i) => rate / (bare[i] ?? rate)));
    const rate = Math.round(median(own));
    say(`${name} ${rate}/s, ${ratio.toFixed(2)} of the bare loop`);
    return [name, rate] as const;
  });
  return Object.fromEntries(medians) as Rates;
};

const measureGrowth = async ({ plan, start, say }: Bench) => {
  const micros = { e4: 0, e5: 0, e6: 0 };
  for (const label of ['e4', 'e5', 'e6'] as const) {
    const child = await start('growth');
    const own = (await child.ask(plan.growth[label])) as number[];
    await child.end();
    micros[label] = Number(median(own).toFixed(2));
    say(`one more event in ${plan.growth[label].contracts} contracts: ${micros[label]} µs`);
  }
  return micros;
};

const measureLatency = async ({ plan, start, say }: Bench): Promise<Latency> => {
  const child = await start('latency');
  const latency = (await child.ask(plan.latency)) as Latency;
  await child.end();
  say(`page: p50 ${latency.p50} ms, p99 ${latency.p99} ms`);
  return latency;
};

export const runBench = async (bench: Bench) => {
  const rates = await measureRates(bench);
  const perEventMicros = await measureGrowth(bench);
  const pageLatencyMs = await measureLatency(bench);
  return { ...rates, perEventMicros, pageLatencyMs };
};
