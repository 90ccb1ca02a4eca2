import { VALUES_EVENT } from '@jishi/contracts/ledger/index-endpoints';
import { ValuesFrame } from '@jishi/contracts/ledger/index-family';
import { LIVE_EVENT_HEARTBEAT } from '@jishi/contracts/ledger/live';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';
import { type Events, nextEvent, readEvents } from './testing-events.ts';

let ledger: TestIndex;
const march = (sellerId: string, given = {}) => ({
  ...{ registeredOn: '2026-03-03', recordedAt: '2026-03-03T04:00:00.000Z', sellerId },
  ...given,
});
const OTHER = { sellerDistrict: 'kunshan', industryCode: 'I', fieldCode: 'energy' } as const;

beforeAll(async () => {
  ledger = await openTestIndex('values_stream');
  await ledger.register(BASE_YEAR);
  await ledger.register(
    BASE_YEAR.map((one) => ({ ...one, recordedAt: '2025-12-31T04:00:00.000Z', ...OTHER })),
  );
  await ledger.register(['a', 'b', 'c', 'd'].map((seller) => march(seller)));
});
afterAll(() => ledger.end());

const open = async (roles: readonly ['auditor'] | null): Promise<Events> =>
  readEvents(await ledger.get('/index/stream', roles));
const frameOf = async (events: Events): Promise<ValuesFrame> => {
  const { data, id } = await nextEvent(events, VALUES_EVENT);
  const frame = ValuesFrame.parse(data);
  expect(id).toBe(`${frame.seq}`);
  return frame;
};

test('a heartbeat first, then everything: exact every series, to the public the city alone', async () => {
  const [exact, open_] = [await open(['auditor']), await open(null)];
  const beat = await nextEvent(exact, LIVE_EVENT_HEARTBEAT);
  expect(beat.data).toMatchObject({ status: 'live' });
  const first = await frameOf(exact);
  expect(first.values).toHaveLength(43);
  expect(new Set(first.values.map(({ period }) => period))).toStrictEqual(new Set(['2026-03']));
  expect((await frameOf(open_)).values.map(({ series }) => series)).toStrictEqual(['city']);
  await Promise.all([exact.return(undefined), open_.return(undefined)]);
});

test('a contract moves its cells at once; merged frames are what the values say', async () => {
  const exact = await open(['auditor']);
  const known = new Map((await frameOf(exact)).values.map((line) => [line.series, line]));
  const seq = await ledger.register([march('e', { technologyValueFen: 700_000_00n })]);
  const frame = await frameOf(exact);
  expect(frame.events).toStrictEqual([seq]);
  const series = frame.values.map((line) => line.series as string);
  expect(series).toEqual(expect.arrayContaining(['city', 'city@12', 'district:sip']));
  for (const line of frame.values) {
    expect(JSON.stringify(known.get(line.series))).not.toBe(JSON.stringify(line));
    known.set(line.series, line);
  }
  const { values } = await ledger.read<{ values: { series: string }[] }>(
    '/index/values?from=2026-03&to=2026-03',
    ['auditor'],
  );
  const differing = () =>
    values.filter((one) => {
      const told = [...known.values()].find((line) => line.series === one.series);
      return JSON.stringify(told) !== JSON.stringify(one);
    });
  // The state index of cells that nobody touched follows with the next frames.
  while (differing().length > 0) {
    for (const line of (await frameOf(exact)).values) known.set(line.series, line);
  }
  // An event that moves no contract is no frame: the next one is of the next contract.
  await ledger.otherEvent('2026-03-03T05:00:00.000Z');
  const last = await ledger.register([march('f')]);
  expect((await frameOf(exact)).events).toStrictEqual([last]);
  await exact.return(undefined);
});

test('the public is sent a frame with the step, and none before', async () => {
  const shown = await open(null);
  const first = await frameOf(shown);
  for (const seller of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']) await ledger.register([march(seller)]);
  const step = ledger.index.published().seq;
  expect(step).toBeGreaterThan(first.seq);
  const frames: ValuesFrame[] = [];
  do frames.push(await frameOf(shown));
  while (frames.at(-1)?.seq !== step);
  for (const { values, events } of frames) {
    expect(events).toStrictEqual([]);
    expect(values).toMatchObject([{ series: 'city', provisional: true, sub: null, state: null }]);
  }
  const [line] = (await ledger.read<{ values: object[] }>('/index/values?from=2026-03')).values;
  expect(frames.at(-1)?.values[0]).toStrictEqual(line);
  await shown.return(undefined);
});
