import { expect, test } from 'vitest';
import { inTurns, turn } from './turns.ts';

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

function* working(steps: number, ms: number): Generator<void, number> {
  for (let i = 0; i < steps; i += 1) {
    busyFor(ms);
    yield;
  }
  return steps;
}

test('a long computation gives its result, and others have had their turns meanwhile', async () => {
  let turns = 0;
  let isDone = false;
  const others = async (): Promise<void> => {
    while (!isDone) {
      await turn();
      turns += 1;
    }
  };
  const watching = others();
  expect(await inTurns(working(8, 11))).toBe(8);
  isDone = true;
  await watching;
  expect(turns).toBeGreaterThanOrEqual(8);
});

test('a short one is done at once', async () => {
  let isElsewhere = false;
  setImmediate(() => {
    isElsewhere = true;
  });
  expect(await inTurns(working(3, 0))).toBe(3);
  expect(isElsewhere).toBe(false);
});

test('what goes wrong on the way goes to the caller', async () => {
  function* failing(): Generator<void, number> {
    yield;
    throw new Error('no such month');
  }
  await expect(inTurns(failing())).rejects.toThrow('no such month');
});
