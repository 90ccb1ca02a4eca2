import type { RivalProcess } from './children.ts';
import type { Latency, RivalName, Task } from './rival.ts';

/** How long and how often each thing is measured. */
export interface Plan {
  readonly pairs: number;
  readonly sliceMs: number;
  readonly latencyMs: number;
  readonly replayEvents: number;
  readonly growth: readonly { readonly label: string; readonly events: number }[];
}

const E4 = { label: 'e4', events: 10_000 };
const E5 = { label: 'e5', events: 100_000 };
const E6 = { label: 'e6', events: 1_000_000 };

export const FULL: Plan = {
  ...{ pairs: 5, sliceMs: 1_000, latencyMs: 10_000, replayEvents: 50_000, growth: [E4, E5, E6] },
};
export const QUICK: Plan = {
  ...{ pairs: 1, sliceMs: 300, latencyMs: 2_000, replayEvents: 5_000, growth: [E4] },
};

const CLIENTS = [1, 8, 64, 256];
const GROWTH_CLIENTS = 64;

export interface Bench {
  readonly plan: Plan;
  /** A rival with a database of its own on the one server. */
  readonly open: (name: RivalName) => Promise<RivalProcess>;
  readonly say: (line: string) => void;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

interface Contestant {
  readonly name: string;
  readonly rival: RivalProcess;
  readonly task: Task;
}

/**
 * Each contestant right after the limit, pair by pair: the machine's moods strike both. Tells the
 * medians of the rates; the ratios are of the pairs.
 */
const duel = async (
  { plan, say }: Bench,
  label: string,
  limit: Contestant,
  contestants: readonly Contestant[],
): Promise<number[]> => {
  const limits: number[] = [];
  const rates = contestants.map((): number[] => []);
  const ratios = contestants.map((): number[] => []);
  for (let pair = 0; pair < plan.pairs; pair += 1) {
    for (const [i, { rival, task }] of contestants.entries()) {
      const reference = await limit.rival.rate(limit.task);
      const own = await rival.rate(task);
      limits.push(reference);
      rates[i]?.push(own);
      ratios[i]?.push(own / reference);
    }
  }
  say(`${label}  ${limit.name} ${median(limits).toFixed(0)}/s`);
  contestants.forEach(({ name }, i) => {
    const own = ratios[i] ?? [];
    const spread = `${Math.min(...own).toFixed(2)}–${Math.max(...own).toFixed(2)}`;
    say(
      `  ${name} ${median(rates[i] ?? []).toFixed(0)}/s, ratio ${median(own).toFixed(2)} (${spread})`,
    );
  });
  return [median(limits), ...rates.map(median)].map(Math.round);
};

type Rates = Record<string, number>;

const measureAppend = async (bench: Bench, rivals: Record<RivalName, RivalProcess>) => {
  const append: Record<string, Rates> = {};
  const ms = bench.plan.sliceMs;
  // Connections, prepared statements and compiled code are there before the first slice.
  for (const rival of Object.values(rivals)) await rival.rate({ do: 'append', clients: 64, ms });
  for (const clients of CLIENTS) {
    const task: Task = { do: 'append', clients, ms };
    const [limit = 0, ours = 0, emmett = 0, messageDb = 0] = await duel(
      bench,
      `append, ${clients} clients:`,
      { name: 'limit', rival: rivals.limit, task },
      [
        { name: 'ours', rival: rivals.ours, task },
        { name: 'emmett', rival: rivals.emmett, task },
        { name: 'message-db', rival: rivals['message-db'], task },
      ],
    );
    bench.say(`  ours to emmett ${(ours / emmett).toFixed(2)}`);
    append[`c${clients}`] = { limit, ours, emmett, messageDb };
  }
  return append;
};

const measureBulk = async (bench: Bench, limit: RivalProcess, ours: RivalProcess) => {
  const task: Task = { do: 'bulk', ms: bench.plan.sliceMs };
  const [copy = 0, own = 0] = await duel(bench, 'bulk:', { name: 'copy', rival: limit, task }, [
    { name: 'ours', rival: ours, task },
  ]);
  return { copy, ours: own };
};

const measureReplay = async (bench: Bench) => {
  const [ours, emmett] = [await bench.open('ours'), await bench.open('emmett')];
  const { replayEvents: count, sliceMs: ms } = bench.plan;
  await ours.rate({ do: 'fill', count });
  await emmett.rate({ do: 'fill', count });
  const [copy = 0, own = 0, emmettRead = 0, emmettConsumer = 0] = await duel(
    bench,
    'replay:',
    { name: 'copy', rival: ours, task: { do: 'replay', way: 'copy', ms } },
    [
      { name: 'ours', rival: ours, task: { do: 'replay', way: 'ours', ms } },
      { name: 'emmett readStream', rival: emmett, task: { do: 'replay', way: 'emmett-read', ms } },
      {
        name: 'emmett consumer',
        rival: emmett,
        task: { do: 'replay', way: 'emmett-consumer', ms: 2 * ms },
      },
    ],
  );
  await ours.close();
  await emmett.close();
  return { copy, ours: own, emmettRead, emmettConsumer };
};

const measureLatency = async ({ plan, say }: Bench, ours: RivalProcess) => {
  const at = async (perSecond: number): Promise<Latency> => {
    const { p50, p99 } = await ours.latency(perSecond, plan.latencyMs);
    say(`latency at ${perSecond}/s: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
    return { p50: Number(p50.toFixed(2)), p99: Number(p99.toFixed(2)) };
  };
  return { at20: await at(20), at300: await at(300) };
};

const measureGrowth = async (bench: Bench) => {
  const growth: Record<string, Rates | null> = { e4: null, e5: null, e6: null };
  for (const { label, events } of bench.plan.growth) {
    const [limit, ours] = [await bench.open('limit'), await bench.open('ours')];
    await limit.rate({ do: 'fill', count: events });
    await ours.rate({ do: 'fill', count: events });
    const task: Task = { do: 'append', clients: GROWTH_CLIENTS, ms: bench.plan.sliceMs };
    // The first slice makes connections and plans.
    await limit.rate(task);
    await ours.rate(task);
    const [reference = 0, own = 0] = await duel(
      bench,
      `append after ${events} events:`,
      { name: 'limit', rival: limit, task },
      [{ name: 'ours', rival: ours, task }],
    );
    growth[label] = { limit: reference, ours: own };
    await limit.close();
    await ours.close();
  }
  return growth;
};

export const runBench = async (bench: Bench) => {
  const rivals = {
    limit: await bench.open('limit'),
    ours: await bench.open('ours'),
    emmett: await bench.open('emmett'),
    'message-db': await bench.open('message-db'),
  };
  const append = await measureAppend(bench, rivals);
  const bulk = await measureBulk(bench, rivals.limit, rivals.ours);
  const latencyMs = await measureLatency(bench, rivals.ours);
  for (const rival of Object.values(rivals)) await rival.close();
  const replay = await measureReplay(bench);
  const growth = await measureGrowth(bench);
  return { append, bulk, replay, latencyMs, growth };
};
