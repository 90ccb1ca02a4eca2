import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';

let ledger: TestIndex;
beforeAll(async () => {
  ledger = await openTestIndex('index_download');
  await ledger.register(BASE_YEAR);
  await ledger.register([
    { registeredOn: '2026-03-03', recordedAt: '2026-03-03T04:00:00.000Z', sellerId: 'a' },
  ]);
});
afterAll(() => ledger.end());

const AUDITOR = ['auditor'] as const;
const PATH = '/index/download?from=2025-11&to=2025-12';

test('CSV: a mark for spreadsheets, what it is as of, and a row for each value', async () => {
  const response = await ledger.get(PATH, AUDITOR);
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  expect([...bytes.slice(0, 3)]).toStrictEqual([0xef, 0xbb, 0xbf]);
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="jishi-index-2025-11_2025-12-synthetic.csv"',
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
  const lines = (await response.text()).trimEnd().split('\r\n');
  expect(lines[0]).toContain('合成数据 · Synthetic data');
  expect(lines[1]).toMatch(/as of #\d+ 2026-03-03T04:00:00.000Z,精确 exact$/);
  expect(lines).toHaveLength(3 + 43 * 2);
  expect(lines[3]).toMatch(/^city,1,2025-11,\d+\.\d\d,/);
});

test('XLSX: a workbook; to the public the published values', async () => {
  const workbook = await ledger.get(`${PATH}&format=xlsx`, AUDITOR);
  expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
  const bytes = new Uint8Array(await workbook.arrayBuffer());
  expect([...bytes.slice(0, 2)]).toStrictEqual([0x50, 0x4b]);
  const open = await (await ledger.get(PATH)).text();
  expect(open).toContain('已发布 published');
  expect(open).toContain('not-published');
  expect(open).not.toMatch(/city,1,2025-11,\d/);
});

test('an as-of beyond the head is refused, and so is one that is not public', async () => {
  expect((await ledger.get(`${PATH}&asOf=99999`, AUDITOR)).status).toBe(422);
  expect((await ledger.get(`${PATH}&asOf=74`)).status).toBe(403);
  expect((await ledger.get(`${PATH}&asOf=74`, AUDITOR)).status).toBe(200);
});

test('the calendar: the year of the log, or the one that is asked for', async () => {
  const { year, items } = await ledger.read<{ year: number; items: object[] }>('/index/calendar');
  expect([year, items.length]).toStrictEqual([2026, 37]);
  const asked = await ledger.read<{ year: number }>('/index/calendar?year=2025');
  expect(asked.year).toBe(2025);
  expect((await ledger.get('/index/calendar?year=1999')).status).toBe(400);
});
