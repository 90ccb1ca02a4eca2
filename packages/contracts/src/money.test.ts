import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FenString, formatFen, parseFen, shareRoundedDown, smallerFen } from './money.ts';

describe('an amount on the wire', () => {
  it.each(['0', '1', '999999999999999999'])('%s is whole fen', (text) => {
    expect(FenString.safeParse(text).success).toBe(true);
  });

  it.each(['', '-1', '01', '1.0', '1e3', ' 1', '１', '1000000000000000000'])(
    '«%s» is refused',
    (text) => {
      expect(FenString.safeParse(text).success).toBe(false);
    },
  );

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (fen) => {
        expect(parseFen(formatFen(fen))).toBe(fen);
      }),
    );
  });
});

describe('a share by rate', () => {
  it.each([
    [10_000n, 500, 500n],
    [9_999n, 1, 0n],
    [10_000n, 1, 1n],
    [19_999n, 1, 1n],
    [1n, 9_999, 0n],
    [1n, 10_000, 1n],
  ])('%s fen at %s bp is %s fen, rounded down', (amount, rate, share) => {
    expect(shareRoundedDown(amount, rate)).toBe(share);
  });

  it('is never above the exact share, and less than one fen below it', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 17n });
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (fen, rateBp) => {
        const scaled = shareRoundedDown(fen, rateBp) * 10_000n;
        const exact = fen * BigInt(rateBp);
        expect(scaled <= exact && exact - scaled < 10_000n).toBe(true);
      }),
    );
  });
});

it('the smaller of two amounts', () => {
  expect([smallerFen(1n, 2n), smallerFen(2n, 1n), smallerFen(2n, 2n)]).toStrictEqual([1n, 1n, 2n]);
});
