import { createPrivateKey, sign, verify } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSecret, makeSigningKey, openKeyFolder, publicKeyOf } from './keys.ts';
import { parseTrustedKeys } from './tokens.ts';

let parent: string;
let path: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'jishi-keys-'));
  path = join(parent, 'keys');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

describe('a folder of keys', () => {
  it('is 0700 with files 0600, and nothing else is left in it', async () => {
    const keys = await openKeyFolder(path);
    await keys.key('a', makeSecret, true);
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, 'a'))).toBe(0o600);
    expect(await readdir(path)).toStrictEqual(['a']);
  });

  it('gives the same key the second time, also when making is no longer allowed', async () => {
    const first = await (await openKeyFolder(path)).key('a', makeSecret, true);
    expect(await (await openKeyFolder(path)).key('a', makeSecret, false)).toBe(first);
  });

  it('gives one key to twenty that ask at once', async () => {
    const folders = await Promise.all(Array.from({ length: 20 }, () => openKeyFolder(path)));
    const keys = await Promise.all(folders.map((f) => f.key('a', makeSecret, true)));
    expect(new Set(keys).size).toBe(1);
    expect(await readdir(path)).toStrictEqual(['a']);
  });

  it('refuses to make a key beside existing data, and names the file', async () => {
    const keys = await openKeyFolder(path);
    await expect(keys.key('a', makeSecret, false)).rejects.toThrow(join(path, 'a'));
    expect(await readdir(path)).toStrictEqual([]);
  });

  it.each([0o640, 0o604, 0o620])('refuses a file of mode %o', async (mode) => {
    const keys = await openKeyFolder(path);
    await keys.key('a', makeSecret, true);
    await chmod(join(path, 'a'), mode);
    await expect(keys.key('a', makeSecret, true)).rejects.toThrow(`0600: ${join(path, 'a')}`);
  });

  it.each([0o750, 0o701])('refuses a folder of mode %o', async (mode) => {
    await openKeyFolder(path);
    await chmod(path, mode);
    await expect(openKeyFolder(path)).rejects.toThrow(`0700: ${path}`);
  });

  it('refuses an empty key file', async () => {
    const keys = await openKeyFolder(path);
    await expect(keys.key('a', () => '', true)).rejects.toThrow('is empty');
  });
});

it('a signing key and its public half belong together', () => {
  const key = makeSigningKey();
  const trusted = parseTrustedKeys(JSON.stringify({ us: publicKeyOf(key) })).get('us');
  const message = Buffer.from('one fen');
  const privateKey = createPrivateKey({
    key: Buffer.from(key, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const signature = sign(null, message, privateKey);
  expect(trusted && verify(null, message, trusted, signature)).toBe(true);
  expect(trusted && verify(null, Buffer.from('two fen'), trusted, signature)).toBe(false);
});
