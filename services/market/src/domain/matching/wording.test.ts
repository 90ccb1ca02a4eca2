import { expect, test } from 'vitest';
import { wanYuan } from './wording.ts';

test('a price is cut and never shown above what it is; English counts in millions from ¥100,000', () => {
  expect(wanYuan(180_000_000n)).toStrictEqual({ zh: '180.00 万元', en: '¥1.80 million' });
  expect(wanYuan(199_999_999n)).toStrictEqual({ zh: '199.99 万元', en: '¥1.99 million' });
  expect(wanYuan(10_000_000n).en).toBe('¥0.10 million');
  expect(wanYuan(9_999_999n).en).toBe('¥99,999');
});
