import {
  listCellContracts,
  readContributions,
  readIndexSeries,
  readIndexValues,
  readMethod,
  readReleaseCalendar,
  VALUES_EVENT,
} from '@jishi/contracts/ledger/index-endpoints';
import { sampleContributions } from './sample-contributions.ts';
import { SAMPLE_METHODS, sampleHead, sampleLine, sampleValues } from './sample-values.ts';

/** Answers of the index endpoints in the shape of the ledger, each parsed by its schema. */
export const INDEX_STREAM_EVENT = VALUES_EVENT;

const MONTHS = Array.from({ length: 22 }, (_, i) => {
  const month = (i % 12) + 1;
  return `${2025 + Math.floor(i / 12)}-${String(month).padStart(2, '0')}`;
});
/** Cents of a wave around a slow rise: any line will do, as long as it is always the same. */
const valueAt = (i: number, shift: number): string =>
  (980 + i * 6.4 + Math.sin(i * 1.7) * 22 + shift).toFixed(2);

/** The three vintages differ where a month was restated: four months of twenty-two. */
const shiftOf = (i: number, vintage: string): number =>
  i % 6 === 4 ? { first: 0, latest: 5.2, restated: 7.9 }[vintage as 'first'] : 0;

const marked = (i: number, vintage: string) => {
  if (vintage === 'restated') return null;
  const isNew = vintage === 'latest' && i % 6 === 4;
  const revision = isNew ? (i === 10 ? 'C' : 'R1') : null;
  return {
    vintage: isNew ? 2 : 1,
    revision,
    publishedAt: `2026-11-0${isNew ? 6 : 5}T02:00:00.000Z`,
    headSeq: 180_000 + i,
  };
};

export const sampleSeries = (cell: string, windowMonths: number, vintage: string) => {
  const series = cell === 'city' && windowMonths === 12 ? 'city@12' : cell;
  const points = MONTHS.map((period, i) => {
    const isHidden = cell !== 'city' && (i === 6 || i === 13);
    const {
      series: _,
      windowMonths: __,
      ...line
    } = sampleLine(series, period, isHidden ? null : valueAt(i, shiftOf(i, vintage)));
    return {
      ...line,
      vintage: marked(i, vintage),
      monthOnMonthBp: i === 0 || isHidden ? null : 120 - ((i * 37) % 190),
      yearOnYearBp: i < 12 || isHidden ? null : 861 - i * 3,
    };
  });
  return readIndexSeries.answer.parse({
    ...{ series, cell, windowMonths, vintage, exact: vintage === 'restated' },
    ...{ head: sampleHead().head, methods: SAMPLE_METHODS, points },
  });
};

export const sampleIndexValues = (period: string, exact: boolean) =>
  readIndexValues.answer.parse({ ...sampleHead(), exact, values: sampleValues(period) });

export const sampleContributionsAnswer = (by: string, series = 'city') =>
  readContributions.answer.parse({
    ...sampleContributions(by, series),
    exact: false,
    head: sampleHead().head,
  });

export const sampleContracts = () =>
  listCellContracts.answer.parse({
    series: 'city',
    head: sampleHead().head,
    total: { contracts: 87, units: 81, countedFen: '312450000000' },
    items: Array.from({ length: 50 }, (_, i) => ({
      contractId: `019a0000-0000-7000-8000-${String(i).padStart(12, '0')}`,
      registeredOn: `2026-10-${String((i % 28) + 1).padStart(2, '0')}`,
      contractType: 'development',
      fieldCode: 'electronics',
      industryCode: 'I',
      sellerDistrict: 'sip',
      buyerDistrict: i % 3 === 0 ? null : 'kunshan',
      contractValueFen: `${(i + 1) * 12_500_000}`,
      technologyValueFen: `${(i + 1) * 10_000_000}`,
      countedFen: i === 3 ? '0' : `${(i + 1) * 10_000_000}`,
      unitContracts: i === 1 ? 3 : 1,
      excluded: i === 3 ? 'related-party' : null,
    })),
    next: '019a0000-0000-7000-8000-000000000049',
  });

const section = (id: string, zh: string, en: string, formula: string | null = null) => ({
  id,
  title: { zh, en },
  paragraphs: [{ zh: `${zh}怎么算。`, en: `How ${en.toLowerCase()} is made.` }],
  formula,
});

export const sampleMethod = () =>
  readMethod.answer.parse({
    name: 'TTI',
    version: '1.0.0',
    parameterHash: 'a'.repeat(64),
    parameters: { weights: { S: '0.30', A: '0.25', B: '0.20', C: '0.15', P: '0.10' } },
    linked: SAMPLE_METHODS,
    sections: [
      section('units', '交易单元', 'Deal units'),
      section('composite', '综合指数', 'Composite', 'I(t) = 1000 · Π (c_j(t) / c_j(0))^w_j'),
    ],
  });

export const sampleCalendar = (year: number) =>
  readReleaseCalendar.answer.parse({
    year,
    items: ['flash', 'first', 'second'].flatMap((release, i) =>
      ['2026-10', '2026-11'].map((period) => ({
        period,
        release,
        dueOn: `2026-${period === '2026-10' ? 11 : 12}-${String(9 + i * 10).padStart(2, '0')}`,
        dueProvisional: i === 2,
        isAssumed: i === 2,
        published: period === '2026-10' && release === 'flash' ? marked(3, 'first') : null,
      })),
    ),
  });
