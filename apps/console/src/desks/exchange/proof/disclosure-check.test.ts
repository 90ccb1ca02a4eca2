import { expect, test } from 'vitest';
import { checkDisclosure, type Proven } from './disclosure-check.ts';
import { lastFacts } from './last-facts.ts';
import { CONTRACT, newSigner, sampleLog, told } from './testing.ts';

const SIGNER = newSigner();
const KEY = SIGNER.verifier.text;
const FILE = sampleLog(7, SIGNER).disclosure();
type File = typeof FILE;
type Event = File['events'][number];

const check = (file: unknown, published: readonly string[] | null = [KEY]) =>
  told((tell) => checkDisclosure(JSON.stringify(file), published, tell));
/** The file with its event number `at` (from 0) changed. */
const bent = (at: number, change: (event: Event) => Event): File => ({
  ...FILE,
  events: FILE.events.map((event, i) => (i === at ? change(event) : event)),
});
const flip = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

test('an untouched file proves its contract, each event in a line of its own', async () => {
  const { result, texts } = await check(FILE);
  expect(texts).toStrictEqual([
    ...['step.keyOurs', 'step.signed'],
    ...['step.itemWhole', 'step.itemWhole', 'step.itemWhole', 'step.itemWhole'],
    'step.versions',
  ]);
  expect(result).toMatchObject({ contractId: CONTRACT, head: { size: 7 } });
  expect(lastFacts(result as Proven)).toMatchObject({
    ...{ title: '合同 7', seller: '甲方', buyer: null, signedOn: '2026-11-17' },
    ...{ contractValueFen: '123456', technologyValueFen: null },
  });
});

test('one changed byte of an event or of its path fails in the line of that event', async () => {
  const altered = bent(1, (event) => ({
    ...event,
    envelope: event.envelope.replace('2026-11-13', '2026-11-14'),
  }));
  const text = await check(altered);
  expect(text.result).toBeNull();
  expect(text.texts.slice(2)).toStrictEqual([
    ...['step.itemWhole', 'step.itemPath', 'step.itemWhole', 'step.itemWhole'],
  ]);
  expect(text.steps[3]?.values.seq).toBe(3);
  const path = await check(
    bent(2, (event) => ({ ...event, path: event.path.map((hash, i) => (i ? hash : flip(hash))) })),
  );
  expect([path.result, path.texts[4]]).toStrictEqual([null, 'step.itemPath']);
});

test('another private part or another salt fails; a withheld one is said', async () => {
  const dearer = await check(
    bent(3, (event) => ({ ...event, private: event.private.replace('123456', '923456') })),
  );
  expect([dearer.result, dearer.texts[5]]).toStrictEqual([null, 'step.itemPrivate']);
  const salted = await check(bent(0, (event) => ({ ...event, salt: flip(event.salt) })));
  expect([salted.result, salted.texts[2]]).toStrictEqual([null, 'step.itemPrivate']);
  const events = FILE.events.map((event) => ({ ...event, private: null, salt: null }));
  const withheld = await check({ ...FILE, events });
  expect(withheld.texts).toContain('step.itemPublic');
  expect(lastFacts(withheld.result as Proven)).toMatchObject({ title: null, seller: null });
});

test('a private part without its salt, or a salt without its part, proves nothing', async () => {
  const forged = '{"actor":{},"facts":{"title":"假"}}';
  for (const change of [{ salt: null, private: forged }, { private: null }]) {
    const { result, texts } = await told((tell) => {
      const events = FILE.events.map((event, i) => (i === 3 ? { ...event, ...change } : event));
      return checkDisclosure(JSON.stringify({ ...FILE, events }), [KEY], tell);
    });
    expect([result, texts]).toStrictEqual([null, ['step.fileForm']]);
  }
});

test('a private part where the event commits to none fails', async () => {
  const bare = sampleLog(7, SIGNER, (envelope, seq) =>
    seq === 7 ? envelope.replace(/"commit":"[0-9a-f]{64}"/, '"commit":null') : envelope,
  );
  const { result, texts } = await check(bare.disclosure());
  expect([result, texts[5]]).toStrictEqual([null, 'step.itemPrivate']);
});

test('an event left out, or one of another contract, is found', async () => {
  const dropped = await check({ ...FILE, events: FILE.events.toSpliced(1, 1) });
  expect([dropped.result, dropped.texts.at(-1)]).toStrictEqual([null, 'step.versionsGap']);
  const empty = await check({ ...FILE, events: [] });
  expect([empty.result, empty.texts.at(-1)]).toStrictEqual([null, 'step.versionsGap']);
  const other = await check({ ...FILE, contractId: CONTRACT.replace(/1$/, '3') });
  expect([other.result, other.texts[2]]).toStrictEqual([null, 'step.itemOther']);
});

test('a file signed by a stranger is said not to be of this log, however sound it is', async () => {
  const forged = sampleLog(7, newSigner()).disclosure();
  const { texts, steps } = await check(forged);
  expect(texts[0]).toBe('step.keyOther');
  expect(steps[0]?.state).toBe('open');
  const swapped = await check({ ...forged, verifierKey: KEY });
  expect([swapped.result, swapped.texts[1]]).toStrictEqual([null, 'step.signedOther']);
});

test('another log of the same key, and what is no such file, are refused', async () => {
  const origin = await check({ ...FILE, origin: 'jishi/another' });
  expect([origin.result, origin.texts.at(-1)]).toStrictEqual([null, 'step.fileOrigin']);
  for (const text of ['', '{', '[]', JSON.stringify({ ...FILE, format: 'other' })]) {
    const { result, texts } = await told((tell) => checkDisclosure(text, [KEY], tell));
    expect([result, texts]).toStrictEqual([null, ['step.fileForm']]);
  }
});
