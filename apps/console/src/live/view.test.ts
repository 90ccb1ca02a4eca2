import { expect, test } from 'vitest';
import { burnInShift, stagePlace, viewOf } from './view.ts';

test('a landscape screen of 1600 is a wall, of 1599 or upright it is not', () => {
  expect(viewOf('', 1_600, 900)).toBe('wall');
  expect(viewOf('', 1_599, 900)).toBe('desk');
  expect(viewOf('', 1_600, 1_600)).toBe('desk');
});

test('the address decides before the screen', () => {
  expect(viewOf('?view=desk', 3_840, 2_160)).toBe('desk');
  expect(viewOf('?view=wall', 360, 800)).toBe('wall');
  expect(viewOf('?view=focus', 1_920, 1_080)).toBe('focus');
  expect(viewOf('?view=other', 360, 800)).toBe('desk');
});

test('the stage is scaled by one factor and centred', () => {
  expect(stagePlace(1_920, 1_080)).toStrictEqual({ scale: 1, left: 0, top: 0 });
  expect(stagePlace(3_840, 2_160)).toStrictEqual({ scale: 2, left: 0, top: 0 });
  expect(stagePlace(2_520, 1_080)).toStrictEqual({ scale: 1, left: 300, top: 0 });
  expect(stagePlace(1_920, 1_280)).toStrictEqual({ scale: 1, left: 0, top: 100 });
});

test('against burn-in the stage walks round a square of two pixels', () => {
  const walk = [0, 1, 2, 3, 4].map((step) => burnInShift(step));
  expect(walk).toStrictEqual([
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [0, 0],
  ]);
});
