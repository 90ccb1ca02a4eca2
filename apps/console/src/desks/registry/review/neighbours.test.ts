import { expect, test } from 'vitest';
import { neighboursIn, nextAfterDeciding } from './neighbours.ts';

const IDS = ['a', 'b', 'c'];

test('a case has its neighbours in the order of the queue', () => {
  expect(neighboursIn(IDS, 'b')).toStrictEqual({
    before: 'a',
    after: 'c',
    place: { n: 2, of: 3 },
  });
  expect(neighboursIn(IDS, 'a').before).toBeNull();
  expect(neighboursIn(IDS, 'c').after).toBeNull();
});

test('from a case outside of the queue the next one is its first', () => {
  expect(neighboursIn(IDS, 'x')).toStrictEqual({ before: null, after: 'a', place: null });
  expect(neighboursIn([], 'x').after).toBeNull();
});

test('after a decision the next case opens, then what was passed over, then none', () => {
  expect(nextAfterDeciding(IDS, 'a')).toBe('b');
  expect(nextAfterDeciding(IDS, 'c')).toBe('a');
  expect(nextAfterDeciding(['a'], 'a')).toBeNull();
});
