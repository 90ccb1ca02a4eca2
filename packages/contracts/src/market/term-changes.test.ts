import { expect, test } from 'vitest';
import type { NegotiationEntry, Terms } from './negotiation.ts';
import { changedParts, offersInLog, settledParts, TERM_PARTS } from './term-changes.ts';

const TERMS: Terms = {
  contractType: 'service',
  contractSubType: 'technical-service',
  contractValueFen: '100',
  technologyValueFen: '100',
  payment: { method: 'lump-sum', text: '验收后付清' },
  licence: null,
  deliverables: '检测服务一项',
  performance: { from: '2026-12-01', to: '2026-12-31' },
  brokerPartyId: null,
};
const TODAY = '2026-11-20';

const entry = (version: number, more: Partial<NegotiationEntry>): NegotiationEntry => ({
  ...{
    version,
    kind: 'offered',
    by: 'buyer',
    at: '2026-11-20T02:00:00.000Z',
    offerId: `o${version}`,
  },
  ...{ terms: null, note: '', reasons: [] },
  ...more,
});
const offer = (version: number, by: 'seller' | 'buyer', terms: Partial<Terms> = {}) =>
  entry(version, { by, terms: { ...TERMS, ...terms } });
const fates = (...log: NegotiationEntry[]) => offersInLog(log, TODAY).map((o) => o.fate);

test('a first offer says everything, the next what it changes, whatever order its keys have', () => {
  expect(changedParts(null, TERMS)).toStrictEqual(TERM_PARTS);
  expect(changedParts(TERMS, { ...TERMS, contractValueFen: '101' })).toStrictEqual([
    'contractValueFen',
  ]);
  const payment = { text: '验收后付清', method: 'lump-sum' as const };
  expect(changedParts(TERMS, { ...TERMS, payment })).toStrictEqual([]);
  const subType = { contractSubType: 'technical-training' as const };
  expect(changedParts(TERMS, { ...TERMS, ...subType })).toStrictEqual(['contractType']);
  const deferredPayment = { freeUntil: '2027-01-01', judgedBy: '良率' };
  expect(changedParts(TERMS, { ...TERMS, deferredPayment })).toStrictEqual(['deferredPayment']);
});

test('what an offer changes is compared with the one before, of either side', () => {
  const log = [offer(1, 'buyer'), offer(2, 'seller', { contractValueFen: '120' })];
  const [, second] = offersInLog(log, TODAY);
  expect(second).toMatchObject({ before: TERMS, changed: ['contractValueFen'], fate: 'open' });
});

test('an offer is open until it is answered, replaced, or past its day', () => {
  expect(fates(offer(1, 'buyer'), offer(2, 'seller'))).toStrictEqual(['replaced', 'open']);
  const answered = (kind: NegotiationEntry['kind']) =>
    fates(offer(1, 'buyer'), entry(2, { kind, by: 'seller', offerId: 'o1' }));
  expect(answered('accepted')).toStrictEqual(['accepted']);
  expect(answered('rejected')).toStrictEqual(['declined']);
  expect(answered('withdrawn')).toStrictEqual(['withdrawn']);
  const until = (expiresOn: string) => fates({ ...offer(1, 'buyer'), expiresOn });
  expect(until('2026-11-20')).toStrictEqual(['open']);
  expect(until('2026-11-19')).toStrictEqual(['expired']);
});

test('a part is settled when the last words of both sides say the same', () => {
  expect(settledParts([offer(1, 'buyer')])).toStrictEqual(new Set());
  const settled = settledParts([
    offer(1, 'buyer'),
    offer(2, 'seller', { contractValueFen: '120' }),
  ]);
  expect(settled.has('contractValueFen')).toBe(false);
  expect(settled.has('payment')).toBe(true);
});
