import { expect, test } from 'vitest';
import { cannotList, splitBySide } from './listable.ts';

const below = { side: 'below', standing: 'registered' } as const;
const over = { side: 'at-or-over', standing: 'amended' } as const;

test('contracts of one side make a list, amended ones too', () => {
  expect(cannotList([below, below])).toBeNull();
  expect(cannotList([over])).toBeNull();
});

test('no list mixes both sides of the amount', () => {
  expect(cannotList([below, over])).toBe('mixed');
  expect(splitBySide([below, over, over])).toStrictEqual({ below: [below], over: [over, over] });
});

test('what left the register is in no list', () => {
  expect(cannotList([below, { side: 'below', standing: 'revoked' }])).toBe('not-registered');
  expect(cannotList([{ side: 'below', standing: 'deregistered' }])).toBe('not-registered');
  expect(cannotList([])).toBe('none');
});
