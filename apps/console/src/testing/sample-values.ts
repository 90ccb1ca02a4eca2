import { DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import { ValueLine, ValuesFrame, ValuesHead } from '@jishi/contracts/ledger/index-family';

/** Value lines in the shape that the ledger gives, parsed by their schema. For tests only. */
export const sampleLine = (
  series: string,
  period: string,
  value: string | null,
  more: Partial<ValueLine> = {},
): ValueLine =>
  ValueLine.parse({
    series,
    windowMonths: series === 'city' ? 1 : series === 'city@12' ? 12 : 3,
    period,
    value,
    reason: null,
    state: value === null || series.startsWith('city') ? null : '104.20',
    sub: value === null ? null : { S: value, A: value, B: '1003.10', C: '998.20', P: '1001.00' },
    chainGapPercent: value === null ? null : '0.00',
    grade: value === null ? 'S' : series.startsWith('city') ? 'A' : 'B',
    hidden: value === null ? 'few-contracts' : null,
    flags: value === null || series.startsWith('city') ? [] : ['low-sample'],
    provisional: false,
    ...more,
  });

export const sampleFrame = (
  seq: number,
  values: readonly (readonly [string, string])[],
  period = '2026-11',
): ValuesFrame =>
  ValuesFrame.parse({
    seq,
    recordedAt: '2026-11-20T06:32:00.000Z',
    values: values.map(([series, value]) =>
      sampleLine(series, period, value, { provisional: true }),
    ),
    events: [seq],
  });

const HEAD = { seq: 184_322, recordedAt: '2026-11-20T06:28:10.000Z' };
export const SAMPLE_METHODS = [
  { linkYear: 2025, linkHead: '90412', capFen: '3450000000', hash: 'b'.repeat(64) },
  { linkYear: 2026, linkHead: '90412', capFen: '3450000000', hash: 'c'.repeat(64) },
];

export const sampleHead = (): ValuesHead =>
  ValuesHead.parse({ head: HEAD, methods: SAMPLE_METHODS, adjustments: [] });

const DISTRICT_VALUES = [
  ...['1021.40', '1158.43', '1117.50', '1140.75', '1098.11'],
  ...['1186.37', '1056.64', '1084.21', null, '1122.02'],
];

/** All series of one month: one district is hidden, most industries too. */
export const sampleValues = (period: string): readonly ValueLine[] => [
  sampleLine('city', period, '1120.87'),
  sampleLine('city@12', period, '1064.32'),
  ...DistrictCode.options.map((code, i) =>
    sampleLine(`district:${code}`, period, DISTRICT_VALUES[i] ?? null, {
      state: DISTRICT_VALUES[i] ? `${(72 + i * 7.13).toFixed(2)}` : null,
    }),
  ),
  ...IndustryCode.options.map((code, i) =>
    sampleLine(`industry:${code}`, period, 'CIM'.includes(code) ? `${1080 + i}.40` : null),
  ),
  ...FieldCode.options.map((code, i) =>
    sampleLine(`field:${code}`, period, i === 7 ? null : `${1040 + i * 9}.25`, {
      ...(i === 7 ? { hidden: 'protects-neighbour' as const } : {}),
      ...(i === 4 ? { flags: ['held:C', 'low-sample'] } : {}),
    }),
  ),
];
