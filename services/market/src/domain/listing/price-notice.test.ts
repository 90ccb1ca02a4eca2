import type { ListingContent } from '@jishi/contracts/market/listing';
import { PRICE_NOTICE } from '@jishi/contracts/market/price-notice';
import { Refusal } from '@jishi/contracts/problem';
import { expect, test } from 'vitest';
import { noticeState, startNotice, unfinishedNotice } from './price-notice.ts';

const content = { price: { mode: 'negotiable' } } as ListingContent;
const LISTING = { isOpen: true, content, nature: 'university' } as const;
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.type;
    throw error;
  }
  throw new Error('expected a refusal');
};

test('a notice lasts the days of the rule, the first one counted', () => {
  expect(PRICE_NOTICE.days).toBe(15);
  const days = startNotice(LISTING, ['withdrawn', 'over'], '2026-11-22');
  expect(days).toMatchObject({ startedOn: '2026-11-22', lastOn: '2026-12-06' });
  expect(noticeState(days, false, '2026-12-06')).toBe('running');
  expect(noticeState(days, false, '2026-12-07')).toBe('over');
  expect(noticeState(days, true, '2026-11-23')).toBe('withdrawn');
});

test('an enterprise, a stated price, a closed listing and a second notice are refused', () => {
  const fixed = { price: { mode: 'fixed', priceFen: '1' } } as ListingContent;
  const start = (over: object, earlier: readonly 'running'[] = []) =>
    refusal(() => startNotice({ ...LISTING, ...over }, earlier, '2026-11-22'));
  expect(start({ nature: 'enterprise' })).toBe('price-notice-state');
  expect(start({ content: fixed })).toBe('price-notice-state');
  expect(start({}, ['running'])).toBe('price-notice-state');
  expect(start({ isOpen: false })).toBe('listing-state');
});

test('before a contract is signed the notice of the standing offer is over, or it is said', () => {
  const days = { startedOn: '2026-11-22', lastOn: '2026-12-06' } as const;
  const running = { ...days, withdrawnBecause: null };
  const withdrawn = { ...days, withdrawnBecause: '有异议' };
  const said = (notices: readonly (typeof running | typeof withdrawn)[], today: string) =>
    unfinishedNotice(PRICE_NOTICE, notices, today)?.zh ?? null;
  expect(said([], '2026-11-22')).toContain('还没有公示');
  expect(said([withdrawn], '2026-12-31')).toContain('还没有公示');
  expect(said([running], '2026-12-06')).toContain('公示到 2026-12-06');
  expect(said([running], '2026-12-07')).toBeNull();
  expect(said([withdrawn, running], '2026-12-07')).toBeNull();
  expect(unfinishedNotice(null, [], '2026-11-22')).toBeNull();
});
