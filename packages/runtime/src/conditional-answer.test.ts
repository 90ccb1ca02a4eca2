import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { conditionalAnswer, NOT_STORED } from './conditional-answer.ts';

const app = new Hono();
let text = '{"n":1}';
app.get('/', (c) => conditionalAnswer(c, text, NOT_STORED));

const ask = (ifNoneMatch?: string) =>
  app.request('/', ifNoneMatch === undefined ? {} : { headers: { 'if-none-match': ifNoneMatch } });

test('the tag of an answer brings 304 without a body, until the content changes', async () => {
  const first = await ask();
  const etag = first.headers.get('etag') ?? '';
  expect([first.status, await first.text(), etag.length]).toStrictEqual([200, text, 45]);
  const again = await ask(etag);
  expect([again.status, await again.text()]).toStrictEqual([304, '']);
  expect(again.headers.get('cache-control')).toBe('no-store');
  expect(again.headers.get('vary')).toBe('authorization');
  text = '{"n":2}';
  const changed = await ask(etag);
  expect([changed.status, await changed.text()]).toStrictEqual([200, text]);
});

test.each([
  ['a weak tag', (tag: string) => `W/${tag}`, 304],
  ['one of a list', (tag: string) => `"other", ${tag}`, 304],
  ['any', () => '*', 304],
  ['another', () => '"other"', 200],
  ['a part of the tag', (tag: string) => tag.slice(0, -2), 200],
])('if-none-match with %s', async (_, made, status) => {
  const etag = (await ask()).headers.get('etag') ?? '';
  expect((await ask(made(etag))).status).toBe(status);
});
