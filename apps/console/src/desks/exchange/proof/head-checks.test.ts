import { describe, expect, test } from 'vitest';
import { checkEvent } from './event-check.ts';
import { checkGrowth } from './growth-check.ts';
import { checkHead } from './head-check.ts';
import { forgetSeen, isAlarm, keepSeen, readSeen, sinceLastLook } from './last-look.ts';
import { type Checkpoint, checkpointOf } from './note.ts';
import { newSigner, sampleLog, told } from './testing.ts';

const SIGNER = newSigner();
const KEY = SIGNER.verifier.text;
const LOG = sampleLog(13, SIGNER);
const headAt = (size: number, log = LOG): Checkpoint => {
  const head = checkpointOf(log.noteAt(size));
  if (!head) throw new Error('no head');
  return head;
};

describe('a signed head', () => {
  test('is taken with its key, and only with its key', async () => {
    const note = LOG.noteAt(13);
    expect(await told((tell) => checkHead(note, [KEY], tell))).toMatchObject({
      ...{ result: { size: 13 }, texts: ['step.signed'] },
    });
    const stranger = newSigner('stranger').verifier.text;
    expect(await told((tell) => checkHead(note, [stranger], tell))).toMatchObject({
      ...{ result: null, texts: ['step.signedOther'] },
    });
    expect(await told((tell) => checkHead(note, ['not a key'], tell))).toMatchObject({
      ...{ result: null, texts: ['step.signedOther'] },
    });
  });

  test('with another size, or without its signature, is not taken', async () => {
    const bent = LOG.noteAt(13).replace('\n13\n', '\n12\n');
    const { result, texts } = await told((tell) => checkHead(bent, [KEY], tell));
    expect([result, texts]).toStrictEqual([null, ['step.signedWrong']]);
    const bare = LOG.noteAt(13).split('—')[0] ?? '';
    expect(await told((tell) => checkHead(bare, [KEY], tell))).toMatchObject({
      ...{ result: null, texts: ['step.noHead'] },
    });
  });
});

describe('an event', () => {
  test('is found under the head; with one changed byte both leaf and path fail', async () => {
    const proof = LOG.proofAt(6, 13);
    const event = { seq: 6, envelope: LOG.envelopeAt(6) };
    const good = await told((tell) => checkEvent(event, proof, headAt(13), tell));
    expect([good.result, good.texts]).toStrictEqual([true, ['step.leaf', 'step.path']]);
    const envelope = event.envelope.replace('2026-11-16', '2026-11-17');
    const bad = await told((tell) => checkEvent({ seq: 6, envelope }, proof, headAt(13), tell));
    expect([bad.result, bad.texts]).toStrictEqual([false, ['step.leafOther', 'step.pathOther']]);
  });

  test('at another place, or under another head, is not found', async () => {
    const event = { seq: 5, envelope: LOG.envelopeAt(6) };
    const proof = LOG.proofAt(6, 13);
    const moved = await told((tell) => checkEvent(event, proof, headAt(13), tell));
    expect([moved.result, moved.texts.at(-1)]).toStrictEqual([false, 'step.pathOther']);
    const right = { seq: 6, envelope: LOG.envelopeAt(6) };
    expect((await told((tell) => checkEvent(right, proof, headAt(12), tell))).result).toBe(false);
  });
});

describe('between two heads', () => {
  const grown = (older: Checkpoint, newer: Checkpoint, log = LOG) =>
    told((tell) => checkGrowth(older, newer, log.readPath, tell));

  test('a log that only grew says so, and by how much', async () => {
    const { result, steps } = await grown(headAt(5), headAt(13));
    expect([result, steps[0]?.text]).toStrictEqual([true, 'step.grown']);
    expect(steps[0]?.values).toStrictEqual({ from: 5, to: 13, n: 8 });
    expect((await grown(headAt(13), headAt(13))).texts).toStrictEqual(['step.sameHead']);
  });

  test('an older head that is larger, another log and a rewritten past are told apart', async () => {
    expect(await grown(headAt(13), headAt(5))).toMatchObject({
      ...{ result: false, texts: ['step.shorter'] },
    });
    const forged = sampleLog(13, SIGNER, (envelope, seq) =>
      seq === 3 ? envelope.replace('2026', '2025') : envelope,
    );
    expect(await grown(headAt(5), headAt(13, forged), forged)).toMatchObject({
      ...{ result: false, texts: ['step.rewritten'] },
    });
    const other = sampleLog(13, SIGNER, (envelope) => envelope.replace('2026', '2025'));
    expect(await grown(headAt(5), headAt(13, other), other)).toMatchObject({
      ...{ result: false, texts: ['step.anotherLog'] },
    });
  });

  test('a rewritten log of the same size is told without a path', async () => {
    const forged = sampleLog(5, SIGNER, (envelope, seq) =>
      seq === 5 ? envelope.replace('2026', '2025') : envelope,
    );
    expect((await grown(headAt(5), headAt(5, forged))).texts).toStrictEqual(['step.rewritten']);
  });
});

describe('since the last look', () => {
  const store = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  };
  const seenAt = '2026-11-28T01:00:00.000Z';
  const since = (size: number | null, now: Checkpoint, verifierKey = KEY, log = LOG) =>
    sinceLastLook(
      size === null ? null : { note: LOG.noteAt(size), verifierKey: KEY, seenAt },
      { head: now, verifierKey },
      log.readPath,
    );

  test('the first look compares nothing; later ones say what was added', async () => {
    expect(await since(null, headAt(13))).toMatchObject({ growth: 'first', older: null });
    expect(await since(5, headAt(13))).toMatchObject({ growth: 'grown', seenAt });
    expect(await since(13, headAt(13))).toMatchObject({ growth: 'same', isKeyNew: false });
  });

  test('a shorter or rewritten log is an alarm; another key alone is said', async () => {
    expect(isAlarm(await since(13, headAt(5)))).toBe(true);
    const forged = sampleLog(13, SIGNER, (envelope, seq) =>
      seq === 4 ? envelope.replace('2026', '2025') : envelope,
    );
    expect(isAlarm(await since(5, headAt(13, forged), KEY, forged))).toBe(true);
    const rotated = await since(5, headAt(13), newSigner('next').verifier.text);
    expect([isAlarm(rotated), rotated.isKeyNew]).toStrictEqual([false, true]);
  });

  test('what is kept is read again, and what is broken is as if never seen', () => {
    const kept = store();
    expect(readSeen(kept)).toBeNull();
    const seen = { note: LOG.noteAt(5), verifierKey: KEY, seenAt };
    keepSeen(kept, seen);
    expect(readSeen(kept)).toStrictEqual(seen);
    keepSeen(kept, { ...seen, note: 'no note' });
    expect(readSeen(kept)).toBeNull();
    keepSeen(kept, seen);
    forgetSeen(kept);
    expect(readSeen(kept)).toBeNull();
  });

  test('a browser that refuses its store looks for the first time each time', () => {
    const refusing = () => {
      throw new Error('refused');
    };
    const closed = { getItem: refusing, setItem: refusing, removeItem: refusing };
    expect(readSeen(closed)).toBeNull();
    expect(() => keepSeen(closed, { note: '', verifierKey: '', seenAt })).not.toThrow();
  });
});
