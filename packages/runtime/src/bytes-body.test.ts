import { Refusal } from '@jishi/contracts/problem';
import { expect, test } from 'vitest';
import { readBytes } from './bytes-body.ts';

const post = (
  body: Buffer | string | ReadableStream,
  headers: Record<string, string> = {},
): Request =>
  new Request('http://localhost/', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit);

const chunked = (...chunks: string[]): ReadableStream =>
  new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

const typeOf = async (reading: Promise<unknown>): Promise<string> => {
  const error = await reading.then(
    () => new Error('it was read'),
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.type : String(error);
};

test('a body of exactly the limit is read, byte for byte; one byte more is refused', async () => {
  const bytes = Buffer.from([0, 255, 10, 13, 0]);
  expect(await readBytes(post(bytes), 5)).toStrictEqual(bytes);
  expect(await typeOf(readBytes(post(bytes), 4))).toBe('too-large');
});

test('a body without a length is held to the limit while it arrives', async () => {
  expect((await readBytes(post(chunked('abc', 'de')), 5)).toString()).toBe('abcde');
  expect(await typeOf(readBytes(post(chunked('abc', 'def')), 5))).toBe('too-large');
});

test('a length that was declared too large is refused before anything is read', async () => {
  expect(await typeOf(readBytes(post('a', { 'content-length': '6' }), 5))).toBe('too-large');
});

test('a length is no promise of the body: one that is longer is refused all the same', async () => {
  const lying = { 'content-length': '3' };
  expect(await typeOf(readBytes(post('abcdef', lying), 5))).toBe('too-large');
  expect((await readBytes(post('abc', lying), 5)).toString()).toBe('abc');
});

test('no body is no bytes', async () => {
  expect(await readBytes(new Request('http://localhost/'), 5)).toHaveLength(0);
});
