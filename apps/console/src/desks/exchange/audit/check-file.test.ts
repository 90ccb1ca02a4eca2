import { createHash } from 'node:crypto';
import { leafHash } from '@jishi/proof/hash';
import { rootOf } from '@jishi/proof/tree';
import { expect, test } from 'vitest';
import { hexOf } from '../../../kit/hashing.ts';
import type { Checkpoint } from '../proof/note.ts';
import { checkFile } from './check-file.ts';
import { linesOf } from './file-lines.ts';

const SALT = 'ab'.repeat(32);
const bodyAt = (seq: number): string => `{"actor":${seq}}`;
const envelopeAt = (seq: number, type = 'X'): string => {
  const salted = createHash('sha256').update(Buffer.from(SALT, 'hex')).update(bodyAt(seq));
  return JSON.stringify({ seq, type, commit: salted.digest('hex') });
};
const lineAt = (seq: number, changes: Record<string, unknown> = {}): string => {
  const envelope = String(changes.envelope ?? envelopeAt(seq));
  const leaf = hexOf(leafHash(envelope));
  return JSON.stringify({ seq, envelope, leaf, salt: SALT, private: bodyAt(seq), ...changes });
};
const headAt = (size: number): Checkpoint => {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(envelopeAt(i + 1)));
  const root = hexOf(rootOf(leaves));
  return { origin: 'o', size, root, kind: 'synthetic', recordedAt: '2026-11-29T06:32:08.000Z' };
};
const LOG = Array.from({ length: 9 }, (_, i) => lineAt(i + 1));

test('an untouched export fits; one byte of either part does not', async () => {
  const fits = { state: 'ok', count: 9, from: 1, to: 9, heads: 0, upTo: 0 };
  expect(await checkFile([...LOG, ''])).toStrictEqual(fits);
  const altered = LOG.map((line) =>
    line.replace('\\"seq\\":1,\\"type\\":\\"X', '\\"seq\\":1,\\"type\\":\\"Y'),
  );
  expect(await checkFile(altered)).toStrictEqual({ state: 'bad', seq: 1, what: 'leaf' });
  const named = [lineAt(1), lineAt(2, { private: '{"actor":9}' })];
  expect(await checkFile(named)).toStrictEqual({ state: 'bad', seq: 2, what: 'commit' });
});

test('a missing event, a broken line and an empty file are told apart', async () => {
  expect(await checkFile([lineAt(5), lineAt(7)])).toStrictEqual({
    ...{ state: 'bad', seq: 6, what: 'gap' },
  });
  expect(await checkFile([lineAt(1), '{'])).toStrictEqual({ state: 'bad', seq: 2, what: 'form' });
  expect(await checkFile([''])).toStrictEqual({ state: 'empty' });
});

test('an erased private part leaves the event provable', async () => {
  const erased = lineAt(1, { private: null, salt: null });
  expect(await checkFile([erased], [headAt(1)])).toMatchObject({ state: 'ok', heads: 1 });
});

test('a private part that nothing vouches for does not fit', async () => {
  const bare = lineAt(1, { envelope: JSON.stringify({ seq: 1, type: 'X', commit: null }) });
  const forged = '{"actor":9}';
  for (const line of [
    lineAt(1, { salt: null, private: forged }),
    ...[lineAt(1, { private: null }), lineAt(1, { salt: SALT.toUpperCase() })],
    lineAt(1, { salt: `${SALT}7b`, private: bodyAt(1).slice(1) }),
    bare,
  ]) {
    expect(await checkFile([line])).toStrictEqual({ state: 'bad', seq: 1, what: 'commit' });
  }
  expect(await checkFile([lineAt(1, { private: 7 })])).toMatchObject({ state: 'bad' });
});

test('a file meets every signed head within it, and not the ones beyond', async () => {
  const heads = [headAt(8), headAt(3), headAt(20)];
  expect(await checkFile(LOG, heads)).toMatchObject({ state: 'ok', heads: 2, upTo: 8 });
});

test('an event rewritten with a leaf of its own is found between two heads', async () => {
  const rewritten = LOG.with(5, lineAt(6, { envelope: envelopeAt(6, 'Y') }));
  expect(await checkFile(rewritten)).toMatchObject({ state: 'ok' });
  expect(await checkFile(rewritten, [headAt(3), headAt(8)])).toStrictEqual({
    ...{ state: 'bad', seq: 8, what: 'root', after: 3 },
  });
});

test('a part of the log has no root to compare', async () => {
  expect(await checkFile(LOG.slice(2), [headAt(8)])).toMatchObject({ state: 'ok', heads: 0 });
});

const allOf = async (text: string): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of linesOf(new Blob([text]))) lines.push(line);
  return lines;
};

test('lines come whole, however the file is cut, with or without a last line break', async () => {
  const text = `${'标'.repeat(40_000)}\n二\n\n三`;
  const lines = text.split('\n');
  expect(await allOf(text)).toStrictEqual(lines);
  expect(await allOf(`${text}\n`)).toStrictEqual(lines);
});
