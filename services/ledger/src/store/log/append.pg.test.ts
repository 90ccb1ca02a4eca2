import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AppendResult, appendBatch } from './append.ts';
import { createAppendQueue } from './append-queue.ts';
import { appendBulk, type BulkEvent } from './bulk.ts';
import { readLog } from './follow.ts';
import { openTestLedger, testCommand, testEvent } from './testing.ts';

type Ledger = Awaited<ReturnType<typeof openTestLedger>>;
let ledger: Ledger;
beforeAll(async () => {
  ledger = await openTestLedger('append');
});
afterAll(() => ledger.close());

const appendOne = async (changes: Parameters<typeof testCommand>[0]): Promise<AppendResult> => {
  const [result] = await appendBatch(ledger.pool, [testCommand(changes)]);
  if (!result) throw new Error('no result');
  return result;
};

test('the golden row: these bytes and this leaf, for life', async () => {
  const salt = Buffer.alloc(32, 7);
  const result = await appendOne({
    stream: 'contract-0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f',
    events: [
      testEvent({
        type: 'ReceiptRecorded',
        id: '0192f0c1-7a3b-7c11-8f52-000000000001',
        actor: { kind: 'person' },
        data: '{"题":"一 \\"引\\"", "b":1.50}',
        private: { salt, body: '{"amountFen":"100"}' },
        recordedAt: '2026-11-20T06:32:08.000Z',
      }),
    ],
  });
  expect(result).toStrictEqual({ outcome: 'ok', firstSeq: 1, lastSeq: 1, version: 1 });
  const { rows } = await ledger.pool.query('select envelope, leaf from log where seq = 1');
  expect(rows[0].envelope).toBe(
    '{"seq":1,"recordedAt":"2026-11-20T06:32:08.000Z",' +
      '"stream":"contract-0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f","version":1,' +
      '"type":"ReceiptRecorded","schema":1,"id":"0192f0c1-7a3b-7c11-8f52-000000000001",' +
      '"actor":{"kind":"person"},' +
      '"data":{"题":"一 \\"引\\"", "b":1.50},' +
      '"commit":"c3159801dafe834773685fd25f2ed0cc1e1512f2cc4e3beff986b291092a402a"}',
  );
  expect(rows[0].leaf.toString('hex')).toBe(
    'ad6048f1e4d45a3bccc08da78398a32bdf8fac312071c2c89ed91f6b640600f2',
  );
  const commit = createHash('sha256').update(salt).update('{"amountFen":"100"}').digest('hex');
  expect(rows[0].envelope).toContain(commit);
  const leaf = createHash('sha256').update('\0').update(rows[0].envelope).digest('hex');
  expect(rows[0].leaf.toString('hex')).toBe(leaf);
  const parsed: unknown = JSON.parse(rows[0].envelope);
  expect(JSON.stringify(Envelope.parse(parsed))).toBe(JSON.stringify(parsed));
});

test('a version must be the one expected; the answer names the current one', async () => {
  const stream = `contract-${newId()}`;
  await appendOne({ stream, expected: 0, events: [testEvent(), testEvent()] });
  expect(await appendOne({ stream, expected: 0 })).toStrictEqual({
    outcome: 'conflict',
    current: 2,
  });
  expect(await appendOne({ stream, expected: 1 })).toMatchObject({ outcome: 'conflict' });
  expect(await appendOne({ stream, expected: 3 })).toMatchObject({ outcome: 'conflict' });
  expect(await appendOne({ stream, expected: 2 })).toMatchObject({ outcome: 'ok', version: 3 });
  expect(await appendOne({ stream, expected: 'exists' })).toMatchObject({ outcome: 'ok' });
  expect(await appendOne({ stream, expected: 'any' })).toMatchObject({ version: 5 });
  expect(await appendOne({ expected: 'exists' })).toMatchObject({ outcome: 'conflict' });
});

test('the same command again has the same answer; other content is refused', async () => {
  const command = testCommand({ events: [testEvent(), testEvent()] });
  const [first] = await appendBatch(ledger.pool, [command]);
  const [again] = await appendBatch(ledger.pool, [command]);
  expect(again).toStrictEqual({ ...first, outcome: 'replayed' });
  const hash = createHash('sha256').update('another').digest();
  const [other] = await appendBatch(ledger.pool, [{ ...command, hash }]);
  expect(other).toStrictEqual({ outcome: 'key-reused' });
  const [elsewhere] = await appendBatch(ledger.pool, [
    { ...command, org: newId(), hash, expected: 2 },
  ]);
  expect(elsewhere).toMatchObject({ outcome: 'ok' });
});

test('a key is claimed once over all streams, and again by its own stream', async () => {
  const claims = [{ kind: 'evidence', key: newId() }] as const;
  const stream = `contract-${newId()}`;
  expect(await appendOne({ stream, claims })).toMatchObject({ outcome: 'ok' });
  expect(await appendOne({ stream, claims, expected: 1 })).toMatchObject({ outcome: 'ok' });
  expect(await appendOne({ claims })).toStrictEqual({ outcome: 'claimed', kind: 'evidence' });
});

test('conflicts do not touch their neighbours in the batch', async () => {
  const stream = `contract-${newId()}`;
  await appendOne({ stream });
  const results = await appendBatch(ledger.pool, [
    testCommand(),
    testCommand({ stream, expected: 7 }),
    testCommand({ events: [testEvent(), testEvent()] }),
  ]);
  expect(results.map((r) => r.outcome)).toStrictEqual(['ok', 'conflict', 'ok']);
  const [first, , third] = results;
  if (first?.outcome !== 'ok' || third?.outcome !== 'ok') throw new Error('unreachable');
  expect(third.firstSeq).toBe(first.lastSeq + 1);
  expect(third.lastSeq).toBe(third.firstSeq + 1);
});

test('recorded time never goes back', async () => {
  const late = await appendOne({ events: [testEvent({ recordedAt: '2027-01-01T00:00:00.000Z' })] });
  const early = await appendOne({
    events: [testEvent({ recordedAt: '2026-01-01T00:00:00.000Z' }), testEvent()],
  });
  if (late.outcome !== 'ok' || early.outcome !== 'ok') throw new Error('unreachable');
  const items = await readLog(ledger.db, late.lastSeq - 1, 3);
  expect(items.map((i) => i.envelope.recordedAt)).toStrictEqual(
    Array.from({ length: 3 }, () => '2027-01-01T00:00:00.000Z'),
  );
});

test('bulk and single append give the same bytes for the same input', async () => {
  const shared = { org: 'service:ledger', part: 1, hash: Buffer.alloc(32), claims: [] };
  const eventsFor = (stream: string): BulkEvent[] =>
    [1, 2, 3].map((version) => ({
      ...testEvent({
        id: `0192f0c1-7a3b-7c11-8f52-00000000000${version}`,
        data: `{"n": ${version}}`,
        private: { salt: Buffer.alloc(32, version), body: '{"题":"x"}' },
        recordedAt: `2028-01-0${version}T00:00:00.000Z`,
      }),
      ...shared,
      stream,
      version,
      commandId: newId(),
    }));
  const [one, two] = [`contract-${newId()}`, `contract-${newId()}`];
  const bulk = eventsFor(one);
  const result = await appendBulk(ledger.pool, bulk);
  expect(result).toMatchObject({ outcome: 'ok', lastSeq: result.firstSeq + 2 });
  expect(await appendBulk(ledger.pool, bulk)).toStrictEqual({ ...result, outcome: 'replayed' });
  // The log's time has moved on by bulk's events: the same instants again only raise to the last.
  await ledger.pool.query("update log_head set recorded_at = '2027-12-31'");
  for (const event of eventsFor(two)) {
    await appendOne({ stream: two, expected: event.version - 1, events: [event] });
  }
  const items = await readLog(ledger.db, result.firstSeq - 1, 6);
  const plain = (item: (typeof items)[number]) =>
    JSON.stringify({ ...item.envelope, seq: 0, stream: '' }) + item.privateText;
  expect(items.slice(0, 3).map(plain)).toStrictEqual(items.slice(3).map(plain));
});

test('a bulk append is all or nothing: a version that does not follow fails it', async () => {
  const stream = `contract-${newId()}`;
  const event = (version: number): BulkEvent => ({
    ...testEvent(),
    ...{ stream, version, org: 'service:ledger', commandId: newId(), part: 1 },
    ...{ hash: Buffer.alloc(32), claims: [] },
  });
  await expect(appendBulk(ledger.pool, [event(1), event(3)])).rejects.toThrow('does not follow');
  await expect(appendBulk(ledger.pool, [event(2)])).rejects.toThrow('does not follow');
  await expect(appendBulk(ledger.pool, [event(2), event(1)])).rejects.toThrow('does not follow');
  expect(await appendBulk(ledger.pool, [event(1), event(2)])).toMatchObject({ outcome: 'ok' });
});

test('two processes on hot streams: dense sequences and versions, no event lost or doubled', async () => {
  const before = (await readLog(ledger.db, 0, 10_000)).length;
  const queues = [createAppendQueue(ledger.pool), createAppendQueue(ledger.other)];
  const streams = Array.from({ length: 5 }, () => `contract-${newId()}`);
  const acknowledged: string[] = [];
  let conflicts = 0;
  const worker = async (w: number): Promise<void> => {
    const queue = queues[w % 2];
    let expected = 0;
    for (let n = 0; n < 12; ) {
      const event = testEvent();
      const stream = streams[(w + n) % streams.length] ?? '';
      const result = await queue?.append(testCommand({ stream, expected, events: [event] }));
      if (result?.outcome === 'ok') {
        acknowledged.push(event.id);
        expected = 0;
        n += 1;
      } else if (result?.outcome === 'conflict') {
        conflicts += 1;
        expected = result.current;
      } else throw new Error(`unexpected ${result?.outcome}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, w) => worker(w)));
  await Promise.all(queues.map((queue) => queue.close()));

  const items = await readLog(ledger.db, 0, 10_000);
  expect(items.map((i) => i.seq)).toStrictEqual(items.map((_, i) => i + 1));
  const written = items.slice(before);
  expect(written.map((i) => i.envelope.id).sort()).toStrictEqual([...acknowledged].sort());
  for (const stream of streams) {
    const versions = written.filter((i) => i.envelope.stream === stream);
    expect(versions.map((i) => i.envelope.version)).toStrictEqual(versions.map((_, i) => i + 1));
  }
  expect(conflicts).toBeGreaterThan(0);
});

test('a command at fault fails alone', async () => {
  const queue = createAppendQueue(ledger.pool);
  const [good, bad, alsoGood] = await Promise.allSettled([
    queue.append(testCommand()),
    queue.append(testCommand({ events: [testEvent({ data: '"\u0000"' })] })),
    queue.append(testCommand()),
  ]);
  expect([good.status, bad.status, alsoGood.status]).toStrictEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
});

/** A pool that takes everything and answers nothing, until it fails. */
const stuckPool = () => {
  let fail: (() => void) | undefined;
  const failing = new Promise<never>((_, reject) => {
    fail = () => reject(new Error('stuck'));
  });
  failing.catch(() => {});
  return { pool: { query: () => failing } as unknown as Ledger['pool'], fail: () => fail?.() };
};

const refusedAfter = async (count: number, bytes: number): Promise<boolean> => {
  const { pool, fail } = stuckPool();
  const queue = createAppendQueue(pool);
  const events = [testEvent({ data: 'x'.repeat(bytes) })];
  const waiting = Array.from({ length: count }, () => queue.append(testCommand({ events })));
  let refused = false;
  try {
    waiting.push(queue.append(testCommand({ events })));
  } catch (error) {
    if (!String(error).includes('service-busy')) throw error;
    refused = true;
  }
  expect(queue.depth()).toBe(refused ? count : count + 1);
  fail();
  await Promise.allSettled(waiting);
  await queue.close();
  return refused;
};

test('the queue is bounded: 4 096 commands wait, one more is refused', async () => {
  expect(await refusedAfter(4_095, 1)).toBe(false);
  expect(await refusedAfter(4_096, 1)).toBe(true);
});

test('the queue is bounded in bytes: 64 MiB wait, more is refused; one alone always fits', async () => {
  const quarter = 16 * 1_048_576;
  expect(await refusedAfter(3, quarter)).toBe(false);
  expect(await refusedAfter(4, quarter)).toBe(true);
  expect(await refusedAfter(0, 5 * quarter)).toBe(false);
});

test('a full queue is written to the end', async () => {
  const queue = createAppendQueue(ledger.pool);
  const results = Array.from({ length: 4_096 }, () => queue.append(testCommand()));
  const outcomes = new Set((await Promise.all(results)).map((result) => result.outcome));
  expect([...outcomes]).toStrictEqual(['ok']);
  expect(queue.depth()).toBe(0);
  await queue.close();
  expect(() => queue.append(testCommand())).toThrow('service-busy');
});

test('what was sent to one stream is written in that order, whatever lane it took', async () => {
  const queue = createAppendQueue(ledger.pool);
  const streams = Array.from({ length: 40 }, () => `contract-${newId()}`);
  const sent = [0, 1, 2].flatMap((expected) =>
    streams.map((stream) => queue.append(testCommand({ stream, expected }))),
  );
  const outcomes = new Set((await Promise.all(sent)).map((result) => result.outcome));
  expect([...outcomes]).toStrictEqual(['ok']);
  await queue.close();
});
