import { silentLog } from '@jishi/runtime/log';
import { expect, test } from 'vitest';
import { holdFailedRuns } from './failed-runs.ts';

test('a run that fails is held for longer each time, and forgotten when it went', () => {
  let now = 0;
  const runs = holdFailedRuns(silentLog, () => now);
  const heldFor = (ms: number): string[] => {
    now += ms;
    return runs.held();
  };
  runs.failed('a', new Error('x'));
  expect(heldFor(999)).toStrictEqual(['a']);
  expect(heldFor(1)).toStrictEqual([]);
  runs.failed('a', new Error('x'));
  expect(heldFor(1_999)).toStrictEqual(['a']);
  expect(heldFor(1)).toStrictEqual([]);
  for (let i = 0; i < 20; i++) runs.failed('a', new Error('x'));
  expect(heldFor(299_999)).toStrictEqual(['a']);
  expect(heldFor(1)).toStrictEqual([]);
  runs.went('a');
  runs.failed('a', new Error('x'));
  expect(heldFor(1_000)).toStrictEqual([]);
});

test('each failure is told with the run that it is of', () => {
  const told: Record<string, unknown>[] = [];
  const log = { ...silentLog, error: (fields: Record<string, unknown>) => void told.push(fields) };
  holdFailedRuns(log, () => 0).failed('a', new Error('x'));
  expect(told).toStrictEqual([{ imports: 'x', run: 'a', failures: 1, pauseMs: 1_000 }]);
});
