import { describe, expect, it } from 'vitest';
import { mayRestate } from './primary-disclosure.ts';
import { contractOf } from './testing-market.ts';
import {
  asOfHead,
  firstPublished,
  isCorrectedAtOnce,
  nowRestated,
  revisionLabel,
  type Vintage,
} from './vintages.ts';
import { differingMonths, type GuardedMonth, publishableWindows } from './window-guard.ts';

const monthsFrom = (values: readonly (readonly [number, boolean])[]): GuardedMonth[] =>
  values.map(([value, isUnsafe], i) => ({
    ...{ month: `2026-${String(i + 1).padStart(2, '0')}`, rawFen: BigInt(value), isUnsafe },
  }));
const published = (values: readonly (readonly [number, boolean])[]): string[] =>
  [...publishableWindows(monthsFrom(values), 3, 10n)].sort();

describe('overlapping windows are a table too', () => {
  it('all are published while every month may be known', () => {
    const safe = [100, 90, 80, 70, 60, 50].map((value) => [value, false] as const);
    expect(published(safe)).toStrictEqual(['2026-03', '2026-04', '2026-05', '2026-06']);
  });

  it('a window is held back where its difference to others gives an unsafe month away', () => {
    // April is unsafe and February and March were zero: R(4) − R(3) + month(1) is April itself.
    const months = [
      ...([
        [100, false],
        [0, false],
        [0, false],
      ] as const),
      ...([
        [70, true],
        [60, false],
        [50, false],
      ] as const),
    ];
    expect(published(months)).toStrictEqual(['2026-03', '2026-05', '2026-06']);
  });

  it('a small unsafe month among large ones may be covered by them', () => {
    const months = [
      ...([
        [500, false],
        [500, false],
        [500, false],
      ] as const),
      ...([
        [70, true],
        [600, false],
        [500, false],
      ] as const),
    ];
    expect(published(months)).toContain('2026-04');
  });

  it('two windows tell of the months that they do not share', () => {
    expect(differingMonths('2026-04', '2026-05', 3)).toStrictEqual(['2026-02', '2026-05']);
  });
});

describe('a new vintage', () => {
  const rule = {
    ...{ minContracts: '3', minSellers: '3', minBuyers: '3' },
    ...{ pPercent: '10', lowSample: '20', secondaryPercent: '10' },
  };

  it('moves value figures by nothing or by a crowd, never by one or two contracts', () => {
    const three = ['a', 'b', 'c'].map((id) => contractOf(id));
    expect(mayRestate([], rule)).toBe(true);
    expect(mayRestate(three.slice(0, 2), rule)).toBe(false);
    expect(mayRestate(three, rule)).toBe(true);
    const oneSeller = three.map((one) => ({ ...one, sellerId: 's' }));
    expect(mayRestate(oneSeller, rule)).toBe(false);
  });

  it('is labelled by what moved it', () => {
    const before = { methodHash: 'm1', value: '1000.00' };
    expect(revisionLabel(before, before)).toBeNull();
    expect(revisionLabel(before, { ...before, value: '1000.01' })).toBe('R1');
    expect(revisionLabel(before, { methodHash: 'm2', value: '1000.00' })).toBe('R3');
    expect(revisionLabel(before, { ...before, value: '1000.01' }, 'C')).toBe('C');
    expect(revisionLabel(before, { ...before, value: '1000.01' }, 'R2')).toBe('R2');
    expect(revisionLabel(before, before, 'C')).toBeNull();
  });

  it('is found as first published, as of a head and as restated now', () => {
    const vintage = (number: number, headSeq: number): Vintage => ({
      ...{ seriesKey: 'city', period: '2026-01', number, headSeq, methodHash: 'm' },
      ...{ value: `${number}.00`, label: number === 1 ? null : 'R1' },
    });
    const all = [vintage(2, 20), vintage(1, 10), vintage(3, 30)];
    expect(firstPublished(all)?.number).toBe(1);
    expect(nowRestated(all)?.number).toBe(3);
    expect([9, 10, 19, 20, 29, 30].map((seq) => asOfHead(all, seq)?.number ?? null)).toStrictEqual([
      null,
      1,
      1,
      2,
      2,
      3,
    ]);
    expect(nowRestated([])).toBeNull();
  });

  it('corrects an error at once from half a per cent on, or when a direction flips', () => {
    expect(isCorrectedAtOnce('1000.00', '1005.00', null)).toBe(true);
    expect(isCorrectedAtOnce('1000.00', '1004.99', null)).toBe(false);
    expect(isCorrectedAtOnce('1000.00', '995.00', null)).toBe(true);
    expect(isCorrectedAtOnce('1000.00', '999.00', '999.50')).toBe(true);
    expect(isCorrectedAtOnce('1000.00', '999.00', '998.00')).toBe(false);
    expect(isCorrectedAtOnce('1000.00', '999.00', '1000.00')).toBe(true);
  });
});
