import { afterAll, beforeAll, expect, test } from 'vitest';
import file from '../../parameters/index-family-1.0.json' with { type: 'json' };
import type { JsonValue } from '../domain/index/canonical-json.ts';
import { hashOf } from '../store/index/method.ts';
import { type Answered, BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';
import type { PublishedValues } from './published-values.ts';

interface Line {
  readonly series: string;
  readonly period: string;
  readonly value: string | null;
  readonly hidden: string | null;
  readonly reason: string | null;
  readonly provisional: boolean;
  readonly sub: object | null;
}
interface Point extends Line {
  readonly vintage: { readonly vintage: number } | null;
  readonly monthOnMonthBp: number | null;
}

const mark = (headSeq: number, vintage = 1) => ({
  ...{ vintage, revision: vintage === 1 ? null : ('R1' as const), headSeq },
  publishedAt: '2026-02-20T02:00:00.000Z',
});
const HEAD = { seq: 90, recordedAt: '2026-02-02T04:00:00.000Z', kind: 'synthetic' as const };
const line = (period: string, value: string | null, hidden: 'few-sellers' | null = null) => ({
  ...{ series: 'city' as const, windowMonths: 1, period, value, reason: null, state: null },
  ...{ sub: null, chainGapPercent: null, grade: 'B' as const, hidden, flags: [] },
  provisional: false,
});

/** Two published months; of December a second vintage. */
const PUBLISHED = [
  { line: line('2025-12', '1010.00'), mark: mark(80) },
  { line: line('2025-12', '1020.00'), mark: mark(90, 2) },
  { line: line('2026-01', '1071.00'), mark: mark(90) },
].map((one) => ({ ...one, method: null, head: HEAD, asOfSeq: one.mark.headSeq }));
const published: PublishedValues = {
  list: async ({ from, to, vintage, upTo = Number.MAX_SAFE_INTEGER }) => {
    const known = PUBLISHED.filter(({ mark: { headSeq } }) => headSeq <= upTo);
    const of = (period: string) => known.filter((one) => one.line.period === period);
    return ['2025-12', '2026-01']
      .filter((period) => period >= from && period <= to)
      .flatMap((period) => of(period).at(vintage === 'first' ? 0 : -1) ?? []);
  },
  latestPeriod: async () => '2026-01',
  contributionsOf: async () => null,
  vintages: async () => PUBLISHED.map((one) => ({ period: one.line.period, mark: one.mark })),
};

let ledger: TestIndex;
let step = 0;
let head = 0;
const march = (sellerId: string, given = {}) => ({
  ...{ registeredOn: '2026-03-03', recordedAt: '2026-03-03T04:00:00.000Z', sellerId },
  ...given,
});
beforeAll(async () => {
  ledger = await openTestIndex('family_routes', published);
  await ledger.register(BASE_YEAR);
  await ledger.register(['a', 'b', 'c', 'd'].map((s) => march(s)));
  await ledger.register(['e', 'f', 'g', 'h'].map((s) => march(s)));
  head = await ledger.register([
    march('lone', { sellerDistrict: 'taicang', technologyValueFen: 900_000_00n }),
  ]);
  step = (await ledger.live()).asOf.seq;
});
afterAll(() => ledger.end());

const AUDITOR = ['auditor'] as const;
const linesOf = async (path: string, roles: readonly ['auditor'] | null): Promise<Line[]> =>
  (await ledger.read<{ values: Line[] }>(path, roles)).values;
const pointsOf = async (path: string, roles: readonly ['auditor'] | null): Promise<Point[]> =>
  (await ledger.read<{ points: Point[] }>(path, roles)).points;

/** The field and the rule of a refusal, or its bare type. */
const refusalOf = async (path: string, roles: readonly ['auditor'] | null = AUDITOR) => {
  const response = await ledger.get(path, roles);
  const { type, fields } = (await response.json()) as Answered & {
    type?: string;
    fields?: { field: string; rule: string }[];
  };
  const [first] = fields ?? [];
  return [response.status, first ? `${first.field}: ${first.rule}` : type?.split('#').at(-1)];
};

test('the exact view has every series, and says why the public would not see one', async () => {
  const lines = await linesOf('/index/values?from=2026-03&to=2026-03', AUDITOR);
  expect(lines).toHaveLength(43);
  const city = lines.find(({ series }) => series === 'city');
  expect(city).toMatchObject({ period: '2026-03', provisional: true, hidden: null });
  expect(city?.value).toMatch(/^\d+\.\d\d$/);
  const sip = lines.find(({ series }) => series === 'district:sip');
  expect(sip?.value).not.toBeNull();
  expect(lines.find(({ series }) => series === 'district:taicang')?.reason).toBe('no-base');
});

test('without months it is the latest ended month', async () => {
  const lines = await linesOf('/index/values', AUDITOR);
  expect(new Set(lines.map(({ period }) => period))).toStrictEqual(new Set(['2026-02']));
});

test('the public reads what was published, by its latest vintage, and why there is nothing', async () => {
  const lines = await linesOf('/index/values?from=2025-12&to=2026-02', null);
  const told = (series: string) =>
    lines.filter((one) => one.series === series).map(({ value, hidden }) => value ?? hidden);
  expect(told('city')).toStrictEqual(['1020.00', '1071.00', 'not-published']);
  expect(told('field:electronics')).toStrictEqual(Array(3).fill('not-published'));
  const before = await linesOf('/index/values?from=2024-12&to=2024-12', null);
  expect(before.every(({ reason }) => reason === 'before-base')).toBe(true);
});

test('of the running month the public reads the city as of the last public step, and no more', async () => {
  const lines = await linesOf('/index/values?from=2026-03&to=2026-03', null);
  expect(lines).toHaveLength(1);
  const [exact] = await linesOf(`/index/values?from=2026-03&to=2026-03&asOf=${step}`, AUDITOR);
  expect(step).toBeLessThan(head);
  const running = { value: exact?.value, series: 'city', provisional: true, sub: null };
  expect(lines[0]).toMatchObject(running);
  const [now] = await linesOf('/index/values?from=2026-03&to=2026-03', AUDITOR);
  expect(now?.value).not.toBe(exact?.value);
});

test('a series by vintages: first, latest, restated for those who may', async () => {
  const path = '/index/series?from=2025-12&to=2026-01';
  const values = async (more: string, roles: readonly ['auditor'] | null) =>
    (await pointsOf(path + more, roles)).map(({ value }) => value);
  expect(await values('', null)).toStrictEqual(['1020.00', '1071.00']);
  expect(await values('&vintage=first', null)).toStrictEqual(['1010.00', '1071.00']);
  expect(await values('&vintage=latest', AUDITOR)).toStrictEqual(['1020.00', '1071.00']);
  expect((await values('', AUDITOR))[0]).toMatch(/^\d+\.\d\d$/);
  expect(await refusalOf(`${path}&vintage=restated`, null)).toStrictEqual([403, 'role-missing']);
  const [, january] = await pointsOf(path, null);
  expect(january).toMatchObject({ vintage: { vintage: 1 }, monthOnMonthBp: 500 });
});

test('without months a series runs from the base to the running month', async () => {
  const exact = await pointsOf('/index/series', AUDITOR);
  expect(exact.map(({ period }) => period).at(0)).toBe('2025-01');
  expect(exact.map(({ period }) => period).at(-1)).toBe('2026-03');
  const seen = await pointsOf('/index/series', null);
  expect(seen.at(-1)).toMatchObject({ period: '2026-03', vintage: null, provisional: true });
  const first = await pointsOf('/index/series?vintage=first', null);
  expect(first.at(-1)).toMatchObject({ period: '2026-02', hidden: 'not-published' });
});

test('as of an earlier head: to the public only steps and published heads, with what was known', async () => {
  const path = '/index/series?from=2025-12&to=2025-12';
  expect(await refusalOf(`${path}&asOf=75`, null)).toStrictEqual([403, 'as-of-not-public']);
  // Who may see every head may ask what was published by then.
  expect((await refusalOf(`${path}&vintage=latest&asOf=75`, AUDITOR))[0]).toBe(200);
  expect(await pointsOf(`${path}&asOf=80`, null)).toMatchObject([{ value: '1010.00' }]);
  expect(await refusalOf(`${path}&asOf=75`, AUDITOR)).toStrictEqual([200, undefined]);
  for (const roles of [AUDITOR, null]) {
    const refused = [422, 'query.asOf: beyond-head'];
    expect(await refusalOf(`${path}&asOf=9999`, roles)).toStrictEqual(refused);
    expect(await refusalOf(`/index/values?asOf=9999`, roles)).toStrictEqual(refused);
  }
});

test('contributions add up in the printed digits, by every parting', async () => {
  for (const by of ['component', 'district', 'industry', 'field', 'contract-type', 'contract']) {
    const told = await ledger.read<{
      from: { value: string };
      to: { value: string };
      lines: { total: string; points: string }[];
      sum: { total: string; points: string };
    }>(`/index/contributions?from=2025-12&to=2026-03&by=${by}`, AUDITOR);
    const add = (of: (line: { total: string; points: string }) => string): number =>
      Math.round(told.lines.reduce((sum, one) => sum + Number(of(one)), 0) * 1e6) / 1e6;
    expect(add(({ total }) => total)).toBe(Number(told.sum.total));
    expect(add(({ points }) => points)).toBe(Number(told.sum.points));
    const change = Number(told.to.value) - Number(told.from.value);
    expect(Number(told.sum.points)).toBeCloseTo(change, 6);
    expect(told.lines.length).toBeGreaterThan(0);
  }
});

test('contributions that cannot be told are refused by name', async () => {
  const of = (query: string, roles: readonly ['auditor'] | null = AUDITOR) =>
    refusalOf(`/index/contributions?${query}`, roles);
  expect(await of('from=2026-03&to=2026-02')).toStrictEqual([400, 'query.from: from-after-to']);
  expect(await of('from=2026-01&to=2026-03')).toStrictEqual([404, 'query.from: no-value']);
  expect(await of('from=2025-12&to=2026-02')).toStrictEqual([404, 'query.to: no-value']);
  expect(await of('from=2025-12&to=2028-01')).toStrictEqual([400, 'query.from: over-two-links']);
  const published = 'from=2025-12&to=2026-01';
  expect(await of(`${published}&by=contract`, null)).toStrictEqual([403, 'role-missing']);
  expect(await of(published, null)).toStrictEqual([404, 'query.to: not-published']);
});

test('the contracts behind a value: all for the auditor, page by page, none for a stranger', async () => {
  interface Page {
    readonly total: { contracts: number; units: number; countedFen: string };
    readonly items: { contractId: string; countedFen: string }[];
    readonly next: string | null;
  }
  const path = '/index/contracts?period=2026-03&limit=5';
  const first = await ledger.read<Page>(path, AUDITOR);
  expect(first.total).toStrictEqual({ contracts: 9, units: 9, countedFen: '360000000' });
  expect(first.items).toHaveLength(5);
  const second = await ledger.read<Page>(`${path}&after=${first.next}`, AUDITOR);
  expect(second).toMatchObject({ next: null, total: first.total });
  const ids = [...first.items, ...second.items].map(({ contractId }) => contractId);
  expect(new Set(ids).size).toBe(9);
  const taicang = await ledger.read<Page>(`${path}&cell=district:taicang`, AUDITOR);
  // Over the cap of the link year, which is that of the base: two contracts of 400,000 a unit.
  expect(taicang.items).toMatchObject([{ countedFen: '40000000', technologyValueFen: '90000000' }]);
  const stranger = await ledger.as(ledger.people.person(['buyer']), 'GET', path);
  expect(stranger).toMatchObject({ httpStatus: 200, items: [], total: { contracts: 0 } });
  expect((await ledger.get(path)).status).toBe(401);
});

test('bad input is refused by its field', async () => {
  for (const path of ['/index/series?', '/index/contributions?from=2026-01&to=2026-02&']) {
    const unknown = await refusalOf(`${path}cell=district:nowhere`);
    expect(unknown).toStrictEqual([400, 'query.cell: index-cell']);
    const rule = 'query.window: unknown-window';
    expect(await refusalOf(`${path}cell=city&window=3`)).toStrictEqual([400, rule]);
    expect(await refusalOf(`${path}cell=district:sip&window=1`)).toStrictEqual([400, rule]);
  }
  for (const path of ['/index/series', '/index/values']) {
    const of = (query: string) => refusalOf(`${path}?${query}`);
    expect(await of('from=2026-02&to=2026-01')).toStrictEqual([400, 'query.from: from-after-to']);
    expect(await of('from=2021-01&to=2026-01')).toStrictEqual([400, 'query.to: too-many-months']);
    expect(await of('from=2021-02&to=2026-01')).toStrictEqual([200, undefined]);
    expect(await of('method=9.9.9')).toStrictEqual([400, 'query.method: unknown-method']);
    expect((await of('from=2026-13'))[1]).toBe('query.from: month-form');
    expect((await of('from=2026-01&to=2026-01&asOf=0'))[0]).toBe(200);
    expect((await of(`atLeast=${head + 1}`))[1]).toBe('not-caught-up');
  }
  expect((await ledger.get('/index/series?cell=city&window=12', AUDITOR)).status).toBe(200);
});

test('the method is told from its file, and every weight in the text is the file’s', async () => {
  const method = await ledger.read<{
    version: string;
    parameterHash: string;
    parameters: object;
    linked: { linkYear: number; hash: string }[];
    sections: { id: string; paragraphs: { zh: string; en: string }[] }[];
  }>('/index/method', AUDITOR);
  expect(method.version).toBe(file.version);
  expect(method.parameters).toStrictEqual(file);
  expect(method.parameterHash).toBe(hashOf(file as unknown as JsonValue));
  expect(method.linked).toMatchObject([{ linkYear: 2026 }]);
  const composite = method.sections.find(({ id }) => id === 'composite')?.paragraphs ?? [];
  expect(composite.map(({ en }) => en).join(' ')).toContain('count 0.55, price 0.4, mix 0.3');
  expect(await refusalOf('/index/method?on=2024-12-31')).toStrictEqual([404, 'not-found']);
  expect((await refusalOf('/index/method?method=2'))[1]).toBe('query.method: unknown-method');
  const seen = await ledger.read<{ linked: object[] }>('/index/method');
  expect(seen.linked).toStrictEqual([]);
});

test('public answers are asked about again, exact ones are not stored', async () => {
  const first = await ledger.get('/index/values?from=2026-01');
  expect(first.headers.get('cache-control')).toBe('public, no-cache');
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
  expect((await ledger.get('/index/values?from=2026-01', null, headers)).status).toBe(304);
  const exact = await ledger.get('/index/values?from=2026-01', AUDITOR);
  expect(exact.headers.get('cache-control')).toBe('no-store');
});
