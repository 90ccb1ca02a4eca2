import { afterEach, expect, it, vi } from 'vitest';
import type { Frame } from '../domain/index/family/frames.ts';
import type { ValueLine } from '../domain/index/family/value-lines.ts';
import { createBell } from '../process/bell.ts';
import { createValuesHub } from './values-hub.ts';

const line = (series: string, value: string): ValueLine => ({
  ...{ series, windowMonths: 1, period: '2026-03', value, reason: null, state: null, sub: null },
  ...{ chainGapPercent: null, grade: 'A', hidden: null, flags: [], provisional: true },
});
const frame = (seq: number, values: readonly ValueLine[], events = [seq]): Frame => ({
  ...{ seq, recordedAt: null, values, events },
});

/** A maker whose frames are put there by the test, and how often it was asked. */
const scripted = () => {
  const bell = createBell();
  const frames: Frame[] = [];
  let asked = 0;
  let begun = 0;
  const whole = frame(1, [line('city', '1000.00')], []);
  const hub = createValuesHub(
    () => ({
      begin: async () => {
        begun += 1;
      },
      whole: () => whole,
      next: async () => {
        asked += 1;
        return frames.shift() ?? null;
      },
      hasMore: () => frames.length > 0,
    }),
    bell.wait,
  );
  const push = (...more: Frame[]): void => {
    frames.push(...more);
    bell.ring();
  };
  return { hub, push, asked: () => asked, begun: () => begun };
};

const gone: AbortController[] = [];
const reader = (hub: ReturnType<typeof scripted>['hub'], wait = async () => {}) => {
  const seen: Frame[] = [];
  const signal = new AbortController();
  gone.push(signal);
  const done = hub.follow(signal.signal, async (one) => {
    seen.push(one);
    await wait();
  });
  return { seen, leave: () => signal.abort(), done };
};
afterEach(() => {
  for (const one of gone.splice(0)) one.abort();
});

it('gives everybody the same frames, computed once, the first with everything', async () => {
  const { hub, push, asked, begun } = scripted();
  const [first, second] = [reader(hub), reader(hub)];
  await vi.waitFor(() => expect(second.seen).toHaveLength(1));
  expect(first.seen[0]?.values[0]?.value).toBe('1000.00');
  await vi.waitFor(() => expect(asked()).toBe(1));
  push(frame(2, [line('city', '1001.00')]));
  await vi.waitFor(() => expect(second.seen).toHaveLength(2));
  expect(first.seen[1]).toBe(second.seen[1]);
  expect(begun()).toBe(1);
  // Once for the frame, and once that found nothing more.
  expect(asked()).toBeLessThanOrEqual(3);
});

it('sends one frame in twenty milliseconds at most', async () => {
  const { hub, push } = scripted();
  const { seen } = reader(hub);
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  const startMs = performance.now();
  push(...[2, 3, 4, 5].map((seq) => frame(seq, [line('city', `${seq}.00`)])));
  await vi.waitFor(() => expect(seen.at(-1)?.seq).toBe(5));
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(3 * 18);
});

it('merges what a slow reader has not taken: later lines, all events', async () => {
  const { hub, push } = scripted();
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { seen } = reader(hub, () => held);
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  push(
    frame(2, [line('city', '2.00'), line('field:energy', '7.00')]),
    frame(3, [line('city', '3.00')]),
  );
  await new Promise((resolve) => setTimeout(resolve, 80));
  release();
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  expect(seen[1]).toMatchObject({ seq: 3, events: [2, 3] });
  expect(seen[1]?.values.map(({ series, value }) => [series, value])).toStrictEqual([
    ['city', '3.00'],
    ['field:energy', '7.00'],
  ]);
});

it('sends a reader away that is two thousand events behind', async () => {
  const { hub, push } = scripted();
  const events = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 2);
  const kept = reader(hub);
  const lost = reader(hub, () => new Promise((resolve) => setTimeout(resolve, 200)));
  await vi.waitFor(() => expect(lost.seen).toHaveLength(1));
  push(frame(2, [], events(2_000)), frame(3, [], [3]));
  await lost.done;
  expect(lost.seen).toHaveLength(1);
  await vi.waitFor(() => expect(kept.seen).toHaveLength(3));
});

it('stops with the last reader, and begins anew with the next', async () => {
  const { hub, push, asked, begun } = scripted();
  const first = reader(hub);
  await vi.waitFor(() => expect(first.seen).toHaveLength(1));
  first.leave();
  await first.done;
  const before = asked();
  push();
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(asked()).toBeLessThanOrEqual(before + 1);
  const second = reader(hub);
  await vi.waitFor(() => expect(second.seen).toHaveLength(1));
  expect(begun()).toBe(2);
});
