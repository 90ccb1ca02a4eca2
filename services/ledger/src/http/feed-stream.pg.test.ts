import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import { silentLog } from '@jishi/runtime/log';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { testCommand } from '../store/log/testing.ts';
import { answerFeedStream, STREAM_BATCH } from './feed-stream.ts';
import { openTestApp, type TestApp } from './testing.ts';

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('feed_stream');
});
afterAll(() => ledger.end());

/** Events on streams that no read model follows. */
const append = async (count: number): Promise<void> => {
  const queue = createAppendQueue(ledger.other);
  for (let i = 0; i < count; i++) {
    const command = testCommand();
    await queue.append({ ...command, stream: command.stream.replace('contract', 'note') });
  }
  await queue.close();
};

const textOf = (response: Response): ReadableStreamDefaultReader<string> => {
  if (!response.body) throw new Error('no body');
  return response.body.pipeThrough(new TextDecoderStream()).getReader();
};

const idsIn = (text: string): number[] =>
  [...text.matchAll(/^data: .+\nid: (\d+)\n\n/gm)].map(([, id]) => Number(id));

/** Reads at least `count` events, then is cut. */
const take = async (count: number, lastEventId: number): Promise<number[]> => {
  const response = await ledger.call('GET', '/feed/stream', null, undefined, {
    'last-event-id': `${lastEventId}`,
  });
  const reader = textOf(response);
  let text = '';
  while (idsIn(text).length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return idsIn(text);
};

test('cut again and again while the log grows, a reader has every event once, in order', async () => {
  const last = 1 + 300;
  const appending = append(300);
  const seen: number[] = [];
  let seed = 7;
  while (seen.length < last) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const count = Math.min(1 + (seed % 40), last - seen.length);
    seen.push(...(await take(count, seen.at(-1) ?? 0)));
  }
  await appending;
  expect(seen).toStrictEqual(Array.from({ length: last }, (_, i) => i + 1));
});

interface Refused {
  readonly type: string;
  readonly fields?: readonly { readonly field: string }[];
}

test('a Last-Event-ID that is no sequence, and one beyond the head, are refused by name', async () => {
  const head = Number((await ledger.pool.query('select seq from log_head')).rows[0].seq);
  const refusal = async (path: string, id?: string): Promise<unknown[]> => {
    const headers: Record<string, string> = id === undefined ? {} : { 'last-event-id': id };
    const response = await ledger.call('GET', path, null, undefined, headers);
    const { type, fields } = (await response.json()) as Refused;
    return [response.status, type, fields?.[0]?.field];
  };
  const bad = [400, '/docs/problems#invalid-input', 'last-event-id'];
  const beyond = (field: string) => [422, '/docs/problems#as-of-beyond-head', field];
  for (const id of ['x', '-1', '1.5', '1e3', '9'.repeat(16)]) {
    expect(await refusal('/feed/stream', id)).toStrictEqual(bad);
  }
  expect(await refusal('/feed/stream', `${head + 1}`)).toStrictEqual(beyond('last-event-id'));
  expect(await refusal(`/feed/stream?after=${head + 1}`)).toStrictEqual(beyond('query.after'));
  expect(await refusal(`/feed?after=${head + 1}`)).toStrictEqual(beyond('query.after'));
  expect((await ledger.call('GET', `/feed?after=${head}`, null)).status).toBe(200);
  const atHead = await ledger.call('GET', `/feed/stream?after=${head}`, null);
  expect(atHead.status).toBe(200);
  await atHead.body?.cancel();
});

test('with the listening connection cut, events still come: the poll is the net', async () => {
  const head = Number((await ledger.pool.query('select seq from log_head')).rows[0].seq);
  const taken = take(1, head);
  const listening = `from pg_stat_activity
    where datname = current_database() and query = 'listen ledger_log'`;
  await expect
    .poll(async () => (await ledger.other.query(`select 1 ${listening}`)).rowCount)
    .toBe(1);
  await ledger.other.query(`select pg_terminate_backend(pid) ${listening}`);
  await append(1);
  expect(await taken).toStrictEqual([head + 1]);
});

/** A stream over a source of its own, without a database. */
const streamOf = (waitForMore: (signal: AbortSignal) => Promise<void>) => {
  const closing = new AbortController();
  const reads: number[] = [];
  let ended = 0;
  const app = new Hono();
  app.get('/', (context) =>
    answerFeedStream(context, {
      ...{ after: 0, signal: closing.signal, log: silentLog, waitForMore },
      read: async (after, limit) => {
        reads.push(after);
        return Array.from({ length: limit }, (_, i): FeedItem => {
          return { seq: after + 1 + i, envelope: '{}', private: null };
        });
      },
      ended: () => {
        ended += 1;
      },
    }),
  );
  return { app, closing, reads, ended: () => ended };
};

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

test('a reader that does not read is not read for: one batch, until it goes on', async () => {
  const { app, closing, reads, ended } = streamOf(() => Promise.resolve());
  const response = await app.request('/');
  await turns(1_000);
  expect(reads).toStrictEqual([0]);
  const reader = textOf(response);
  let text = '';
  while (idsIn(text).length < STREAM_BATCH + 10) text += (await reader.read()).value ?? '';
  await turns(1_000);
  expect(reads).toStrictEqual([0, STREAM_BATCH]);
  closing.abort();
  await turns(10);
  expect(ended()).toBe(1);
});

test('at the end of the service a stream ends, whether its reader reads or not', async () => {
  for (const isRead of [true, false]) {
    const { app, closing, ended } = streamOf(() => Promise.resolve());
    const response = await app.request('/');
    const reader = textOf(response);
    if (isRead) await reader.read();
    await turns(10);
    expect(ended()).toBe(0);
    closing.abort();
    await turns(10);
    expect(ended()).toBe(1);
    let isDone = false;
    while (!isDone) isDone = (await reader.read()).done;
  }
});
