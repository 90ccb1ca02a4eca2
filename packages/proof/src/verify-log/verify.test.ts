import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkpointText, originOf } from '../checkpoint.ts';
import { leafHash } from '../hash.ts';
import { signerOf, signNote } from '../note.ts';
import { readerOf } from '../testing.ts';
import { consistencyProof, inclusionProof, rootOf } from '../tree.ts';
import { eachLine, LINE_BYTES_MAX } from './file-lines.ts';
import { collectFindings } from './findings.ts';
import { verifyDisclosure, verifyExport, verifyHeads, WronglyUsed } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'jishi-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const save = (name: string, text: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const CONTRACT = '0192f0c1-7a3b-7c11-8f52-0a1b2c3d4e5f';
const envelopeOf = (seq: number): string => {
  const stream = seq === 1 ? 'log' : `contract-${CONTRACT}`;
  const data = seq === 1 ? '{"kind":"synthetic","city":"suzhou"}' : '{"name":"Acme 技术"}';
  const place = `"stream":"${stream}","version":${Math.max(1, seq - 1)}`;
  return `{"seq":${seq},${place},"type":"T","data":${data},"commit":null}`;
};
const ENVELOPES = Array.from({ length: 8 }, (_, i) => envelopeOf(i + 1));
const LEAVES = ENVELOPES.map(leafHash);
const ORIGIN = originOf('suzhou', 'synthetic', LEAVES[0] as Buffer);
const SIGNER = signerOf(
  ORIGIN,
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64'),
);
const noteOf = (size: number, leaves = LEAVES): string =>
  signNote(
    checkpointText({
      ...{ origin: ORIGIN, size, root: rootOf(leaves.slice(0, size)), kind: 'synthetic' },
      recordedAt: '2026-11-29T00:00:00.000Z',
    }),
    SIGNER,
  );
const headFile = (size: number): string =>
  save(`head${size}.json`, JSON.stringify({ note: noteOf(size) }));
const HEAD_4 = headFile(4);
const HEAD_6 = headFile(6);
const HEAD_8 = headFile(8);
const PROBLEM = save('problem.json', JSON.stringify({ type: 'log-not-signed', status: 503 }));
const NOT_THERE = join(folder, 'not-there');
const KEYS = [SIGNER.verifier];
const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const read = readerOf(LEAVES);

const found = async (
  run: (findings: ReturnType<typeof collectFindings>) => Promise<unknown>,
): Promise<readonly unknown[]> => {
  const findings = collectFindings();
  await run(findings);
  return findings.all();
};

describe('an export', () => {
  const rows = ENVELOPES.map((envelope, i) => ({
    ...{ seq: i + 1, envelope, leaf: hexOf(LEAVES[i] as Buffer), salt: null, private: null },
  }));
  const file = save('good.ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const check = (heads: readonly string[], upTo?: number, of = file) =>
    found((findings) => verifyExport({ file: of, heads, upTo }, KEYS, findings));

  test('is compared with the heads given', async () => {
    expect(await check([HEAD_8])).toStrictEqual([]);
    const none = save('none.ndjson', '');
    expect(await check([HEAD_8], undefined, none)).toMatchObject([{ kind: 'tail-missing' }]);
  });

  test('without a head that can be compared gives no answer', async () => {
    const listless = save('listless.json', '{"items":[],"next":null}');
    for (const heads of [[PROBLEM], [HEAD_8, PROBLEM], [listless], [NOT_THERE]]) {
      await expect(check(heads)).rejects.toThrow(WronglyUsed);
    }
    await expect(check([HEAD_4], 3)).rejects.toThrow(WronglyUsed);
    const some = save('some.ndjson', `${JSON.stringify(rows.slice(0, 4)[0])}\n`);
    expect(await check([HEAD_4], 4, some)).toMatchObject([{ kind: 'tail-missing' }]);
  });
});

describe('two and more heads', () => {
  const fork = LEAVES.with(4, leafHash('other'));
  const forked = save('fork6.json', JSON.stringify({ note: noteOf(6, fork) }));
  const proofOf = (from: number, to: number): string => {
    const path = consistencyProof(from, to, read).map(hexOf);
    return save(`c${from}-${to}.json`, JSON.stringify({ path }));
  };
  const PROOF_48 = proofOf(4, 8);
  const PROOFS = [proofOf(6, 8), proofOf(4, 6)];
  const check = (heads: readonly string[], consistency: readonly string[]) =>
    found((findings) => verifyHeads({ heads, consistency }, KEYS, findings));

  test('need a proof for each two neighbours', async () => {
    expect(await check([HEAD_4, HEAD_8], [PROOF_48])).toStrictEqual([]);
    expect(await check([HEAD_4, HEAD_6, HEAD_8], PROOFS)).toStrictEqual([]);
    await expect(check([HEAD_4, HEAD_6, HEAD_8], [PROOF_48])).rejects.toThrow(WronglyUsed);
    await expect(check([HEAD_8, HEAD_8], [PROOF_48])).rejects.toThrow(WronglyUsed);
    await expect(check([HEAD_4, HEAD_8], [NOT_THERE])).rejects.toThrow(WronglyUsed);
  });

  test('a fork between the first and the last is found', async () => {
    expect(await check([HEAD_4, forked, HEAD_8], PROOFS)).toStrictEqual([
      { kind: 'heads-contradict', seq: 4, to: 6 },
      { kind: 'heads-contradict', seq: 6, to: 8 },
    ]);
  });

  test('a proof in another form of hex is none', async () => {
    const path = consistencyProof(4, 8, read).map((hash) => hexOf(hash).toUpperCase());
    const loud = save('loud.json', JSON.stringify({ path }));
    expect(await check([HEAD_4, HEAD_8], [loud])).toMatchObject([{ kind: 'proof-unreadable' }]);
  });
});

describe('a disclosure', () => {
  const events = ENVELOPES.slice(1).map((envelope, i) => ({
    ...{ seq: i + 2, envelope, salt: null, private: null },
    path: inclusionProof(i + 1, 8, read).map(hexOf),
  }));
  const whole = {
    ...{ format: 'jishi-disclosure/1', origin: ORIGIN, contractId: CONTRACT },
    ...{ note: noteOf(8), events },
  };
  const text = JSON.stringify(whole);
  const check = (of: string | Buffer) => {
    const file = save('disclosure.json', of);
    return found((findings) => verifyDisclosure(file, KEYS, findings));
  };

  test('is sound as it was given, and never when it holds no event', async () => {
    expect(await check(text)).toStrictEqual([]);
    expect(await check(JSON.stringify({ ...whole, events: [] }))).toStrictEqual([
      { kind: 'nothing-compared', seq: null },
    ]);
  });

  test('in another text whose signs end in the same bytes is not', async () => {
    const low = text.replace('Acme', '\\u4e41\\u4e63\\u4e6d\\u4e65');
    expect(await check(low)).toStrictEqual([{ kind: 'event-unproven', seq: 2 }]);
  });

  test('that is not UTF-8 is not, and the damage is located where it can be', async () => {
    const bytes = Buffer.from(text);
    bytes[bytes.indexOf('Acme')] = 0xff;
    expect(await check(bytes)).toMatchObject([{ kind: 'byte-altered', seq: 2, is: 'ff' }]);
    const beside = Buffer.from(text.replace('"format"', '"other":"X","format"'));
    beside[beside.indexOf('"X"') + 1] = 0xff;
    expect(await check(beside)).toStrictEqual([{ kind: 'proof-unreadable', seq: null }]);
  });

  test('with a private part that nothing vouches for, or a path in another form, is not', async () => {
    const one = (change: object) =>
      check(
        JSON.stringify({ ...whole, events: events.with(0, { ...events[0], ...change } as never) }),
      );
    expect(await one({ private: '{}' })).toStrictEqual([{ kind: 'private-unexpected', seq: 2 }]);
    const path = events[0]?.path.map((hash) => hash.toUpperCase());
    expect(await one({ path })).toStrictEqual([{ kind: 'event-unproven', seq: 2 }]);
    expect(await one({ envelope: 7 })).toMatchObject([{ kind: 'proof-unreadable' }]);
  });

  test('that is not there gives no answer', async () => {
    const run = found((findings) => verifyDisclosure(NOT_THERE, KEYS, findings));
    await expect(run).rejects.toThrow(WronglyUsed);
  });
});

test('lines come whole across the parts of a file, and one without end is given up', async () => {
  const long = 'x'.repeat(3 * 2 ** 20);
  const endless = 'y'.repeat(LINE_BYTES_MAX + 1);
  const most = 'z'.repeat(LINE_BYTES_MAX);
  const file = save('lines', `one\n${long}\n\n${endless}\n${most}\nlast`);
  const lines: (string | null)[] = [];
  await eachLine(file, (line) => lines.push(line?.toString() ?? null));
  expect(lines.map((line) => line?.length)).toStrictEqual([
    3,
    long.length,
    undefined,
    most.length,
    4,
  ]);
  expect([lines[0], lines[1] === long, lines[4]]).toStrictEqual(['one', true, 'last']);
});
