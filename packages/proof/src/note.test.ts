import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkpointText, originOf, parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './hash.ts';
import { openNote, parseVerifierKey, signerOf, signNote } from './note.ts';

// The example of golang.org/x/mod/sumdb/note.
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_SEED = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const GO_TEXT =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const GO_SIGNATURE =
  'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
const GO_NOTE = `${GO_TEXT}\n— PeterNeumann ${GO_SIGNATURE}\n`;

const PKCS8_PREFIX = '302e020100300506032b657004220420';
const goSigner = () => {
  const seed = Buffer.from(GO_SEED, 'base64').subarray(1).toString('hex');
  const pkcs8 = Buffer.from(PKCS8_PREFIX + seed, 'hex').toString('base64');
  return signerOf('PeterNeumann', pkcs8);
};
const newSigner = (name: string) =>
  signerOf(
    name,
    generateKeyPairSync('ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64'),
  );
const codeOf = (attempt: () => unknown): string => {
  try {
    attempt();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no refusal';
};

describe('signed notes', () => {
  test('the note of the Go reference opens, and the same key signs the same bytes', () => {
    const verifier = parseVerifierKey(GO_KEY);
    expect(verifier.id).toBe('c74f20a3');
    expect(openNote(GO_NOTE, [verifier]).text).toBe(GO_TEXT);
    expect(goSigner().verifier.text).toBe(GO_KEY);
    expect(signNote(GO_TEXT, goSigner())).toBe(GO_NOTE);
  });

  test('the example key of the C2SP specification is read', () => {
    const key = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    expect(parseVerifierKey(key).text).toBe(key);
  });

  test('a key whose id, type or encoding is another is refused', () => {
    expect(codeOf(() => parseVerifierKey(GO_KEY.replace('c74f20a3', 'c74f20a4')))).toBe(
      'verifier-key',
    );
    expect(codeOf(() => parseVerifierKey(GO_KEY.replace('Neumann', 'Neuman')))).toBe(
      'verifier-key',
    );
    expect(codeOf(() => parseVerifierKey(GO_KEY.replace('+AR', '+AB')))).toBe('verifier-key');
    expect(codeOf(() => parseVerifierKey(`${GO_KEY} `))).toBe('verifier-key');
    expect(codeOf(() => signerOf('two words', GO_SEED))).not.toBe('no refusal');
  });

  test('no altered byte of a note passes', () => {
    const verifier = parseVerifierKey(GO_KEY);
    const bytes = Buffer.from(GO_NOTE, 'utf8');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bent = Buffer.from(bytes);
        bent[at] = (bent[at] as number) ^ change;
        return codeOf(() => openNote(bent.toString('utf8'), [verifier])) !== 'no refusal';
      }),
      { numRuns: 2_000 },
    );
  });

  test('signatures of unknown keys are passed over; without a known one nothing opens', () => {
    const stranger = newSigner('stranger');
    const line = signNote(GO_TEXT, stranger).slice(GO_TEXT.length + 1);
    const known = parseVerifierKey(GO_KEY);
    expect(openNote(GO_NOTE + line, [known]).signedBy).toStrictEqual([known]);
    expect(codeOf(() => openNote(GO_NOTE, [stranger.verifier]))).toBe('signer-unknown');
  });

  test('a wrong signature of a known key refuses the note, whoever else signed it', () => {
    const other = newSigner('other');
    const wrong = signNote('other text\n', other).slice('other text\n'.length + 1);
    const known = [parseVerifierKey(GO_KEY), other.verifier];
    expect(codeOf(() => openNote(GO_NOTE + wrong, known))).toBe('signature-wrong');
  });

  test('what is no note is refused', () => {
    for (const text of ['', '\n', 'text\n', `${GO_TEXT}\n`, GO_NOTE.slice(0, -1), `\t${GO_NOTE}`]) {
      expect(codeOf(() => openNote(text, [parseVerifierKey(GO_KEY)]))).toBe('note-form');
    }
  });
});

describe('checkpoints', () => {
  const head = {
    origin: originOf('苏州 市', 'synthetic', leafHash('first')),
    size: 257,
    root: leafHash('root'),
    kind: 'synthetic' as const,
    recordedAt: '2026-11-29T06:32:08.000Z',
  };
  const text = checkpointText(head);

  test('an origin is one word, with the beginning of the first leaf', () => {
    expect(head.origin).toMatch(/^jishi\/苏州-市\/synthetic\/[0-9a-f]{16}$/u);
  });

  test('what was written is read, line by line', () => {
    expect(text.split('\n').slice(1)).toStrictEqual([
      '257',
      Buffer.from(head.root).toString('base64'),
      'kind synthetic',
      'recorded 2026-11-29T06:32:08.000Z',
      '',
    ]);
    expect(parseCheckpoint(text)).toStrictEqual(head);
  });

  test.each([
    ['a leading zero', text.replace('\n257', '\n0257')],
    ['size zero', text.replace('\n257', '\n0')],
    ['a size beyond whole numbers', text.replace('\n257', '\n9999999999999999')],
    ['a short root', text.replace(Buffer.from(head.root).toString('base64'), 'AAAA')],
    ['no padding', text.replace('=\n', '\n')],
    ['another kind', text.replace('kind synthetic', 'kind other')],
    ['another instant', text.replace('.000Z', 'Z')],
    ['a further line', `${text}more\n`],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['no end', text.slice(0, -1)],
    ['no origin', text.slice(text.indexOf('\n'))],
  ])('%s is refused', (_, bent) => {
    expect(codeOf(() => parseCheckpoint(bent))).toBe('checkpoint-form');
  });
});
