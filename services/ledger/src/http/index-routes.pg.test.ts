import type { Gauge, IndexSeries, LiveSnapshot } from '@jishi/contracts/ledger/live';
import { LIVE_EVENT_HEARTBEAT, LIVE_EVENT_SNAPSHOT } from '@jishi/contracts/ledger/live';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentMethod, hashOf } from '../store/index/method.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';

let ledger: TestIndex;
beforeAll(async () => {
  ledger = await openTestIndex('index_routes');
  await ledger.register(BASE_YEAR.slice(0, 66));
});
afterAll(() => ledger.end());

const march = (sellerId: string, day = '03') => ({
  registeredOn: `2026-03-${day}`,
  recordedAt: `2026-03-${day}T04:00:00.000Z`,
  sellerId,
});

test('before the base year is over nothing is defined, and the reason is given', async () => {
  const { points, base } = await ledger.read<IndexSeries>('/index/series', ['auditor']);
  expect(points.map((point) => point.reason)).toEqual(Array(11).fill('base-incomplete'));
  expect(base).toBeNull();
});

test('after it the base months stand at 1000, the running month is open', async () => {
  await ledger.register([
    ...BASE_YEAR.slice(66),
    { ...march('m1'), registeredOn: '2026-01-05', recordedAt: '2026-01-05T04:00:00.000Z' },
  ]);
  const series = await ledger.read<IndexSeries>('/index/series', ['exchange-operator']);
  expect(series.base).toBe('geometric');
  expect(series.points.slice(0, 12).map((p) => p.value)).toEqual(Array(12).fill('1000.00'));
  expect(series.points[12]).toMatchObject({ month: '2026-01', provisional: true });
});

test('one registration moves the operator at once, the public with the crowd after next', async () => {
  const publicBefore = await ledger.live();
  expect(publicBefore.gauge.year).toBe(2025);
  const before = await ledger.live(['exchange-operator']);
  await ledger.register([march('p1')]);
  const operator = await ledger.live(['exchange-operator']);
  expect(operator.exact).toBe(true);
  expect(BigInt(operator.gauge.contractValueFen) - BigInt(before.gauge.contractValueFen)).toBe(
    500_000_00n,
  );
  expect(operator.running).toMatchObject({ month: '2026-03', value: '166.67' });
  expect(before.running).toMatchObject({ month: '2026-01', value: '166.67' });
  await ledger.register([march('p1'), march('p2')]);
  const still = await ledger.live();
  expect(still.exact).toBe(false);
  expect({ ...still, head: null }).toEqual({ ...publicBefore, head: null });
  expect(still.head.seq).toBeGreaterThan(publicBefore.head.seq);
  const step = await ledger.register([march('p3')]);
  expect((await ledger.live()).asOf.seq).toBe(publicBefore.asOf.seq);
  await ledger.register(['p1', 'p2', 'p3'].map((seller) => march(seller)));
  const moved = await ledger.live();
  expect(moved.asOf.seq).toBe(step);
  expect(moved.gauge.contractCount).toBe(5);
});

test('roles beyond operator and auditor see the public view only', async () => {
  await ledger.register([march('q1')]);
  const publicSeq = (await ledger.live()).asOf.seq;
  const head = (await ledger.live(['auditor'])).asOf.seq;
  expect(head).toBeGreaterThan(publicSeq);
  for (const roles of [['registrar'], ['subsidy-officer', 'administrator'], ['buyer']] as const) {
    const seen = await ledger.live(roles);
    expect(seen.exact).toBe(false);
    expect(seen.asOf.seq).toBe(publicSeq);
    const refused = await ledger.get(`/gauge?asOf=${head}`, roles);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      type: expect.stringContaining('as-of-not-public'),
    });
  }
  expect((await ledger.get(`/gauge?asOf=${head}`, ['auditor'])).status).toBe(200);
});

test('as of a head: the same answer after later events; beyond the head a refusal', async () => {
  const step = (await ledger.live()).asOf.seq;
  const paths = [`/gauge?asOf=${step}`, `/index/series?asOf=${step}&cell=field:electronics`];
  const before = await Promise.all(paths.map((path) => ledger.read(path)));
  const exact = ['auditor'] as const;
  const head = (await ledger.live(exact)).asOf.seq;
  const exactBefore = await ledger.read<Gauge>(`/gauge?asOf=${head}`, exact);
  await ledger.register(['r1', 'r2', 'r3', 'r4'].map((seller) => march(seller, '04')));
  expect(await Promise.all(paths.map((path) => ledger.read(path)))).toEqual(before);
  expect(await ledger.read<Gauge>(`/gauge?asOf=${head}`, exact)).toEqual(exactBefore);
  const beyond = await ledger.get('/gauge?asOf=999999', exact);
  expect(beyond.status).toBe(422);
  expect(await beyond.json()).toMatchObject({ type: expect.stringContaining('as-of-beyond-head') });
});

test('a public answer as of a step may be kept, and is compared by its hash', async () => {
  const step = (await ledger.live()).asOf.seq;
  const first = await ledger.get(`/index/series?asOf=${step}`);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toContain('max-age');
  const again = await ledger.get(`/index/series?asOf=${step}`, null, { 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect((await ledger.get('/index/series')).headers.get('cache-control')).toBe('no-store');
  const exact = await ledger.get(`/index/series?asOf=${step}`, ['auditor']);
  expect(exact.headers.get('cache-control')).toBe('no-store');
});

test('a cell with fewer than three contracts is hidden from the public, not from the auditor', async () => {
  await ledger.register(
    ['a', 'b', 'c', 'd'].map((seller, i) => ({
      ...march(`s-${seller}`, '05'),
      fieldCode: i === 0 ? ('nuclear' as const) : ('electronics' as const),
      sellerDistrict: i === 0 ? ('taicang' as const) : ('sip' as const),
    })),
  );
  const seen = await ledger.live();
  const nuclear = (snapshot: LiveSnapshot) =>
    snapshot.fields.find((field) => field.cell === 'field:nuclear');
  expect(nuclear(seen)?.contractValueFen).toBeNull();
  const whole = await ledger.live(['auditor']);
  expect(nuclear(whole)?.contractValueFen).toBe('50000000');
  // In April March is closed: one contract in the cell is hidden by name.
  await ledger.register(
    ['t1', 't2', 't3', 't4', 't5', 't6'].map((seller) => ({
      ...march(seller),
      registeredOn: '2026-04-01',
      recordedAt: '2026-04-01T04:00:00.000Z',
    })),
  );
  const closed = (await ledger.live()).districts.find((d) => d.cell === 'district:taicang');
  expect(closed?.point).toMatchObject({ month: '2026-03', reason: 'no-base' });
  const sip = (await ledger.live()).districts.find((d) => d.cell === 'district:sip');
  expect(sip?.point?.state).toBe('defined');
});

test('the method says what was hashed', async () => {
  const method = await ledger.read<{ parameterHash: string; parameters: object; version: string }>(
    '/index/method',
  );
  expect(method.version).toBe('0.1');
  expect(method.parameters).toEqual(currentMethod().file);
  expect(method.parameterHash).toBe(hashOf(currentMethod().file));
  expect((await ledger.get('/index/method?on=2024-12-31')).status).toBe(404);
});

test('waiting for a sequence that does not come ends in a refusal', async () => {
  const refused = await ledger.get('/gauge?atLeast=999999');
  expect(refused.status).toBe(503);
});

const events = async function* (response: Response) {
  const reader = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const part = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
        yield { event: part('event'), data: JSON.parse(part('data')) };
      }
    }
  } finally {
    await reader.cancel();
  }
};

test('the stream: heartbeat and snapshot at once, then the latest only, exact by role', async () => {
  const exact = events(await ledger.get('/live/stream', ['exchange-operator']));
  const open = events(await ledger.get('/live/stream'));
  const next = async (stream: ReturnType<typeof events>, event: string) => {
    for await (const given of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }) {
      if (given.event === event) return given.data;
    }
  };
  const beat = await next(exact, LIVE_EVENT_HEARTBEAT);
  expect(beat).toMatchObject({ status: 'live', head: { kind: 'synthetic' } });
  const first: LiveSnapshot = await next(exact, LIVE_EVENT_SNAPSHOT);
  expect(first.exact).toBe(true);
  expect((await next(open, LIVE_EVENT_SNAPSHOT)).exact).toBe(false);

  const day = { registeredOn: '2026-04-02', recordedAt: '2026-04-02T04:00:00.000Z' };
  let last = 0;
  for (let i = 0; i < 6; i++) last = await ledger.register([{ ...day, sellerId: `u${i % 2}` }]);
  const snapshots: LiveSnapshot[] = [];
  do snapshots.push(await next(exact, LIVE_EVENT_SNAPSHOT));
  while ((snapshots.at(-1)?.asOf.seq ?? 0) < last);
  expect(snapshots.length).toBeLessThan(6);
  const before = (await ledger.live()).asOf.seq;
  const publicNext = next(open, LIVE_EVENT_SNAPSHOT);
  const full = await ledger.register([{ ...day, sellerId: 'u9' }]);
  const { seq } = (await publicNext).asOf;
  expect(seq).toBeGreaterThan(before);
  expect(seq).toBeLessThan(full - 6);
  await exact.return(undefined);
  await open.return(undefined);
});
