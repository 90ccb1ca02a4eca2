import type { Gauge, LiveSnapshot } from '@jishi/contracts/ledger/live';
import { LIVE_EVENT_HEARTBEAT, LIVE_EVENT_SNAPSHOT } from '@jishi/contracts/ledger/live';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';
import { type Events, nextEvent, readEvents } from './testing-events.ts';

let ledger: TestIndex;
beforeAll(async () => {
  ledger = await openTestIndex('index_routes');
  await ledger.register([
    ...BASE_YEAR,
    { ...march('m1'), registeredOn: '2026-01-05', recordedAt: '2026-01-05T04:00:00.000Z' },
  ]);
});
afterAll(() => ledger.end());

const march = (sellerId: string, day = '03') => ({
  registeredOn: `2026-03-${day}`,
  recordedAt: `2026-03-${day}T04:00:00.000Z`,
  sellerId,
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
  // The base is linked with the first release of December, which January's first days precede.
  expect(before.running).toMatchObject({ month: '2026-01', reason: 'base-incomplete' });
  const series = await ledger.read<{ points: { value: string }[] }>('/index/series?from=2026-03', [
    'auditor',
  ]);
  expect(operator.running).toMatchObject({ month: '2026-03', value: series.points[0]?.value });
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

const headless = (answer: unknown) => ({ ...(answer as object), head: null });

test('as of a head: the same answer after later events; beyond the head a refusal', async () => {
  const step = (await ledger.live()).asOf.seq;
  const paths = [`/gauge?asOf=${step}`, `/live?asOf=${step}`];
  const before = await Promise.all(paths.map((path) => ledger.read(path)));
  const exact = ['auditor'] as const;
  const head = (await ledger.live(exact)).asOf.seq;
  const exactBefore = await ledger.read<Gauge>(`/gauge?asOf=${head}`, exact);
  await ledger.register(['r1', 'r2', 'r3', 'r4'].map((seller) => march(seller, '04')));
  const after = await Promise.all(paths.map((path) => ledger.read<object>(path)));
  expect(after.map(headless)).toEqual(before.map(headless));
  expect(await ledger.read<Gauge>(`/gauge?asOf=${head}`, exact)).toEqual(exactBefore);
  const beyond = await ledger.get('/gauge?asOf=999999', exact);
  expect(beyond.status).toBe(422);
  expect(await beyond.json()).toMatchObject({ type: expect.stringContaining('as-of-beyond-head') });
});

test('a public answer as of a step may be kept, and is compared by its hash', async () => {
  const step = (await ledger.live()).asOf.seq;
  const first = await ledger.get(`/gauge?year=2025&asOf=${step}`);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toContain('max-age');
  const headers = { 'if-none-match': etag };
  expect((await ledger.get(`/gauge?year=2025&asOf=${step}`, null, headers)).status).toBe(304);
  expect((await ledger.get('/gauge')).headers.get('cache-control')).toBe('no-store');
  const exact = await ledger.get(`/gauge?year=2025&asOf=${step}`, ['auditor']);
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
  // In April March is closed.
  await ledger.register(
    ['t1', 't2', 't3', 't4', 't5', 't6'].map((seller) => ({
      ...march(seller),
      registeredOn: '2026-04-01',
      recordedAt: '2026-04-01T04:00:00.000Z',
    })),
  );
  const exact = await ledger.live(['auditor']);
  const of = (snapshot: LiveSnapshot, code: string) =>
    snapshot.districts.find(({ cell }) => cell === `district:${code}`);
  expect(of(exact, 'taicang')?.point).toMatchObject({ month: '2026-03', reason: 'no-base' });
  expect(of(exact, 'sip')).toMatchObject({ point: { state: 'defined' }, grade: 'B' });
  expect(of(exact, 'sip')?.stateIndex).toMatch(/^\d+\.\d\d$/);
  expect(exact.overall.rolling?.point?.state).toBe('defined');
  // Nothing of March is published yet, of any cell; the city's running month moves in steps.
  const open = await ledger.live();
  expect(of(open, 'sip')?.point).toMatchObject({ state: 'hidden', reason: 'not-published' });
  expect(of(open, 'sip')?.stateIndex).toBeNull();
  expect(open.running).toMatchObject({ month: '2026-04', state: 'defined', provisional: true });
});

test('waiting for a sequence that does not come ends in a refusal', async () => {
  const refused = await ledger.get('/gauge?atLeast=999999');
  expect(refused.status).toBe(503);
});

test('the stream: heartbeat and snapshot at once, then the latest only, exact by role', async () => {
  const exact = readEvents(await ledger.get('/live/stream', ['exchange-operator']));
  const open = readEvents(await ledger.get('/live/stream'));
  const next = async (stream: Events, event: string) => (await nextEvent(stream, event)).data;
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
