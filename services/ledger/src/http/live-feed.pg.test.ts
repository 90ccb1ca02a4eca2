import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLiveFeed } from './live-feed.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';

let ledger: TestIndex;
beforeAll(async () => {
  ledger = await openTestIndex('live_feed');
  await ledger.register(BASE_YEAR);
});
afterAll(() => ledger.end());

test('one text for all readers of a view, made anew when its numbers move', async () => {
  const feed = createLiveFeed(ledger.indexed);
  const [exact, shown] = [await feed.snapshotText('exact'), await feed.snapshotText('public')];
  expect(await feed.snapshotText('exact')).toBe(exact);
  await ledger.register([
    { registeredOn: '2026-01-05', recordedAt: '2026-01-05T04:00:00.000Z', sellerId: 'a' },
  ]);
  expect(await feed.snapshotText('exact')).not.toBe(exact);
  expect(await feed.snapshotText('public')).toBe(shown);
});

test('waiting a moment is live, waiting longer is behind, caught up is live again', async () => {
  let nowMs = 0;
  const before = ledger.index.latest();
  let stuck = true;
  const feed = createLiveFeed(
    {
      ...ledger.indexed,
      index: { ...ledger.index, latest: () => (stuck ? before : ledger.index.latest()) },
    },
    () => nowMs,
  );
  await ledger.otherEvent('2026-01-06T04:00:00.000Z');
  expect((await feed.heartbeat('public')).status).toBe('live');
  nowMs = 1_500;
  expect((await feed.heartbeat('public')).status).toBe('live');
  nowMs = 1_501;
  expect((await feed.heartbeat('exact')).status).toBe('behind');
  stuck = false;
  expect((await feed.heartbeat('exact')).status).toBe('live');
});

test('an event that cannot be counted: broken, by name, and the numbers stay', async () => {
  const feed = createLiveFeed(ledger.indexed);
  const counted = ledger.index.latest().seq;
  await ledger.brokenEvent();
  await expect.poll(() => ledger.index.consumer().status).toBe('broken');
  expect(ledger.index.consumer().lastError).toContain('private part is missing');
  const beat = await feed.heartbeat('exact');
  expect(beat).toMatchObject({ status: 'broken', asOf: { seq: counted } });
  expect(beat.head.seq).toBe(counted + 1);
});
