import { generateKeyPairSync } from 'node:crypto';
import { checkpointText, originOf } from '@jishi/proof/checkpoint';
import { leafHash } from '@jishi/proof/hash';
import { signerOf, signNote } from '@jishi/proof/note';
import { expect, test } from 'vitest';
import { hexOf } from '../../../kit/hashing.ts';
import { checkpointOf, hasEd25519, stateOfNote, verifierKeyOf } from './note.ts';

const signer = (name: string) =>
  signerOf(
    name,
    generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
  );
const OURS = signer('jishi-log');
const OTHER = signer('another');
const HEAD = {
  origin: originOf('苏州', 'synthetic', leafHash('first')),
  size: 257,
  root: leafHash('root'),
  kind: 'synthetic' as const,
  recordedAt: '2026-11-29T06:32:08.000Z',
};
const NOTE = signNote(checkpointText(HEAD), OURS);
const keyOf = async (text: string) => {
  const key = await verifierKeyOf(text);
  if (!key) throw new Error('not a key');
  return key;
};

test('a note of the market opens with its key, and says what was signed', async () => {
  const keys = [await keyOf(OURS.verifier.text)];
  expect(await hasEd25519()).toBe(true);
  expect(await stateOfNote(NOTE, keys)).toBe('signed');
  expect(checkpointOf(NOTE)).toStrictEqual({ ...HEAD, root: hexOf(HEAD.root) });
});

test('no altered byte of a note passes', async () => {
  const keys = [await keyOf(OURS.verifier.text)];
  const bytes = new TextEncoder().encode(NOTE);
  for (const at of bytes.keys()) {
    const bent = bytes.slice();
    bent[at] = (bent[at] ?? 0) ^ 1;
    const text = new TextDecoder().decode(bent);
    expect(await stateOfNote(text, keys), `byte ${at}`).toMatch(/^(form|wrong|unknown-key)$/);
  }
});

test('the key of another says nothing, and another line beside ours does no harm', async () => {
  const [ours, other] = [await keyOf(OURS.verifier.text), await keyOf(OTHER.verifier.text)];
  expect(await stateOfNote(NOTE, [other])).toBe('unknown-key');
  const text = checkpointText(HEAD);
  const both = NOTE + signNote(text, OTHER).slice(text.length + 1);
  expect(await stateOfNote(both, [ours])).toBe('signed');
  const wrong = NOTE + signNote('other\n', OTHER).slice('other\n'.length + 1);
  expect(await stateOfNote(wrong, [ours, other])).toBe('wrong');
});

test('a key whose name, id or bytes are another is refused', async () => {
  const { text, id } = OURS.verifier;
  for (const bent of [text.replace('jishi', 'jishj'), text.replace(id, '00000000'), `${text} `]) {
    expect(await verifierKeyOf(bent)).toBeNull();
  }
  expect(await verifierKeyOf('')).toBeNull();
});

test('only the one form of a head is read', () => {
  const sealed = (text: string) => signNote(text, OURS);
  const text = checkpointText(HEAD);
  expect(checkpointOf(sealed(text.replace('\n257\n', '\n0257\n')))).toBeNull();
  expect(checkpointOf(sealed(text.replace('kind synthetic', 'kind else')))).toBeNull();
  expect(checkpointOf(sealed(`${text}more\n`))).toBeNull();
  expect(checkpointOf(text)).toBeNull();
});
