import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { leafHash } from '@jishi/proof/hash';
import { openNote, parseVerifierKey } from '@jishi/proof/note';
import { notesOf } from '@jishi/proof/note-file';
import { rootOf } from '@jishi/proof/tree';
import { silentLog } from '@jishi/runtime/log';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAppendQueue } from '../store/log/append-queue.ts';
import { openTestLedger, testCommand, testEvent } from '../store/log/testing.ts';
import { openLog } from './open-log.ts';
import type { HeadSigning } from './sign-head.ts';
import { type HeadSigner, startHeadSigner } from './sign-heads.ts';

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
  const options = { key, file, paceMs: SLOW_MS, ...changes };
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
  expect(noteOf(signer)).toContain('Signing is retried');
  expect(await heads()).toHaveLength(1);
});
