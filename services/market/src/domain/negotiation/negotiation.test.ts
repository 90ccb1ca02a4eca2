import { Terms } from '@jishi/contracts/market/negotiation';
import { Refusal } from '@jishi/contracts/problem';
import { describe, expect, test } from 'vitest';
import * as negotiation from './negotiation.ts';

const AT = '2026-11-20T02:00:00.000Z';
const SELLER = '0192f0c1-0000-7000-8000-000000000001';
const BUYER = '0192f0c1-0000-7000-8000-000000000002';
const BROKER = '0192f0c1-0000-7000-8000-000000000003';
const FIRST = '0192f0c1-0000-7000-8000-000000000011';
const SECOND = '0192f0c1-0000-7000-8000-000000000012';
const CONTRACT = '0192f0c1-0000-7000-8000-000000000021';
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
const REASONS = [{ code: 'price' as const, note: '' }];

const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.type;
    throw error;
  }
  throw new Error('expected a refusal');
};

const opened = negotiation.open(
  { sellerPartyId: SELLER, buyerPartyId: BUYER },
  'buyer',
  AT,
  '',
).negotiation;
const offer = (offerId = FIRST, terms = TERMS) => ({ offerId, by: 'buyer' as const, terms });
const offered = negotiation.offer(opened, offer(), AT, '').negotiation;
const agreed = negotiation.accept(offered, 'seller', FIRST, AT).negotiation;
const withBroker = negotiation.accept(
  negotiation.offer(opened, offer(FIRST, { ...TERMS, brokerPartyId: BROKER }), AT, '').negotiation,
  'seller',
  FIRST,
  AT,
).negotiation;
const contracted = negotiation.drawContract(agreed, 'buyer', CONTRACT, AT).negotiation;
const ended = negotiation.withdraw(opened, 'seller', REASONS, AT).negotiation;

test('a party does not negotiate with itself', () => {
  const self = { sellerPartyId: SELLER, buyerPartyId: SELLER };
  expect(refused(() => negotiation.open(self, 'buyer', AT, ''))).toBe('own-record');
});

test('every step is one entry of the log with the next version', () => {
  const step = negotiation.offer(opened, offer(), AT, '请考虑');
  expect(step.entry).toStrictEqual({
    ...{ version: 2, kind: 'offered', by: 'buyer', at: AT, offerId: FIRST, terms: TERMS },
    ...{ note: '请考虑', reasons: [] },
  });
  expect(step.negotiation.version).toBe(2);
});

describe('an offer', () => {
  test('replaces the open one; only the latest can be accepted', () => {
    const again = negotiation.offer(offered, offer(SECOND), AT, '').negotiation;
    expect(refused(() => negotiation.accept(again, 'seller', FIRST, AT))).toBe('offer-not-open');
    expect(negotiation.accept(again, 'seller', SECOND, AT).negotiation.status).toBe('agreed');
  });

  test("is the other side's to accept or reject", () => {
    expect(refused(() => negotiation.accept(offered, 'buyer', FIRST, AT))).toBe('own-offer');
    const own = { offerId: FIRST, final: true, reasons: REASONS };
    expect(refused(() => negotiation.reject(offered, 'buyer', own, AT))).toBe('own-offer');
  });

  test('names no side as its broker', () => {
    for (const brokerPartyId of [SELLER, BUYER]) {
      const act = () =>
        negotiation.offer(opened, offer(FIRST, { ...TERMS, brokerPartyId }), AT, '');
      expect(refused(act)).toBe('broker-not-third-party');
    }
  });
});

describe('an offer with a last day', () => {
  const until = (expiresOn: string) =>
    negotiation.offer(opened, { ...offer(), expiresOn }, AT, '').negotiation;
  const acceptAt = (at: string) => () =>
    negotiation.accept(until('2026-11-20'), 'seller', FIRST, at);
  test('is open to the end of that business day, and then no more', () => {
    expect(acceptAt('2026-11-20T15:59:59.999Z')).not.toThrow();
    expect(refused(acceptAt('2026-11-20T16:00:00.000Z'))).toBe('offer-not-open');
  });
  test('may end today, not before', () => {
    expect(() => until('2026-11-20')).not.toThrow();
    expect(refused(() => until('2026-11-19'))).toBe('invalid-input');
  });
  test('stays in the log with it', () => {
    const made = { ...offer(), expiresOn: '2026-11-30' };
    expect(negotiation.offer(opened, made, AT, '').entry.expiresOn).toBe('2026-11-30');
  });
});

test('it is the turn of whoever has to answer', () => {
  const turn = (n: negotiation.Negotiation, today = '2026-11-20') => negotiation.turnOf(n, today);
  expect(turn(opened)).toBe('either');
  expect(turn(offered)).toBe('seller');
  const limited = negotiation.offer(opened, { ...offer(), expiresOn: '2026-11-20' }, AT, '');
  expect(turn(limited.negotiation)).toBe('seller');
  expect(turn(limited.negotiation, '2026-11-21')).toBe('either');
  expect(turn(agreed)).toBe('either');
  expect(turn(withBroker)).toBe('broker');
  expect(turn(negotiation.answerAsBroker(withBroker, true, AT).negotiation)).toBe('either');
  expect(turn(contracted)).toBeNull();
  expect(turn(ended)).toBeNull();
});

test('a rejection leaves it open unless it is final', () => {
  const soft = { offerId: FIRST, final: false, reasons: REASONS };
  const left = negotiation.reject(offered, 'seller', soft, AT).negotiation;
  expect(left).toMatchObject({ status: 'open', openOffer: null });
  const final = { offerId: null, final: true, reasons: REASONS };
  expect(negotiation.reject(left, 'seller', final, AT).negotiation.status).toBe('rejected');
});

describe('a broker', () => {
  test('that declines puts the terms back to bargaining', () => {
    const back = negotiation.answerAsBroker(withBroker, false, AT).negotiation;
    expect(back).toMatchObject({ status: 'open', agreed: null });
  });

  test('that is named confirms once, before the contract is drawn', () => {
    const draw = () => negotiation.drawContract(withBroker, 'seller', CONTRACT, AT);
    expect(refused(draw)).toBe('broker-not-confirmed');
    const yes = negotiation.answerAsBroker(withBroker, true, AT).negotiation;
    expect(refused(() => negotiation.answerAsBroker(yes, true, AT))).toBe('negotiation-state');
    const drawn = negotiation.drawContract(yes, 'seller', CONTRACT, AT);
    expect(drawn.negotiation).toMatchObject({ status: 'contracted', contractId: CONTRACT });
  });
});

test('a contract that is discarded leaves the agreed terms', () => {
  const back = negotiation.releaseContract(contracted, 'seller', AT).negotiation;
  expect(back).toMatchObject({ status: 'agreed', contractId: null, agreed: { offerId: FIRST } });
});

describe('only these acts are allowed in a status', () => {
  const acts: Record<string, (n: negotiation.Negotiation) => unknown> = {
    offer: (n) => negotiation.offer(n, offer(SECOND), AT, ''),
    accept: (n) => negotiation.accept(n, 'seller', FIRST, AT),
    reject: (n) =>
      negotiation.reject(n, 'seller', { offerId: null, final: true, reasons: REASONS }, AT),
    withdraw: (n) => negotiation.withdraw(n, 'seller', REASONS, AT),
    broker: (n) => negotiation.answerAsBroker(n, true, AT),
    draw: (n) => negotiation.drawContract(n, 'seller', CONTRACT, AT),
    release: (n) => negotiation.releaseContract(n, 'seller', AT),
  };
  test.each([
    ['open', offered, ['offer', 'accept', 'reject', 'withdraw']],
    ['agreed', agreed, ['withdraw', 'broker', 'draw']],
    ['contracted', contracted, ['release']],
    ['withdrawn', ended, []],
  ] as const)('%s', (_, state, allowed) => {
    for (const [name, act] of Object.entries(acts)) {
      if ((allowed as readonly string[]).includes(name)) expect(() => act(state)).not.toThrow();
      else expect(refused(() => act(state))).toBe('negotiation-state');
    }
  });
});

describe('terms', () => {
  const rule = (terms: unknown): string | undefined =>
    Terms.safeParse(terms).error?.issues[0]?.message;
  test('with a technology value at the contract value are taken, one fen above are not', () => {
    expect(rule(TERMS)).toBeUndefined();
    expect(rule({ ...TERMS, technologyValueFen: '101' })).toBe(
      'technology-value-above-contract-value',
    );
  });
  test('have a sub-type of their type, and a licence scope only for a licence', () => {
    expect(rule({ ...TERMS, contractSubType: 'patent-licence' })).toBe('contract-sub-type');
    const licence = { exclusivity: 'sole', territory: '全国', until: null };
    expect(rule({ ...TERMS, licence })).toBe('licence-scope');
    const type = { contractType: 'licence', contractSubType: 'patent-licence' };
    expect(rule({ ...TERMS, ...type })).toBe('licence-scope');
    expect(rule({ ...TERMS, ...type, licence })).toBeUndefined();
  });
  test('state a royalty only when it is paid so, and milestones within the value', () => {
    const royalty = { rateBp: 1, base: 'profit', entryFeeFen: '0', capFen: null };
    expect(rule({ ...TERMS, royalty })).toBe('royalty-method');
    expect(
      rule({ ...TERMS, royalty, payment: { method: 'royalty', text: '按年' } }),
    ).toBeUndefined();
    const steps = (...amounts: (string | null)[]) => ({
      ...TERMS,
      milestones: amounts.map((amountFen) => ({ name: '一', dueOn: '2026-12-31', amountFen })),
    });
    expect(rule(steps('60', '40', null))).toBeUndefined();
    expect(rule(steps('60', '41'))).toBe('milestones-above-contract-value');
  });
  test('may last one day and do not end before they begin', () => {
    const day = { from: '2026-12-01', to: '2026-12-01' };
    expect(rule({ ...TERMS, performance: day })).toBeUndefined();
    expect(rule({ ...TERMS, performance: { ...day, to: '2026-11-30' } })).toBe('period-backwards');
  });
});
