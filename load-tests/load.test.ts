import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { Id } from '@jishi/contracts/ids';
import { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ENDPOINTS } from './k6/endpoints.ts';
import { newHash, newId } from './k6/id.ts';
import { listingContent, needContent } from './k6/records.ts';
import { readEvents } from './k6/stream.ts';
import { readArguments } from './runner/arguments.ts';
import { findK6, K6_VERSION } from './runner/find-k6.ts';
import { inParallel, upTo } from './runner/in-parallel.ts';
import { JOURNEYS, stockFor } from './runner/journeys.ts';
import { verdictsOf } from './runner/verdicts.ts';

/** k6 is no package: of its modules the journeys need these while they are read. */
class Metric {}
vi.mock('k6', () => ({ check: () => true, sleep: () => {} }));
vi.mock('k6/http', () => ({ default: { expectedStatuses: () => ({}) } }));
vi.mock('k6/execution', () => ({ default: {} }));
vi.mock('k6/metrics', () => ({ Counter: Metric, Rate: Metric, Trend: Metric }));
vi.mock('k6/data', () => ({ SharedArray: class extends Array {} }));

interface JourneyFile {
  readonly options: {
    readonly scenarios?: Readonly<Record<string, { readonly exec?: string }>>;
    readonly thresholds?: Readonly<Record<string, readonly string[]>>;
  };
  readonly default?: unknown;
  readonly handleSummary?: unknown;
  readonly [name: string]: unknown;
}

const files = new Map<string, JourneyFile>();

beforeAll(async () => {
  vi.stubGlobal('__ENV', {});
  for (const { name, file } of JOURNEYS) {
    files.set(name, (await import(join(import.meta.dirname, file))) as JourneyFile);
  }
});

const journeyNames = JOURNEYS.map(({ name }) => name);

describe.each(journeyNames)('the journey %s', (name) => {
  const read = (): JourneyFile => {
    const file = files.get(name);
    if (!file) throw new Error(`no file of ${name}`);
    return file;
  };

  it('has scenarios, each with something to play', () => {
    const scenarios = Object.values(read().options.scenarios ?? {});
    expect(scenarios.length).toBeGreaterThan(0);
    for (const { exec = 'default' } of scenarios) expect(read()[exec]).toBeTypeOf('function');
  });

  it('has thresholds on answers, refusals and arrivals, and hands its result over', () => {
    const thresholds = read().options.thresholds ?? {};
    const metrics = Object.keys(thresholds);
    expect(metrics).toEqual(
      expect.arrayContaining(['http_req_failed', 'checks', 'dropped_iterations']),
    );
    expect(metrics.some((metric) => metric.startsWith('http_req_duration{kind:'))).toBe(true);
    for (const rules of Object.values(thresholds)) {
      for (const rule of rules) expect(rule).toMatch(/^(rate|count|p\(\d+\))[<>]\d+(\.\d+)?$/);
    }
    expect(read().handleSummary).toBeTypeOf('function');
  });
});

const CONTRACTS = join(import.meta.dirname, '../packages/contracts/src');

const isEndpoint = (value: unknown): value is EndpointSpec =>
  typeof value === 'object' && value !== null && 'service' in value && 'access' in value;

/** Every endpoint that the contracts export, by itself or in a list, whichever file it is in. */
const readEndpoints = async (): Promise<EndpointSpec[]> => {
  const found: EndpointSpec[] = [];
  for (const service of ['market', 'ledger', 'subsidy']) {
    for (const name of await readdir(join(CONTRACTS, service))) {
      if (!/^[\w-]+\.ts$/.test(name)) continue;
      const exported = (await import(join(CONTRACTS, service, name))) as Record<string, unknown>;
      found.push(...Object.values(exported).flat().filter(isEndpoint));
    }
  }
  return found;
};

describe('the endpoints that are called', () => {
  const addressOf = ({
    service,
    method,
    path,
  }: Pick<EndpointSpec, 'service' | 'method' | 'path'>) => `${method} ${service}${path}`;
  const known = new Set<string>();

  beforeAll(async () => {
    for (const spec of await readEndpoints()) known.add(addressOf(spec));
    expect(known.size).toBeGreaterThan(100);
  });

  it.each(Object.entries(ENDPOINTS))('%s is declared in the contracts', (_, called) => {
    expect(known).toContain(addressOf(called));
  });

  it('are all that the journeys call', async () => {
    const names = await readdir(import.meta.dirname, { recursive: true });
    const scripts = names.filter((f) => /^(k6\/)?[\w-]+\.ts$/.test(f) && !/run|test/.test(f));
    const texts = await Promise.all(
      scripts.map((script) => readFile(join(import.meta.dirname, script), 'utf8')),
    );
    for (const name of Object.keys(ENDPOINTS)) {
      expect(texts.filter((text) => text.includes(`'${name}'`)).length, name).toBeGreaterThan(0);
    }
  });
});

const runWithout = (searchPath: string): Promise<{ code: number | string; told: string }> =>
  new Promise((resolve) => {
    const args = ['--import', 'tsx', 'load-tests/run.ts', 'browse'];
    const options = {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, PATH: searchPath, HOME: searchPath },
    };
    execFile(process.execPath, args, options, (error, _, told) =>
      resolve({ code: error?.code ?? 0, told }),
    );
  });

describe('the runner', () => {
  it('says without k6 what is missing and how to get it, and ends with 1', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'jishi-no-k6-'));
    const { code, told } = await runWithout(empty);
    await rm(empty, { recursive: true });
    expect(code).toBe(1);
    expect(told).toContain(`go install go.k6.io/k6@${K6_VERSION}`);
    expect(told).toContain('k6 was found neither on PATH nor in');
    expect(told).not.toContain('throw-away market');
  });

  it('finds k6 on the path, if it may be run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jishi-k6-'));
    const program = join(folder, 'k6');
    await writeFile(program, '', { mode: 0o600 });
    expect(await findK6(folder)).not.toBe(program);
    await rm(program);
    await writeFile(program, '', { mode: 0o755 });
    expect(await findK6(folder)).toBe(program);
    await rm(folder, { recursive: true });
  });

  it('takes rates and lengths within their bounds only', () => {
    expect(readArguments([]).journeys).toHaveLength(JOURNEYS.length);
    expect(readArguments(['browse', '--rate', '2000']).rate).toBe(2_000);
    expect(() => readArguments(['browse', '--rate', '2001'])).toThrow('1 to 2000');
    expect(() => readArguments(['browse', '--rate', '0'])).toThrow('1 to 2000');
    expect(readArguments(['register', '--rate', '500']).rate).toBe(500);
    expect(() => readArguments(['register', '--rate', '501'])).toThrow('at most 500 contracts/s');
    expect(readArguments(['--seconds', '300']).seconds).toBe(300);
    expect(() => readArguments(['--seconds', '301'])).toThrow('5 to 300');
    expect(() => readArguments(['sell'])).toThrow('no journey sell');
  });

  it('prepares enough for every arrival', () => {
    const [register, watch] = ['register', 'watch-live'].map((name) =>
      JOURNEYS.find((journey) => journey.name === name),
    );
    if (!register || !watch) throw new Error('a journey is missing');
    expect(stockFor(register, 7, 30)).toBeGreaterThan(7 * 30);
    expect(stockFor(watch, 500, 30)).toBeLessThan(100);
  });

  it('takes every item once, in the order of the items, so many at a time', async () => {
    let now = 0;
    let most = 0;
    const results = await inParallel(upTo(20), 4, async (n) => {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 20 - n));
      now -= 1;
      return n * n;
    });
    expect(results).toStrictEqual(upTo(20).map((n) => n * n));
    expect(most).toBe(4);
  });
});

describe('the verdicts', () => {
  const summaryOf = (count: number, ok: boolean) => ({
    metrics: {
      'http_req_duration{kind:act}': {
        type: 'trend',
        values: { count, 'p(99)': 12.5 },
        thresholds: { 'p(99)<250': { ok } },
      },
    },
  });

  it('keep what k6 says, but not of what never happened', () => {
    const of = (count: number, ok: boolean) =>
      verdictsOf({ summary: summaryOf(count, ok), delays: null }).map((verdict) => verdict.ok);
    expect(of(1, true)).toStrictEqual([true]);
    expect(of(1, false)).toStrictEqual([false]);
    expect(of(0, true)).toStrictEqual([false]);
  });

  it('count screens that are two seconds behind, or that saw nothing', () => {
    const of = (count: number, p99: number) =>
      verdictsOf({ summary: { metrics: {} }, delays: { count, p50: 0, p95: 0, p99, max: p99 } });
    expect(of(5, 1_999)[0]?.ok).toBe(true);
    expect(of(5, 2_000)[0]?.ok).toBe(false);
    expect(of(0, 0)[0]?.ok).toBe(false);
  });
});

describe('what the scripts make', () => {
  it('ids and hashes are of the agreed form', () => {
    for (let n = 0; n < 50; n++) {
      expect(Id.safeParse(newId()).success).toBe(true);
      expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
      expect(newHash()).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('records are valid, and differ from their neighbours', () => {
    for (let n = 0; n < 200; n++) {
      expect(ListingContent.safeParse(listingContent(n)).error).toBeUndefined();
      expect(NeedContent.safeParse(needContent(n)).error).toBeUndefined();
    }
    expect(new Set(upTo(150).map((n) => listingContent(n).summary)).size).toBeGreaterThan(100);
  });

  it('a stream that was cut gives its whole events', () => {
    const body = 'event: heartbeat\ndata: {"a":1}\n\nevent: snapshot\nid: 4\ndata: {"b"\n';
    expect(readEvents(body)).toStrictEqual([{ name: 'heartbeat', data: '{"a":1}' }]);
    expect(readEvents(`${body}\n`)).toHaveLength(2);
    expect(readEvents('')).toStrictEqual([]);
  });
});
