import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkFile } from './check-file.ts';

const SALT = 'ab'.repeat(32);
const lineAt = (seq: number, changes: Record<string, unknown> = {}): string => {
  const body = `{"actor":${seq}}`;
  const commit = createHash('sha256').update(Buffer.from(SALT, 'hex')).update(body).digest('hex');
  const envelope = JSON.stringify({ seq, type: 'X', commit });
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(envelope)
    .digest('hex');
  return JSON.stringify({ seq, envelope, leaf, salt: SALT, private: body, ...changes });
};

test('an untouched export fits; one byte of either part does not', async () => {
  const good = [lineAt(1), lineAt(2), lineAt(3)].join('\n');
  expect(await checkFile(`${good}\n`)).toEqual({ state: 'ok', count: 3, from: 1, to: 3 });
  const altered = good.replace('\\"type\\":\\"X\\"', '\\"type\\":\\"Y\\"');
  expect(await checkFile(altered)).toEqual({ state: 'bad', seq: 1, what: 'leaf' });
  const named = [lineAt(1), lineAt(2, { private: '{"actor":9}' })].join('\n');
  expect(await checkFile(named)).toEqual({ state: 'bad', seq: 2, what: 'commit' });
});

test('a missing event, a broken line and an empty file are told apart', async () => {
  expect(await checkFile([lineAt(5), lineAt(7)].join('\n'))).toEqual({
    ...{ state: 'bad', seq: 6, what: 'gap' },
  });
  expect(await checkFile(`${lineAt(1)}\n{`)).toEqual({ state: 'bad', seq: 2, what: 'form' });
  expect(await checkFile('\n')).toEqual({ state: 'empty' });
});

test('an erased private part leaves the event provable', async () => {
  const erased = lineAt(1, { private: null, salt: null });
  expect(await checkFile(erased)).toMatchObject({ state: 'ok' });
});
