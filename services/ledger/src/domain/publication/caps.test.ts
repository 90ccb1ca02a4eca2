import type { LocalMonth } from '@jishi/contracts/time';
import { expect, test } from 'vitest';
import file from '../../../parameters/index-family-1.0.json' with { type: 'json' };
import { crowd, openLog, type Publishing, publish, valueFor } from '../../testing/publications.ts';
import { readMethod } from '../index/family/method.ts';
import { MethodFile } from '../index/family/method-file.ts';
import { contractOf, shortMethod } from '../index/family/testing-market.ts';

/**
 * From one year to the next the cap moves. A month that is told under both caps gives away what
 * stands between them, so that has to be a crowd like any other.
 */
const KUNSHAN = { district: 'kunshan', fieldCode: 'materials', industryCode: 'C' } as const;
const CAP_2027_FEN = 90_000_000n;

const monthsOf = (year: number): readonly LocalMonth[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);

/** Linked for 2026 at one head, for 2027 at another, where the largest unit is the cap. */
const linkedTwice = (first: number, second: number) => {
  const { file: short } = shortMethod(MethodFile.parse(file), first, '1');
  const [edition] = short.editions;
  if (!edition) throw new Error('no edition');
  return readMethod({
    ...short,
    editions: [
      { ...edition, effectiveTo: '2027-01-01' },
      {
        ...{ ...edition, linkYear: '2027', effectiveFrom: '2027-01-01', linkHead: `${second}` },
        cap: { percentile: '1', stepFen: '10000000' },
      },
    ],
  });
};

/** December 2026 has so many units between the two caps, June one; then January 2027 is told. */
const januaryAfter = (between: number, ofJuneFen: bigint | null = null) => {
  const log = openLog();
  const fill = (month: LocalMonth): void =>
    log.register(...crowd(`g ${month}`, month, 8), ...crowd(`k ${month}`, month, 8, KUNSHAN));
  for (const month of ['2025-10', '2025-11', '2025-12']) fill(month);
  const first = log.head();
  for (const month of monthsOf(2026)) fill(month);
  for (let n = 0; n < between; n += 1) {
    const technologyValueFen = CAP_2027_FEN - BigInt(1_000_003 * n);
    log.register(contractOf(`large-${n}`, { registeredOn: '2026-12-11', technologyValueFen }));
  }
  if (ofJuneFen !== null) {
    const large = { registeredOn: '2026-06-11', technologyValueFen: ofJuneFen };
    log.register(contractOf('of-june', large));
  }
  const method = linkedTwice(first, log.head());
  fill('2027-01');
  const publishing: Publishing = { method, facts: log.facts, published: [] };
  const december = publish(publishing, '2026-12');
  return { december, january: publish(publishing, '2027-01') };
};

test('one unit between the caps: the month before is not told under both', () => {
  const { december, january } = januaryAfter(1);
  expect(december.capFen).toBe('50000000');
  expect(january.capFen).toBe(`${CAP_2027_FEN}`);
  expect(valueFor(january, 'city').value).not.toBeNull();
  expect(january).toMatchObject({ contributions: null, contributionsHidden: 'waits-for-crowd' });
});

test('six units of six sellers between the caps: neither, for the lower cap is told of each', () => {
  expect(januaryAfter(6).january).toMatchObject({ contributionsHidden: 'waits-for-crowd' });
});

test('a December without a unit between the caps is told under both', () => {
  const { january } = januaryAfter(0, CAP_2027_FEN);
  expect(january.capFen).toBe(`${CAP_2027_FEN}`);
  expect(january.contributions).not.toBeNull();
});

test('what a year’s reference tells is counted: with all of its months the unit would follow', () => {
  const log = openLog();
  const fill = (month: LocalMonth): void => log.register(...crowd(`g ${month}`, month, 8));
  for (const month of ['2025-10', '2025-11', '2025-12']) fill(month);
  const first = log.head();
  for (const month of monthsOf(2026)) fill(month);
  const large = { registeredOn: '2026-06-11', technologyValueFen: CAP_2027_FEN };
  log.register(contractOf('large', large));
  const method = linkedTwice(first, log.head());
  fill('2027-01');
  const publishing: Publishing = { method, facts: log.facts, published: [] };
  const seq = log.head();
  for (const month of monthsOf(2026)) publish(publishing, month, seq);
  const january = publish(publishing, '2027-01', seq);
  expect(valueFor(january, 'city').value).toBeNull();
  expect(january.reference.city).toBeUndefined();
});
