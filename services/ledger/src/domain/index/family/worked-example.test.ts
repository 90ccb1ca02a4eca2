import { describe, expect, it } from 'vitest';
import file from '../../../../parameters/index-family-1.0.json' with { type: 'json' };
import { formatIndex } from './change-index.ts';
import { printContributions } from './contribution-table.ts';
import { contributions } from './contributions.ts';
import type { Family } from './family-state.ts';
import { formatFixed, lnRational, scaled } from './logarithm.ts';
import type { MethodFile } from './method-file.ts';
import { COMPONENTS } from './method-file.ts';
import {
  chainGapPercent,
  editionFor,
  indexValue,
  lnOfficial,
  readPeriod,
  settingUnder,
} from './official.ts';
import { crowdOf, crowdOfContracts, primaryReason } from './primary-disclosure.ts';
import { rational } from './rational.ts';
import { type Series, seriesOf } from './series.ts';
import { stateIndex } from './state-index.ts';
import { factsFrom, foldAll, methodWith, toyShrink, WAN } from './testing-market.ts';
import { readWindow } from './window.ts';
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

  it('links period 2: 1565.14 chained, 1547.77 direct, gap 1.12 %', () => {
    const lnOne = lnOfficial(family, seriesNamed(family, 'city'), NEXT_MONTH);
    if (typeof lnOne === 'string') throw new Error(lnOne);
    // S × 0.8 and B × 1.1, the rest flat; S weighs .25 in the new parameters, .30 in the old.
    const lnTwo = (weightOfScale: bigint): bigint =>
      lnOne +
      scaled(lnRational(rational(4n, 5n)), rational(weightOfScale, 100n)) +
      scaled(lnRational(rational(11n, 10n)), rational(20n, 100n));
    expect(formatIndex(lnTwo(25n))).toBe('1565.14');
    expect(formatIndex(lnTwo(30n))).toBe('1547.77');
    expect(chainGapPercent(lnTwo(25n), lnTwo(30n))).toBe('1.12');
  });

  it('shows the city alone: both districts and every district × field fail', () => {
    const cap = family.references.get(2026)?.cap ?? null;
    const reading = readWindow(family.market, [NEXT_MONTH], cap);
    const rule = family.method.file.disclosure;
    const raw = crowdOf(reading.city.tally, 'raw');
    expect(raw).toMatchObject({ contracts: 6, sellers: 4, buyers: 5 });
    expect([raw.largestFen, raw.secondFen]).toStrictEqual([1850n * WAN, 450n * WAN]);
    expect(primaryReason(raw, rule)).toBeNull();
    expect(primaryReason(crowdOf(reading.city.tally, 'capped'), rule)).toBeNull();
    for (const district of ['gusu', 'huqiu']) {
      const crowd = crowdOf(reading.cell(`district:${district}`).tally, 'raw');
      expect(primaryReason(crowd, rule)).toBe('few-sellers');
      for (const field of ['electronics', 'manufacturing']) {
        const contracts = reading
          .units()
          .filter((unit) => unit.district === district && unit.fieldCode === field)
          .flatMap((unit) => unit.contracts);
        expect(primaryReason(crowdOfContracts(contracts), rule)).toBe('few-contracts');
      }
    }
    expect(readValue(family, 'city').hidden).toBeNull();
    expect(readValue(family, 'district:gusu').hidden).toBe('few-sellers');
    expect(readValue(family, 'district:gusu').grade).toBe('S');
    expect(readValue(family, 'city').grade).toBe('B');
  });
});
