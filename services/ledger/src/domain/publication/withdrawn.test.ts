import type { LocalMonth } from '@jishi/contracts/time';
import { describe, expect, test } from 'vitest';
import file from '../../../parameters/index-family-1.0.json' with { type: 'json' };
import { crowd, openLog, type Publishing, publish, valueFor } from '../../testing/publications.ts';
import type { ContractFact } from '../index/family/facts.ts';
import { MethodFile } from '../index/family/method-file.ts';
import { methodWith } from '../index/family/testing-market.ts';
import { follows } from './testing-combinations.ts';
import { readEquations } from './testing-reader.ts';

/**
 * Each month of a year is published, then contracts of earlier months are withdrawn before the
 * whole year is: what the months add up to, less the year, is what was withdrawn.
 */
const monthsOf = (year: number): readonly LocalMonth[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
const KUNSHAN = { district: 'kunshan', fieldCode: 'materials', industryCode: 'C' } as const;
const EACH = 12;

interface Withdrawn {
  readonly count: number;
  readonly as?: (n: number) => Partial<ContractFact>;
}

/** One contract of each of so many months is withdrawn; `as` says what these are like. */
const publishYear = ({ count, as = () => ({}) }: Withdrawn) => {
  const log = openLog();
  const months = monthsOf(2026).slice(0, count);
  const leaving: ContractFact[] = [];
  const fill = (month: LocalMonth): void => {
    const made = [...crowd(`g${month}`, month, EACH), ...crowd(`k${month}`, month, EACH, KUNSHAN)];
    const contracts = made.map((contract, n) =>
      n === 1 && months.includes(month) ? { ...contract, ...as(months.indexOf(month)) } : contract,
    );
    log.register(...contracts);
    if (months.includes(month)) leaving.push(...contracts.slice(1, 2));
  };
  for (const month of monthsOf(2025)) fill(month);
  const method = methodWith(
    MethodFile.parse(file),
    {},
    { linkHead: `${log.head()}`, minEvidence: '1' },
  );
  const publishing: Publishing = { method, facts: log.facts, published: [] };
  for (const month of monthsOf(2026)) {
    fill(month);
    if (month === '2026-12') log.cancel(...leaving);
    publish(publishing, month);
  }
  const ofCity = publishing.published
    .flatMap((content) => readEquations(content, log.facts))
    .filter(({ cell }) => cell === 'city')
    .map(({ equation }) => equation);
  const sum = leaving.map((one) => [`${one.contractId} ${one.technologyValueFen}`, 1n] as const);
  const year = publishing.published.at(-1);
  if (!year) throw new Error('nothing was published');
  return { year: valueFor(year, 'city@12'), isKnown: follows(ofCity, new Map(sum)) };
};

const ONE_SELLER = (): Partial<ContractFact> => ({ sellerId: 'the-seller' });

describe('the year is not told where the months less the year are too little', () => {
  test.each<[string, Withdrawn]>([
    ['one contract', { count: 1 }],
    ['two contracts', { count: 2 }],
    ['three contracts', { count: 3 }],
    ['four contracts', { count: 4 }],
    ['five contracts of one seller', { count: 5, as: ONE_SELLER }],
    ['eleven contracts of one seller', { count: 11, as: ONE_SELLER }],
    [
      'two contracts beside three whose values are public',
      { count: 5, as: (n) => ({ isValuePublished: n >= 2 }) },
    ],
  ])('%s', (_, withdrawn) => {
    const { year, isKnown } = publishYear(withdrawn);
    expect([year.value, year.hidden, isKnown]).toEqual([null, 'waits-for-crowd', false]);
  });
});

test('five contracts of five sellers are told', () => {
  const { year, isKnown } = publishYear({ count: 5 });
  expect(year.value).not.toBeNull();
  expect(isKnown).toBe(true);
});
