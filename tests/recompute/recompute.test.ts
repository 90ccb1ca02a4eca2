import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '@jishi/contracts/problem';
import { readMethod } from '@jishi/ledger/domain/index/family/method';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import file from '../../services/ledger/parameters/index-family-1.0.json' with { type: 'json' };
import { foldExport } from './export-file.ts';
import { printValues, readPeriods } from './values.ts';

vi.setConfig({ testTimeout: 180_000 });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const MONTHS = Array.from(
  { length: 15 },
  (_, i) => `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
const DISTRICTS = ['sip', 'kunshan', 'wuzhong'] as const;

interface Line {
  readonly type: string;
  readonly on: string;
  readonly data: object;
  readonly facts: object | null;
}

const opened: Line = {
  type: 'ListingOpened',
  on: '2025-01-02',
  data: {
    ...{ listingId: 'l1', district: 'sip', fieldCode: 'electronics', industryCode: 'C' },
    ...{ openedOn: '2025-01-02', expiresOn: null },
  },
  facts: null,
};

const registeredIn = (month: string, i: number, n: number): Line => ({
  type: 'ContractRegistered',
  on: `${month}-20`,
  data: {
    ...{ contractId: `${month}-${n}`, registrationNumber: '0', registeredOn: `${month}-20` },
    ...{ contractType: 'service', contractSubType: 'x', fieldCode: 'electronics' },
    ...{ industryCode: 'C', sellerDistrict: DISTRICTS[n % 3], buyerDistrict: 'sip' },
    ...{ isImport: false, relatedParty: n === 5, subcontract: false, valueBand: 'below-1m' },
  },
  facts: {
    ...{ title: 'x', listingId: n === 0 ? 'l1' : null, needId: null },
    ...{ seller: { partyId: `s${n}` }, buyer: { partyId: `b${(n + i) % 4}` } },
    ...{
      contractValueFen: `${(i + 2) * 10_000_000}`,
      technologyValueFen: `${(i + n + 1) * 9_000_000}`,
    },
  },
});

const LINES: readonly Line[] = [
  opened,
  ...MONTHS.flatMap((month, i) => [0, 1, 2, 3, 4, 5].map((n) => registeredIn(month, i, n))),
];

/** As the auditor's export has it; `erased` lines keep a remainder in place of the private part. */
const exportOf = (erased: ReadonlySet<number>): string =>
  LINES.map(({ type, on, data, facts }, i) => {
    const seq = i + 1;
    const actor = { kind: 'service', service: 'ledger' };
    const at = { seq, recordedAt: `${on}T04:00:00.000Z`, stream: 's', version: seq };
    const envelope = { ...at, type, schema: 1, id: `${seq}`, actor, data, commit: null };
    const body = facts && JSON.stringify({ actor, facts });
    const part = erased.has(seq) ? { private: null, remainder: body } : { private: body };
    const line = { seq, envelope: JSON.stringify(envelope), leaf: '', salt: null, ...part };
    return `${JSON.stringify(line)}\n`;
  }).join('');

/** Written once; a change of any string is another method or a fault. */
const GOLDEN: Readonly<Record<string, string | null>> = {
  'city 2025-12': '1267.81',
  'city 2026-01': '1293.38',
  'city 2026-02': '1311.42',
  'city 2026-03': '1321.72',
  'city@12 2025-12': '1000.00',
  'city@12 2026-01': '1040.89',
  'city@12 2026-02': '1078.12',
  'city@12 2026-03': '1111.11',
  'district:sip 2025-12': '1196.82',
  'district:sip 2026-01': '1226.56',
  'district:sip 2026-02': '1250.10',
  'district:sip 2026-03': '1267.69',
  'field:electronics 2025-12': '1194.11',
  'field:electronics 2026-01': '1222.79',
  'field:electronics 2026-02': '1245.33',
  'field:electronics 2026-03': '1260.79',
};

let folder = '';
const path = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recompute-'));
  await writeFile(path('whole.ndjson'), exportOf(new Set()));
  await writeFile(path('erased.ndjson'), exportOf(new Set([5, 40])));
  await writeFile(path('gap.ndjson'), exportOf(new Set()).replace(/^.*\n/, ''));
  await writeFile(path('parameters.json'), JSON.stringify(parameters));
});
afterAll(() => rm(folder, { recursive: true }));

const parameters = {
  ...file,
  editions: file.editions.map((one) => ({ ...one, linkHead: '73' })),
};
const method = readMethod(parameters);
const printed = async (name: string, asOf: number | null, periods = '2025-12..2026-03') =>
  printValues(await foldExport(method, path(name), asOf), readPeriods(periods), sha256);
const valuesOf = (text: string): Record<string, string | null> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { series: string; period: string; value: string | null })
      .filter(({ series }) =>
        ['city', 'city@12', 'district:sip', 'field:electronics'].includes(series),
      )
      .map(({ series, period, value }) => [`${series} ${period}`, value]),
  );

it('prints the same strings for ever', async () => {
  expect(valuesOf(await printed('whole.ndjson', null))).toStrictEqual(GOLDEN);
});

it('reads the remainder of an erased private part', async () => {
  expect(await printed('erased.ndjson', null)).toBe(await printed('whole.ndjson', null));
});

it('as of a sequence is as if the log ended there', async () => {
  const early = valuesOf(await printed('whole.ndjson', 73 + 6));
  expect(early['city 2026-01']).toBe(GOLDEN['city 2026-01']);
  expect(early['city 2026-02']).toBeNull();
});

it('refuses a sequence beyond the head, by field', async () => {
  expect(await printed('whole.ndjson', LINES.length)).toBe(await printed('whole.ndjson', null));
  const beyond = foldExport(method, path('whole.ndjson'), LINES.length + 1);
  const refusal = await beyond.catch((error: unknown) => error);
  if (!(refusal instanceof Refusal)) throw new Error('it was not refused');
  expect(refusal.detail.fields?.[0]).toMatchObject({ field: 'as-of', rule: 'as-of-beyond-head' });
});

it('refuses periods that are turned round, and an export with a gap', async () => {
  expect(() => readPeriods('2026-02..2026-01')).toThrow(Refusal);
  expect(() => readPeriods('2026-01')).toThrow(Refusal);
  expect(readPeriods('2026-01..2026-01')).toStrictEqual({ from: '2026-01', to: '2026-01' });
  await expect(foldExport(method, path('gap.ndjson'), null)).rejects.toThrow(
    'the export has a gap',
  );
});

it('another process prints the same bytes, and a refusal prints nothing', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const run = (...more: string[]) =>
    promisify(execFile)(process.execPath, [
      ...['--import', 'tsx', main, '--events', path('whole.ndjson')],
      ...['--parameters', path('parameters.json'), '--periods', '2025-12..2026-03', ...more],
    ]);
  const { stdout } = await run();
  expect(stdout).toBe(await printed('whole.ndjson', null));
  const refused = await run('--as-of', '9999').catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect((refused as { stderr: string }).stderr).toContain('as-of-beyond-head: as-of');
});
