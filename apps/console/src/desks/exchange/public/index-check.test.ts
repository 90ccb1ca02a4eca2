import type {
  PublishedContent,
  PublishedReference,
  PublishedValue,
} from '@jishi/contracts/ledger/published-content';
import { expect, test } from 'vitest';
import { isValueRight } from './index-check.ts';

/** The worked example of the method (B8): its base period, and period 1 with the value 1623.69. */
const EDITION = {
  linkYear: '2026',
  weights: { S: '0.30', A: '0.25', B: '0.20', C: '0.15', P: '0.10' },
  breadth: { P: '1/2', X: '1/4', E: '1/4' },
  conversion: { h: '2/3', T: '1/3' },
  shrink: { city: { kx: '4', kh: '10', kT: '1', kP: '0' } },
};
const text = (ln: number): string => ln.toFixed(40);
const unitLog = (ln: number): string => `${Math.round(ln * 1e15)}`;
const REFERENCE: PublishedReference = {
  mean: 'geometric',
  ...{ lnMeanCross: text(Math.log(0.5) / 4), held: [], crossHeld: false },
  lnMeans: {
    S: text(Math.log(800)),
    A: text(Math.log(4)),
    B: text(Math.log(6) / 2 + Math.log(0.5) / 4 - Math.log(0.40625) / 4),
    C: text((2 / 3) * Math.log(0.05)),
    P: text(0),
  },
  ...{ lnLevel: text(Math.log(1000)), linked: true, crossShare: '1/2', hazard: '1/20' },
  days: { logSum: unitLog(2 * Math.log(120)), count: '2' },
};
const VALUE: PublishedValue = {
  ...{ series: 'city', windowMonths: 1, value: '1623.69', reason: null, state: null, sub: null },
  ...{ chainGapPercent: null, grade: 'B', hidden: null, flags: [], asOfSeq: 9 },
  primitives: {
    ...{ contracts: 6, units: 6, parties: 9, cappedFen: '2000', squares: '1810000' },
    ...{ participants: '9', crossRegion: 4, conversions: 3, listingDays: 1500 },
    daysLogSum: unitLog(Math.log(60) + 2 * Math.log(120)),
    lnPrice: text(0.400948),
    lnStatePrice: null,
  },
};
const CONTENT: PublishedContent = {
  ...{ period: '2026-01', vintage: 1, revision: null, logRoot: null, capFen: '1000' },
  head: { seq: 9, recordedAt: '2026-02-02T04:00:00.000Z', kind: 'synthetic' },
  method: { name: 'x', version: '1', linkYear: 2026, linkHead: '4', parameterHash: '0'.repeat(64) },
  parameters: { daysPerListingMonth: '30', editions: [EDITION] },
  reference: { city: REFERENCE },
  ...{ values: [VALUE], cityWindows: [], contributions: null, contributionsHidden: null },
};
const withPrimitives = (changes: Partial<NonNullable<PublishedValue['primitives']>>) => {
  const { primitives } = VALUE;
  if (!primitives) throw new Error('a value without primitives');
  return { ...VALUE, primitives: { ...primitives, ...changes } };
};

test('the worked example is right to its two decimals, and nothing near it', () => {
  expect(isValueRight(CONTENT, VALUE)).toBe(true);
  expect(isValueRight(CONTENT, { ...VALUE, value: '1623.70' })).toBe(false);
  expect(isValueRight(CONTENT, { ...VALUE, value: '1623.68' })).toBe(false);
});

test.each([
  { units: 7 },
  { cappedFen: '2001' },
  { squares: '1820000' },
  { participants: '19/2' },
  { crossRegion: 5 },
  { conversions: 4 },
  { listingDays: 1530 },
  { lnPrice: text(0.401) },
])('another number gives another value, or the check would prove nothing: %o', (changed) => {
  expect(isValueRight(CONTENT, withPrimitives(changed))).toBe(false);
});

test('held components and a missing X term do not count', () => {
  const reference = { city: { ...REFERENCE, held: ['C' as const] } };
  const held: PublishedContent = { ...CONTENT, reference };
  // Given in the text of the example: with C held the value is 1585.06.
  expect(isValueRight(held, { ...VALUE, value: '1585.06' })).toBe(true);
  expect(isValueRight(held, VALUE)).toBe(false);
});

test('a value without its reference, or of another link year, is not judged right', () => {
  expect(isValueRight({ ...CONTENT, reference: {} }, VALUE)).toBe(false);
  const method = { ...CONTENT.method, linkYear: 2027 };
  expect(isValueRight({ ...CONTENT, method }, VALUE)).toBe(false);
});
