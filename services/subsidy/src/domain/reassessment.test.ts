import { smallerFen } from '@jishi/contracts/money';
import type { DecisionContent } from '@jishi/contracts/subsidy/decision';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedReceipts } from './counted-receipts.ts';
import { consequenceOf } from './reassessment.ts';

const content = (awardFen: string, decidedBy: string | null = null): DecisionContent => ({
  scheme: 'test-scheme',
  policyHash: 'h',
  policyDay: '2026-07-01',
  year: 2026,
  outcome: decidedBy ? 'not-eligible' : 'award',
  decidedBy,
  awardFen,
  calculation: null,
  checks: [],
  includesAssumption: false,
});
const GONE = content('0', 'rule-registered');
const REFUSED = content('0', 'rule-related');

describe('a change in the ledger', () => {
  test.each([
    ['open', undefined, content('5'), 'none'],
    ['open', undefined, GONE, 'closed'],
    ['decided', content('5'), content('5'), 'unchanged'],
    ['decided', content('5'), content('4'), 'reopened'],
    ['approved', content('5'), content('6'), 'reopened'],
    ['batched', content('5'), GONE, 'closed'],
    ['refused', REFUSED, GONE, 'unchanged'],
    ['refused', REFUSED, content('5'), 'reopened'],
    ['instructed', content('5'), GONE, 'wait'],
    ['closed', undefined, content('5'), 'none'],
  ] as const)('finds a case %s, decided %o, now %o: %s', (status, decided, now, expected) => {
    expect(consequenceOf(status, decided, now, 0n).kind).toBe(expected);
  });

  test('of a paid award claims exactly what is held over what may be kept', () => {
    const of = (heldFen: bigint, keeps: string) =>
      consequenceOf('paid', content('10'), content(keeps), heldFen);
    expect(of(10n, '9')).toStrictEqual({ kind: 'lower', differenceFen: 1n });
    expect(of(10n, '10')).toStrictEqual({ kind: 'unchanged' });
    expect(of(9n, '10')).toStrictEqual({ kind: 'higher' });
    expect(of(10n, '0')).toStrictEqual({ kind: 'lower', differenceFen: 10n });
  });
});

describe('receipts that count', () => {
  const receipts = fc.array(
    fc.record({ amountFen: fc.bigInt({ min: 1n, max: 10n ** 12n }), isReversed: fc.boolean() }),
    { maxLength: 12 },
  );

  test('are the arrived sum or the technology value, whichever is less, and none reversed', () => {
    fc.assert(
      fc.property(receipts, fc.bigInt({ min: 0n, max: 10n ** 12n }), (list, valueFen) => {
        const named = list.map((receipt, i) => ({ ...receipt, receiptId: `r${i}` }));
        const counted = countedReceipts(valueFen, named);
        const total = [...counted.values()].reduce((sum, fen) => sum + fen, 0n);
        const arrived = list.reduce((sum, r) => sum + (r.isReversed ? 0n : r.amountFen), 0n);
        expect(total).toBe(smallerFen(arrived, valueFen));
        const reversed = named.filter((receipt) => receipt.isReversed);
        expect(reversed.every((receipt) => counted.get(receipt.receiptId) === 0n)).toBe(true);
      }),
    );
  });
});
