import { describe, expect, it } from 'vitest';
import {
  CursorMoved,
  FeedBroken,
  type Numbered,
  RETRIES_MAX,
  requireDense,
  startFeedConsumer,
  startStepConsumer,
  waitMs,
} from './feed-consumer.ts';
import { silentLog } from './log.ts';

const items = (from: number, to: number): Numbered[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }));

/** A feed and a store in memory; `end` resolves when the consumer waits at the end of the feed. */
const world = (feed: readonly Numbered[]) => {
  const seen: number[] = [];
  let cursor = 0;
  let atEnd = (): void => {};
  const end = new Promise<void>((resolve) => {
    atEnd = resolve;
  });
  return {
    seen,
    end,
    options: {
      name: 'test',
      log: silentLog,
      loadCursor: async () => cursor,
      readAfter: async (after: number) => feed.filter((i) => i.seq > after).slice(0, 3),
      apply: async (batch: readonly Numbered[], from: number) => {
        if (from !== cursor) throw new Error('fenced');
        seen.push(...batch.map((i) => i.seq));
        cursor = batch.at(-1)?.seq ?? cursor;
      },
      waitForMore: (signal: AbortSignal): Promise<void> => {
        atEnd();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    },
  };
};

describe('a feed consumer', () => {
  it('sees every item once and in order', async () => {
    const { seen, end, options } = world(items(1, 10));
    const consumer = startFeedConsumer(options);
    await end;
    await consumer.stop();
    expect(seen).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(consumer.state()).toMatchObject({ cursor: 10, status: 'stopped', lastError: null });
  });

  it('repeats a batch whose effect failed, and goes on', async () => {
    const { seen, end, options } = world(items(1, 4));
    let failures = 2;
    const consumer = startFeedConsumer({
      ...options,
      apply: async (batch, from) => {
        if (failures-- > 0) throw new Error('passing fault');
        await options.apply(batch, from);
      },
    });
    await end;
    await consumer.stop();
    expect(seen).toStrictEqual([1, 2, 3, 4]);
  });

  it('stops at a gap, by name, with nothing of the batch applied', async () => {
    const { seen, options } = world([{ seq: 1 }, { seq: 3 }]);
    const consumer = startFeedConsumer(options);
    await expect
      .poll(() => consumer.state())
      .toMatchObject({
        ...{ status: 'broken', reason: 'feed-gap', retriesMax: RETRIES_MAX },
        lastError: 'expected sequence 2, got 3',
      });
    expect(seen).toStrictEqual([]);
  });

  it('outlives a database that is away for longer than any number of retries', async () => {
    const { seen, end, options } = world(items(1, 4));
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    let failures = 3;
    const consumer = startFeedConsumer({
      ...options,
      retriesMax: 1,
      apply: async (batch, from) => {
        if (from > 0 && failures-- > 0) throw away;
        await options.apply(batch, from);
      },
    });
    await expect.poll(() => consumer.state().lastError).toBe('away');
    expect(consumer.state()).toMatchObject({ cursor: 3, status: 'running' });
    await end;
    await consumer.stop();
    expect(seen).toStrictEqual([1, 2, 3, 4]);
  });

  it('stops after the named number of failures in a row', async () => {
    const { options } = world(items(1, 1));
    const consumer = startFeedConsumer({
      ...options,
      retriesMax: 1,
      apply: () => Promise.reject(new Error('always')),
    });
    await expect.poll(() => consumer.state().status).toBe('broken');
    expect(consumer.state()).toMatchObject({
      ...{ failuresInARow: 2, retries: 2, retriesMax: 1 },
      ...{ reason: 'retries-used-up', lastError: 'fault' },
    });
  });

  it('goes on after as many failures as it may have', async () => {
    const { seen, end, options } = world(items(1, 1));
    let failures = 1;
    const consumer = startFeedConsumer({
      ...options,
      retriesMax: 1,
      apply: async (batch, from) => {
        if (failures-- > 0) throw new Error('once');
        await options.apply(batch, from);
      },
    });
    await end;
    expect(consumer.state()).toMatchObject({ status: 'running', retries: 0, lastError: null });
    await consumer.stop();
    expect(seen).toStrictEqual([1]);
  });

  it('takes the loss of a race for no failure: the cursor is read again, nothing is said', async () => {
    const { seen, end, options } = world(items(1, 4));
    const said: unknown[] = [];
    let races = 1;
    const consumer = startFeedConsumer({
      ...options,
      log: { ...silentLog, warn: (fields: unknown) => void said.push(fields) },
      apply: async (batch, from) => {
        await options.apply(batch, from);
        if (races-- > 0) throw new CursorMoved('another was faster');
      },
    });
    await end;
    expect(consumer.state()).toMatchObject({ cursor: 4, failuresInARow: 0, lastError: null });
    await consumer.stop();
    expect([seen, said]).toStrictEqual([[1, 2, 3, 4], []]);
  });

  it('counts a race as a failure when the cursor is found where it was', async () => {
    const { options } = world(items(1, 1));
    const consumer = startFeedConsumer({
      ...options,
      retriesMax: 0,
      apply: () => Promise.reject(new CursorMoved('nobody was faster')),
    });
    await expect.poll(() => consumer.state().status).toBe('broken');
    expect(consumer.state().reason).toBe('retries-used-up');
  });

  it('that stopped by name goes on when what it stumbled over was built anew', async () => {
    const { options } = world([]);
    let isWhole = false;
    const consumer = startStepConsumer({
      ...options,
      waitForMore: waitMs(1),
      take: async (cursor) => {
        if (!isWhole) throw new FeedBroken('effect-refused', 'a row is missing');
        return Math.max(cursor, 1);
      },
      isRenewed: async () => isWhole,
    });
    await expect.poll(() => consumer.state().reason).toBe('effect-refused');
    isWhole = true;
    await expect.poll(() => consumer.state()).toMatchObject({ status: 'running', reason: null });
    await consumer.stop();
    expect(consumer.state()).toMatchObject({ cursor: 1, status: 'stopped' });
  });
});

describe('density', () => {
  it.each([
    ['a gap', [{ seq: 6 }, { seq: 8 }]],
    ['a repeat', [{ seq: 6 }, { seq: 6 }]],
    ['a late start', [{ seq: 7 }]],
    ['an early start', [{ seq: 5 }]],
  ])('%s after sequence 5 is refused', (_, batch) => {
    expect(() => requireDense(batch, 5)).toThrow(FeedBroken);
  });

  it('accepts 6, 7 after sequence 5', () => {
    expect(() => requireDense([{ seq: 6 }, { seq: 7 }], 5)).not.toThrow();
  });
});

describe('a consumer that knows the size of its batches', () => {
  /** A log that grows when told; every question is written down with the cursor it was asked at. */
  const growing = (limit: number) => {
    const asked: number[] = [];
    let [head, wake] = [0, (): void => {}];
    return {
      asked,
      grow: (by: number): void => {
        head += by;
        wake();
      },
      options: {
        ...{ name: 'test', log: silentLog, batchEvents: limit },
        loadCursor: async () => 0,
        take: async (cursor: number) => {
          asked.push(cursor);
          return Math.min(head, cursor + limit);
        },
        waitForMore: (signal: AbortSignal): Promise<void> =>
          new Promise((resolve) => {
            if (signal.aborted) return resolve();
            wake = resolve;
            signal.addEventListener('abort', () => resolve());
          }),
      },
    };
  };

  it('asks on after a full batch, and not after a smaller one', async () => {
    const { asked, grow, options } = growing(3);
    grow(7);
    const consumer = startStepConsumer(options);
    await expect.poll(() => consumer.state().cursor).toBe(7);
    expect(asked).toStrictEqual([0, 3, 6]);
    grow(1);
    await expect.poll(() => consumer.state().cursor).toBe(8);
    await consumer.stop();
    expect(asked).toStrictEqual([0, 3, 6, 7]);
  });

  it('takes what comes close behind together, and misses no wake-up while it rests', async () => {
    const { asked, grow, options } = growing(100);
    let waits = 0;
    const consumer = startStepConsumer({
      ...options,
      restMs: 50,
      waitForMore: (signal) => {
        waits += 1;
        // The first wait is woken by what came during the rest, as a follower's would be.
        return waits === 1 ? Promise.resolve() : options.waitForMore(signal);
      },
    });
    grow(1);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    grow(1);
    grow(1);
    await expect.poll(() => consumer.state().cursor).toBe(3);
    await consumer.stop();
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});
