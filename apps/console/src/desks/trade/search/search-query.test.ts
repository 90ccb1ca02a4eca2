import { expect, test } from 'vitest';
import { searchQueryOf } from './search-query.ts';

test('the address says everything that is asked for, and what is none of ours is left out', () => {
  const query = searchQueryOf('?q=%20磨削&fieldCode=materials&trlBand=4-6&sort=price', 'listings');
  expect(query).toMatchObject({
    ...{ kind: 'listings', q: '磨削', fieldCode: 'materials', trlBand: '4-6', sort: 'price' },
  });
  const strange = searchQueryOf('?fieldCode=magic&district=nowhere&sort=luck', 'needs');
  expect(strange).toMatchObject({ q: '', fieldCode: undefined, district: undefined });
  expect(strange.sort).toBeUndefined();
});
