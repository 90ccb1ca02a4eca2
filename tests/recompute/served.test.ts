import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTestDesk } from '@jishi/ledger/http/registration-testing';
import { openTestApp, type TestApp, testParty } from '@jishi/ledger/http/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** A base year and two months after it, registered over HTTP, and its export as a file. */
let ledger: TestApp;
let folder = '';
let now = '2024-12-30T02:00:00.000Z';
/** The sequence after which one more contract came. */
let early = 0;
let last = 0;

const MONTHS = Array.from(
  { length: 14 },
  (_, i) => `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
const DISTRICTS = ['sip', 'kunshan', 'wuzhong', 'sip'] as const;

beforeAll(async () => {
  ledger = await openTestApp('served_values', { clock: () => now });
  const desks = DISTRICTS.map((district, i) =>
    openTestDesk(ledger, {
      seller: testParty(`1000001${i}`, district),
      buyer: testParty(`2000002${i % 3}`, 'sip'),
    }),
  );
  for (const [i, month] of MONTHS.entries()) {
    now = `${month}-16T02:00:00.000Z`;
    for (const [n, desk] of desks.entries()) {
      const fen = `${(i + n + 2) * 1_700_000}`;
      early = last;
      await desk.register({ contractValueFen: fen, technologyValueFen: fen });
      last = Math.max(last, desk.lastSeq());
    }
  }
  folder = await mkdtemp(join(tmpdir(), 'served-'));
  const token = await ledger.people.tokenFor(ledger.person(['auditor']), 'ledger');
  const exported = await ledger.call('GET', '/log/export', token);
  await writeFile(join(folder, 'log.ndjson'), await exported.text());
});
afterAll(async () => {
  await ledger.end();
  await rm(folder, { recursive: true });
});

const ROOT = join(import.meta.dirname, '../..');

/** The tool as anybody runs it: its lines, the first of them what the values are as of. */
const recomputed = async (...more: string[]): Promise<readonly string[]> => {
  const main = join(import.meta.dirname, 'main.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--import', 'tsx', main, '--events', join(folder, 'log.ndjson')],
      ...['--parameters', join(ROOT, 'services/ledger/parameters/index-family-1.0.json'), ...more],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return stdout.trim().split('\n');
};

/** What the ledger serves, in the same form. */
const served = async (query: string): Promise<readonly string[]> => {
  const auditor = ledger.person(['auditor']);
  const answer = await ledger.as(auditor, 'GET', `/index/values?${query}&atLeast=${last}`);
  const { head, methods, adjustments, values, exact } = answer;
  expect(exact).toBe(true);
  const lines = [{ head, methods, adjustments }, ...(values as object[])];
  return lines.map((line) => JSON.stringify(line));
};

it('serves, byte for byte, what the tool prints from an export of the same log', async () => {
  const lines = await recomputed('--periods', '2025-11..2026-02');
  expect(lines).toHaveLength(1 + 43 * 4);
  expect(lines.filter((line) => !line.includes('"value":null')).length).toBeGreaterThan(12);
  expect(await served('from=2025-11&to=2026-02')).toStrictEqual(lines);
});

it('the same as of an earlier sequence, and a later event does not move it', async () => {
  const lines = await recomputed('--periods', '2026-02..2026-02', '--as-of', `${early}`);
  expect(await served(`from=2026-02&to=2026-02&asOf=${early}`)).toStrictEqual(lines);
  expect(lines).not.toStrictEqual(await recomputed('--periods', '2026-02..2026-02'));
});
