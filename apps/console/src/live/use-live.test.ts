import { expect, test } from 'vitest';
import { sampleSnapshot } from '../testing/sample-snapshot.ts';
import { type LiveState, reduceLive } from './use-live.ts';

const snapshot = sampleSnapshot();
const later = { ...snapshot, asOf: { ...snapshot.asOf, seq: snapshot.asOf.seq + 3 } };
const empty: LiveState = {
  snapshot: null,
  heardAtMs: null,
  trouble: null,
  pulse: { status: 'live', headSeq: null },
};
const shown = reduceLive(empty, { type: 'snapshot', snapshot: later, atMs: 1 });

test('an older snapshot that overtakes a newer one is dropped, but is a sign of life', () => {
  const state = reduceLive(shown, { type: 'snapshot', snapshot, atMs: 2 });
  expect(state.snapshot?.asOf.seq).toBe(later.asOf.seq);
  expect(state.heardAtMs).toBe(2);
});

test('the same head with other content is taken: the day may have changed', () => {
  const next = { ...later, registeredToday: 0 };
  const state = reduceLive(shown, { type: 'snapshot', snapshot: next, atMs: 2 });
  expect(state.snapshot?.registeredToday).toBe(0);
});

test('the exact view replaces the public one, whichever head is newer', () => {
  const exact = { ...snapshot, exact: true };
  const state = reduceLive(shown, { type: 'snapshot', snapshot: exact, atMs: 2 });
  expect(state.snapshot?.exact).toBe(true);
});

test('trouble keeps the values and their age; the next sign of life ends it', () => {
  const trouble = { status: 503, requestId: 'request-7f3c' };
  const troubled = reduceLive(shown, { type: 'trouble', trouble });
  expect(troubled.snapshot).toBe(later);
  expect(troubled.heardAtMs).toBe(1);
  expect(troubled.trouble).toStrictEqual(trouble);
  expect(reduceLive(troubled, { type: 'heard', atMs: 9 }).trouble).toBeNull();
});
