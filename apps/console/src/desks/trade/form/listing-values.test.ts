import { expect, test } from 'vitest';
import { bodyOfListing, emptyListing, valuesOfListing } from './listing-values.ts';

const EMPTY = emptyListing({ district: 'sip', name: '林工', email: 'lin@example.cn' });

test('what is saved and read again is what the form held', () => {
  const values = {
    ...EMPTY,
    title: '低温涂层',
    trl: '6',
    rights: [{ kind: 'invention' as const, number: 'ZL2013' }],
    dealTypes: ['licence' as const],
    ...{ priceMode: 'fixed', priceFen: '1200', owners: 'shared', coOwners: '甲大学、乙公司' },
  };
  expect(valuesOfListing(bodyOfListing(values))).toStrictEqual(values);
});

test('an amount that is none yet is not saved, and co-owners are parted at any comma', () => {
  const half = bodyOfListing({ ...EMPTY, priceMode: 'fixed', priceFen: '12 万' });
  expect(half.content.price).toStrictEqual({ mode: 'fixed', priceFen: null });
  const shared = bodyOfListing({ ...EMPTY, owners: 'shared', coOwners: '甲,乙，丙 、' });
  expect(shared.content.ownership?.coOwners).toStrictEqual(['甲', '乙', '丙']);
  expect(bodyOfListing(EMPTY).content.ownership).toBeNull();
  expect(bodyOfListing({ ...EMPTY, owners: 'sole' }).content.ownership?.coOwners).toStrictEqual([]);
});
