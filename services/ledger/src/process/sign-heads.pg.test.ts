import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { leafHash } from '@jishi/proof/hash';
import { openNote, parseVerifierKey, signerOf, signNote } from '@jishi/proof/note';
import { notesOf } from '@jishi/proof/note-file';
import { rootOf } from '@jishi/proof/tree';
import { silentLog } from '@jishi/runtime/log';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { openTestLedger, testCommand, testEvent } from '../store/log/testing.ts';
import { openLog } from './open-log.ts';
import type { HeadSigning } from './sign-head.ts';
import { type HeadSigner, noHeadSigner, startHeadSigner } from './sign-heads.ts';

/** The pace is so slow that only what a test asks for is signed. */
const SLOW_MS = 3_600_000;

let ledger: Awaited<ReturnType<typeof openTestLedger>>;
let folder: string;
let file: string;
let signers: HeadSigner[];
let key: string;

const newKey = (): string =>
  generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');

beforeEach(async () => {
  ledger = await openTestLedger('heads');
  folder = await mkdtemp(join(tmpdir(), 'jishi-heads-'));
  file = join(folder, 'heads', 'ledger.notes');
  signers = [];
  key = newKey();
  const queue = createAppendQueue(ledger.pool);
  const sources = {
    newId: () => crypto.randomUUID(),
    newSalt: () => Buffer.alloc(32),
    now: () => null,
  };
  await openLog({ db: ledger.db, queue, sources }, 'synthetic');
  await queue.close();
});

afterEach(async () => {
  for (const signer of signers) await signer.stop();
  await ledger.close();
  await rm(folder, { recursive: true });
});

const append = async (events: number): Promise<void> => {
  const queue = createAppendQueue(ledger.pool);
  await queue.append(testCommand({ events: Array.from({ length: events }, () => testEvent()) }));
  await queue.close();
};

const start = async (changes: Partial<HeadSigning> = {}): Promise<HeadSigner> => {
  const options = { key, file, paceMs: SLOW_MS, askedPaceMs: 0, ...changes };
  const signer = await startHeadSigner(ledger.pool, options, silentLog);
  signers.push(signer);
  return signer;
};

const heads = async () => {
  const { rows } = await ledger.pool.query<{ size: bigint; note: string; verifier_key: string }>(
    'select size, note, verifier_key from signed_head order by size',
  );
  return rows;
};
const envelopes = async (): Promise<string[]> => {
  const { rows } = await ledger.pool.query<{ envelope: string }>(
    'select envelope from log order by seq',
  );
  return rows.map((row) => row.envelope);
};
const noteOf = (signer: HeadSigner): string => signer.state().note?.en ?? '';

describe('a signed head', () => {
  test.each([1, 2, 255, 256, 257, 1_100])(
    'of %i events gives the root of the stored envelopes',
    async (size) => {
      if (size > 1) await append(size - 1);
      const signer = await start();
      const head = await signer.headCovering(size);
      const { text } = openNote(head?.note ?? '', [parseVerifierKey(head?.verifierKey ?? '')]);
      const checkpoint = parseCheckpoint(text);
      const stored = await envelopes();
      const last = JSON.parse(stored.at(-1) ?? '') as { recordedAt: string };
      expect(checkpoint).toStrictEqual({
        origin: `jishi/suzhou/synthetic/${leafHash(stored[0] ?? '')
          .toString('hex')
          .slice(0, 16)}`,
        ...{ size, kind: 'synthetic', recordedAt: last.recordedAt },
        root: rootOf(stored.map((envelope) => leafHash(envelope))),
      });
    },
  );

  test('beyond the log there is none, and a shorter one is answered by the latest', async () => {
    await append(9);
    const signer = await start();
    expect((await signer.headCovering(10))?.size).toBe(10);
    expect(await signer.headCovering(11)).toBeNull();
    expect((await signer.headCovering(3))?.size).toBe(10);
    expect(await heads()).toHaveLength(1);
  });

  test('callers at once share a round: one head per size', async () => {
    await append(20);
    const signer = await start();
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, i) => signer.headCovering(i + 2)),
    );
    expect(asked.map((head) => head?.size)).toStrictEqual(Array(20).fill(21));
    expect(await heads()).toHaveLength(1);
  });
});

describe('two signers of one database', () => {
  test('make the same bytes, and each size once', async () => {
    const [one, two] = [await start(), await start()];
    for (let i = 0; i < 5; i += 1) {
      await append(130);
      await Promise.all([one.headCovering(i * 130 + 131), two.headCovering(i * 130 + 131)]);
    }
    const signed = await heads();
    expect(signed.map((head) => Number(head.size))).toStrictEqual([
      ...new Set(signed.map((head) => Number(head.size))),
    ]);
    expect(signed.at(-1)?.size).toBe(651n);
    expect(notesOf(await readFile(file, 'utf8'))).toStrictEqual(signed.map((head) => head.note));
    expect([one.state(), two.state()]).toStrictEqual(
      Array(2).fill({ status: 'running', note: null }),
    );
  });

  test('what was kept outside but not yet published is published by the next one, unchanged', async () => {
    await append(300);
    await (await start()).headCovering(301);
    const before = await heads();
    await ledger.pool.query('delete from signed_head');
    await (await start()).headCovering(301);
    expect(await heads()).toStrictEqual(before);
    expect(notesOf(await readFile(file, 'utf8'))).toHaveLength(before.length);
  });

  test('a note torn by a crash is cut off before the next one', async () => {
    await append(10);
    await (await start()).headCovering(11);
    const whole = await readFile(file, 'utf8');
    await writeFile(file, `${whole}jishi/suzhou/syn`);
    await append(10);
    await (await start()).headCovering(21);
    const kept = notesOf(await readFile(file, 'utf8'));
    expect(kept).toStrictEqual((await heads()).map((head) => head.note));
    expect(kept.at(-1)).toContain('\n21\n');
  });
});

describe('signing stops, by name', () => {
  const flip = (seq: number) =>
    ledger.pool.query(
      `update log set envelope = replace(envelope, '"a":1', '"a":2') where seq = $1`,
      [seq],
    );

  test.each([2, 255, 256, 257, 600])(
    'when byte and leaf of event %i differ before it is signed',
    async (seq) => {
      await append(599);
      await flip(seq);
      const signer = await start();
      expect(await signer.headCovering(600)).toBeNull();
      expect(signer.state().status).toBe('stopped');
      expect(noteOf(signer)).toContain(`event ${seq}:`);
      expect(await heads()).toStrictEqual([]);
    },
  );

  test('when the log is shorter than the head kept outside', async () => {
    await append(20);
    await (await start()).headCovering(21);
    await ledger.pool.query('delete from signed_head');
    await ledger.pool.query('delete from log where seq > 15');
    await ledger.pool.query('update log_head set seq = 15');
    const signer = await start();
    expect(await signer.headCovering(15)).toBeNull();
    expect(noteOf(signer)).toBe(
      'Signing has stopped: the log has 15 events, but a head of 21 was signed',
    );
  });

  test('when the log was rewritten, leaves and all, after it was signed', async () => {
    await append(20);
    await (await start()).headCovering(21);
    await flip(7);
    await ledger.pool.query('update log set leaf = ledger_leaf(envelope) where seq = 7');
    await append(5);
    const signer = await start();
    expect(await signer.headCovering(26)).toBeNull();
    expect(noteOf(signer)).toContain('does not give the root of the signed head of 21 events');
  });

  test('when log and heads were rewritten, but not the file outside', async () => {
    await append(20);
    await (await start()).headCovering(21);
    await ledger.pool.query('delete from signed_head');
    await flip(7);
    await ledger.pool.query('update log set leaf = ledger_leaf(envelope) where seq = 7');
    const signer = await start();
    expect(await signer.headCovering(21)).toBeNull();
    expect(noteOf(signer)).toContain('signed head of 21 events');
  });

  test('when a full block no longer gives its stored root', async () => {
    await append(300);
    await (await start()).headCovering(301);
    await ledger.pool.query('delete from signed_head');
    await rm(file);
    await ledger.pool.query(`update log_subtree set root = sha256('x')`);
    const signer = await start();
    expect(await signer.headCovering(301)).toBeNull();
    expect(noteOf(signer)).toContain('a block of events from 1 on');
  });

  test('when an event is missing', async () => {
    await append(20);
    await ledger.pool.query('delete from log where seq = 12');
    const signer = await start();
    expect(await signer.headCovering(21)).toBeNull();
    expect(noteOf(signer)).toContain('event 12: the event is missing');
  });

  test('when the file outside was signed by another key', async () => {
    await append(20);
    await (await start()).headCovering(21);
    await ledger.pool.query('delete from signed_head');
    const signer = await start({ key: newKey() });
    expect(await signer.headCovering(21)).toBeNull();
    expect(noteOf(signer)).toContain('was not signed by this key');
  });

  test('and stays stopped, though the byte is put back', async () => {
    await append(5);
    await flip(3);
    const signer = await start();
    await signer.headCovering(6);
    await ledger.pool.query(`update log set envelope = replace(envelope, '"a":2', '"a":1')`);
    expect(await signer.headCovering(6)).toBeNull();
    expect(signer.state().status).toBe('stopped');
  });
});

test('a start with another key than that of the latest head is refused', async () => {
  await (await start()).headCovering(1);
  await expect(start({ key: newKey() })).rejects.toThrow('LOG_HEAD_KEY');
});

test('a file that cannot be written is told and tried again; nothing is published before', async () => {
  await append(5);
  const signer = await start();
  await signer.headCovering(6);
  await truncate(file, 0);
  await rm(join(folder, 'heads'), { recursive: true });
  await append(1);
  expect(await signer.headCovering(7)).toBeNull();
  expect(signer.state().status).toBe('running');
  expect(noteOf(signer)).toBe('Signing is retried (a fault; the log tells more)');
  expect(await heads()).toHaveLength(1);
});

describe('a head that somebody else put into the database', () => {
  const insert = (size: number | string, note: string, verifierKey = 'x') =>
    ledger.pool.query(
      `insert into signed_head (size, root, recorded_at, key_name, verifier_key, note)
       values ($1, sha256('x'), now(), 'x', $2, $3)`,
      [size, verifierKey, note],
    );
  /** What the true head says of a log of another size, under a key of one's own. */
  const forged = async (size: number): Promise<{ note: string; verifierKey: string }> => {
    const [head] = await heads();
    const { text, signedBy } = openNote(head?.note ?? '', [
      parseVerifierKey(head?.verifier_key ?? ''),
    ]);
    const other = signerOf(signedBy[0]?.name ?? '', newKey());
    const note = signNote(text.replace('\n21\n', `\n${size}\n`), other);
    return { note, verifierKey: other.verifier.text };
  };

  test.each(['22', '9007199254740991', '9223372036854775807'])(
    'of %s events answers nobody, and stops signing by name',
    async (size) => {
      await append(20);
      const signer = await start();
      const good = await signer.headCovering(21);
      const { note, verifierKey } = await forged(Number(size));
      await insert(size, note, verifierKey);
      await append(1);
      expect(await signer.headCovering(21)).toStrictEqual(good);
      expect(await signer.headCovering(22)).toBeNull();
      expect(signer.state()).toStrictEqual({
        status: 'stopped',
        note: {
          zh: '签名已停止:数据库中有一个不是本密钥所签的账本头',
          en: 'Signing has stopped: the database holds a head that this key did not sign',
        },
      });
      expect(await signer.heads.ofSize(22)).toBeNull();
      expect(await signer.heads.list({ limit: 9 })).toStrictEqual({ items: [good], next: null });
    },
  );

  test('is not there for a service without a key when unreadable or longer than the log', async () => {
    await append(20);
    const good = await (await start()).headCovering(21);
    const { note, verifierKey } = await forged(22);
    await insert(20, 'not a note');
    await insert(22, note, verifierKey);
    const { heads: read } = noHeadSigner(ledger.pool);
    expect(await read.latest()).toStrictEqual(good);
    expect((await read.list({ limit: 9 })).items).toStrictEqual([good]);
    expect(await read.ofSize(20)).toBeNull();
  });
});

test('an emptied file outside is told in health, and written to again', async () => {
  await append(5);
  const signer = await start();
  await signer.headCovering(6);
  expect(signer.state().note).toBeNull();
  await truncate(file, 0);
  await append(1);
  expect((await signer.headCovering(7))?.size).toBe(7);
  expect(signer.state()).toMatchObject({
    status: 'running',
    note: { zh: expect.stringContaining('为空或已丢失'), en: expect.stringContaining('was lost') },
  });
  expect(notesOf(await readFile(file, 'utf8'))).toHaveLength(1);
});

test('callers within the floor wait for the next round together', async () => {
  const signer = await start({ askedPaceMs: 1_000 });
  await append(1);
  await signer.headCovering(2);
  const asked: Promise<unknown>[] = [];
  for (let size = 3; size <= 6; size += 1) {
    await append(1);
    asked.push(signer.headCovering(size));
  }
  await Promise.all(asked);
  const sizes = (await heads()).map((head) => Number(head.size)).filter((size) => size > 1);
  expect(sizes).toStrictEqual([2, 6]);
});
