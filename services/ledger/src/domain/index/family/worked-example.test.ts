import { describe, expect, it } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { printContributions } from './contribution-table.ts';
import { contributions } from './contributions.ts';
import type { Family } from './family-state.ts';
import { formatFixed } from './logarithm.ts';
import type { MethodFile } from './method-file.ts';
import { COMPONENTS } from './method-file.ts';
import { editionFor, indexValue, readPeriod, settingUnder } from './official.ts';
import { type Series, seriesOf } from './series.ts';
import { stateIndex } from './state-index.ts';
import { factsFrom, foldAll, methodWith, toyShrink } from './testing-market.ts';
import {
  BASE_HAPPENINGS,
  BASE_MONTH,
  LATE_ROW,
  NEXT_HAPPENINGS,
  NEXT_MONTH,
  rowFacts,
} from './worked-example.ts';

const toyMethod = (minEvidence: string) =>
  methodWith(
    file as MethodFile,
    {
      base: { from: BASE_MONTH, to: BASE_MONTH, level: '1000', freezeHead: null },
      windows: { city: '1', cityLong: '1', cell: '1' },
      partitions: {
        district: ['gusu', 'huqiu'],
        industry: ['M'],
        field: ['electronics', 'manufacturing'],
      },
    },
    {
      minEvidence,
      shrink: toyShrink,
      cap: { percentile: '1', stepFen: '1000000000' },
      linkHead: `${BASE_HAPPENINGS.length}`,
    },
  );

const facts = [...BASE_HAPPENINGS, ...NEXT_HAPPENINGS];
const foldToy = (minEvidence = '0'): Family => foldAll(toyMethod(minEvidence), factsFrom(1, facts));

const seriesNamed = ({ method }: Family, key: string): Series => {
  const series = seriesOf(method).find((one) => one.key === key);
  if (!series) throw new Error(`no series ${key}`);
  return series;
};

const readValue = (family: Family, key: string, period = NEXT_MONTH) =>
  indexValue(family, seriesNamed(family, key), period);

describe('worked example of the method', () => {
  const family = foldToy();
  const city = readValue(family, 'city');

  it('gives 1623.69 for the city and its sub-indices', () => {
    expect(city.value).toBe('1623.69');
    expect(city.subIndices).toStrictEqual({
      S: '2500.00',
      A: '1500.00',
      B: '1247.77',
      C: '1174.13',
      P: '1493.24',
    });
    expect(readValue(family, 'city', BASE_MONTH).value).toBe('1000.00');
  });

  it.each([
    ['district:gusu', '1581.58'],
    ['district:huqiu', '1554.46'],
    ['field:electronics', '1558.26'],
    ['field:manufacturing', '1728.13'],
  ])('gives the change index of %s as %s', (key, value) => {
    expect(readValue(family, key).value).toBe(value);
    expect(readValue(family, key, BASE_MONTH).value).toBe('1000.00');
  });

  it('holds the conversion with too little evidence: 1585.06 with three, 1548.33 with one', () => {
    expect(readValue(foldToy('3'), 'city').value).toBe('1585.06');
    expect(readValue(foldToy('1'), 'field:manufacturing').value).toBe('1548.33');
    expect(readValue(foldToy('1'), 'city').value).toBe('1623.69');
  });

  it('gives the state indices 88.49 and 108.56', () => {
    const series = seriesNamed(family, 'district:gusu');
    const edition = editionFor(family, NEXT_MONTH);
    if (typeof edition === 'string') throw new Error(edition);
    const setting = settingUnder(family, seriesNamed(family, 'city'), edition);
    if (typeof setting === 'string') throw new Error(setting);
    const reading = readPeriod(family, series, NEXT_MONTH, setting);
    if (typeof reading === 'string') throw new Error(reading);
    const task = {
      ...{ method: family.method, edition, cellCount: 2 },
      strata: setting.own.priors.strata,
    };
    expect(stateIndex(reading, 'district:gusu', task)?.value).toBe('88.49');
    expect(stateIndex(reading, 'district:huqiu', task)?.value).toBe('108.56');
  });

  it('keeps the three vintages', () => {
    const second = [...facts, { kind: 'left', contractId: 'd5' } as const];
    const third = [...second, ...rowFacts(LATE_ROW, '2026-04-25')];
    const method = toyMethod('0');
    const log = factsFrom(1, third);
    const at = (head: number) => readValue(foldAll(method, log.slice(0, head)), 'city').value;
    expect(at(facts.length)).toBe('1623.69');
    expect(at(second.length)).toBe('1235.16');
    expect(at(third.length)).toBe('1396.45');
  });

  it.each([
    [
      'district' as const,
      [
        ['district:gusu', '0.068722', '0.050683', '0.041424', '0.028401', '0.021227', '0.210456'],
        ['district:huqiu', '0.206165', '0.050683', '0.002848', '-0.004321', '0.018868', '0.274243'],
      ],
    ],
  ])('parts the change by %s', (parting, rows) => {
    const table = contributions(
      family,
      seriesNamed(family, 'city'),
      [BASE_MONTH, NEXT_MONTH],
      parting,
    );
    const text = (value: bigint): string => formatFixed(value, 6);
    expect(
      table.map(({ code, terms: { S, A, B, C, P }, total }) => [
        code,
        ...[S, A, B, C, P, total].map(text),
      ]),
    ).toStrictEqual(rows);
    expect(text(table.reduce((sum, { total }) => sum + total, 0n))).toBe('0.484699');
  });

  it('parts the change by field: 0.144116 and 0.340583', () => {
    const table = contributions(
      family,
      seriesNamed(family, 'city'),
      [BASE_MONTH, NEXT_MONTH],
      'field',
    );
    expect(table.map(({ code, total }) => [code, formatFixed(total, 6)])).toStrictEqual([
      ['field:electronics', '0.144116'],
      ['field:manufacturing', '0.340583'],
    ]);
  });

  it('prints a table that adds up across and down to the last digit', () => {
    for (const parting of ['district', 'field', 'type', 'contract'] as const) {
      const series = seriesNamed(family, 'city');
      const exact = contributions(family, series, [BASE_MONTH, NEXT_MONTH], parting);
      const { lines, sum } = printContributions(exact, 6);
      const micro = (text: string): bigint => BigInt(text.replace('.', ''));
      expect(sum.total).toBe('0.484699');
      for (const j of COMPONENTS) {
        const column = lines.reduce((all, { terms }) => all + micro(terms[j]), 0n);
        expect(column).toBe(micro(sum.terms[j]));
      }
      expect(lines.reduce((all, { total }) => all + micro(total), 0n)).toBe(484_699n);
    }
  });
});
