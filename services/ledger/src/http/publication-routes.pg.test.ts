import { createHash } from 'node:crypto';
import { newId } from '@jishi/contracts/ids';
import type { PublicationPreview } from '@jishi/contracts/ledger/publication-desk';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../domain/index/canonical-json.ts';
import { checkPublished } from '../domain/publication/check-published.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';

let ledger: TestIndex;
const operator = (): ReturnType<TestIndex['people']['person']> =>
  ledger.people.person(['exchange-operator']);
let first: ReturnType<typeof operator>;
let second: ReturnType<typeof operator>;

const contracts = (month: string, count: number, name: string) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ registeredOn: `${month}-03`, recordedAt: `${month}-03T04:00:00.000Z` },
    ...{ sellerId: `${name}-${i}`, buyerId: `${name}-b${i % 4}` },
  }));

beforeAll(async () => {
  ledger = await openTestIndex('publication');
  first = operator();
  second = operator();
  await ledger.register([...BASE_YEAR, ...contracts('2026-01', 6, 'jan')]);
});
afterAll(() => ledger.end());

const prepare = (period: string, publicationId = newId(), by = first) =>
  ledger.as(by, 'POST', '/publications', { publicationId, period });
const confirm = (id: string, contentHash: unknown, by = second) =>
  ledger.as(by, 'POST', `/publications/${id}/confirm`, { contentHash });
const valuesOf = async (vintage: string): Promise<PublishedContent['values']> =>
  (
    await ledger.read<{ content: PublishedContent }>(
      `/index/publications/2026-01?vintage=${vintage}`,
    )
  ).content.values;
const typeOf = (answer: object): string =>
  'type' in answer ? String(answer.type).replace('/docs/problems#', '') : 'no problem';

test('a month that still runs by the log is not published, nor one without contracts', async () => {
  expect(typeOf(await prepare('2026-01'))).toBe('period-not-ended');
  await ledger.register(contracts('2026-02', 1, 'feb'));
  expect(typeOf(await prepare('2024-12'))).toBe('period-without-contracts');
});

test('prepared by one, published by another; nobody reads it before', async () => {
  const id = newId();
  const preview = await prepare('2026-01', id);
  expect(preview).toMatchObject({ httpStatus: 200, vintage: 1, isMine: true, revision: null });
  expect(typeOf(await prepare('2026-01'))).toBe('already-prepared');
  expect((await ledger.get('/index/publications/2026-01')).status).toBe(404);
  expect(typeOf(await confirm(id, preview.contentHash, first))).toBe('duties-not-separated');
  expect(typeOf(await confirm(id, '0'.repeat(64)))).toBe('content-changed');
  // Events after the preview change nothing: it is pinned to its head.
  await ledger.register(contracts('2026-02', 1, 'feb-more'));
  expect(await confirm(id, preview.contentHash)).toMatchObject({ status: 'published' });
  expect(typeOf(await confirm(id, preview.contentHash))).toBe('publication-state');
  const read = await ledger.get('/index/publications/2026-01');
  expect(read.headers.get('cache-control')).toContain('max-age=60');
  const etag = read.headers.get('etag') ?? '';
  const answer = (await read.json()) as { content: PublishedContent; contentHash: string };
  const city = answer.content.values[0];
  expect(city).toMatchObject({ series: 'city', windowMonths: 1, hidden: null });
  expect(city?.value).toMatch(/^\d+\.\d{2}$/);
  expect(city?.primitives).toMatchObject({ contracts: 6 });
  expect(checkPublished(answer.content).differences).toEqual([]);
  const hash = createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(answer.content))))
    .digest('hex');
  expect(hash).toBe(answer.contentHash);
  expect(answer.content.logRoot).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(answer)).not.toContain(first.userId);
  const again = await ledger.get('/index/publications/2026-01', null, { 'if-none-match': etag });
  expect(again.status).toBe(304);
});

test('the head beside public values gives them again', async () => {
  interface Answer {
    readonly head: { seq: number };
    readonly values: readonly { series: string; value: string | null }[];
  }
  const path = '/index/values?from=2026-01&to=2026-01';
  const now = await ledger.read<Answer>(path);
  expect(now.values.find(({ series }) => series === 'city')?.value).not.toBeNull();
  expect((await ledger.read<Answer>(`${path}&asOf=${now.head.seq}`)).values).toEqual(now.values);
});

test('the same id again is the same preparation; with another month it is refused', async () => {
  const id = newId();
  await ledger.register(contracts('2026-03', 1, 'mar'));
  const one = await prepare('2026-02', id);
  expect(await prepare('2026-02', id)).toStrictEqual(one);
  expect(typeOf(await prepare('2026-01', id))).toBe('id-reused');
  const back = { reason: '月份不对' };
  const gone = await ledger.as(second, 'POST', `/publications/${id}/withdraw`, back);
  expect(gone).toMatchObject({ status: 'withdrawn' });
  expect(typeOf(await confirm(id, one.contentHash))).toBe('publication-state');
});

test('what waited seven days is not confirmed, and makes room for a new one', async () => {
  const id = newId();
  ledger.setNow('2026-12-01T00:00:00.000Z');
  const preview = await prepare('2026-02', id);
  ledger.setNow('2026-12-08T00:00:00.000Z');
  expect(typeOf(await confirm(id, preview.contentHash))).toBe('approval-expired');
  const seen = await ledger.as(second, 'GET', `/publications/${id}`);
  expect(seen).toMatchObject({ isMine: false });
  const next = newId();
  const fresh = await prepare('2026-02', next);
  ledger.setNow('2026-12-14T23:59:59.999Z');
  expect(await confirm(next, fresh.contentHash)).toMatchObject({ vintage: 1 });
});

test('a second vintage only when enough has changed; first and latest stay apart', async () => {
  expect(typeOf(await prepare('2026-01'))).toBe('nothing-changed');
  // Late for January, each recorded in March.
  const late = (name: string, count: number) =>
    contracts('2026-01', count, name).map((one) => ({
      ...one,
      recordedAt: '2026-03-05T04:00:00.000Z',
    }));
  const [before] = await valuesOf('latest');
  await ledger.register(late('one', 1));
  expect(typeOf(await prepare('2026-01'))).toBe('nothing-changed');
  await ledger.register(late('more', 4));
  const id = newId();
  const preview = (await prepare('2026-01', id)) as unknown as PublicationPreview;
  const city = preview.values.find((one) => one.series === 'city');
  expect(city).toMatchObject({
    ...{ moves: true, lastValue: before?.value, firstValue: before?.value, exactContracts: 11 },
    inWindow: { added: 5, amended: 0, cancelled: 0 },
  });
  expect(preview).toMatchObject({ vintage: 2, revision: 'R1' });
  await confirm(id, preview.contentHash);
  const [first, one, latest] = [
    await valuesOf('first'),
    await valuesOf('1'),
    await valuesOf('latest'),
  ].map((values) => values[0]?.value);
  expect([first, one, latest]).toEqual([before?.value, before?.value, city?.published.value]);
  expect(latest).not.toBe(before?.value);
});

test('the operator may call a restatement routine or an error of ours, and only a restatement', async () => {
  await ledger.register(contracts('2026-03', 1, 'mar-more'));
  const declare = (period: string, revision: string, publicationId = newId()) =>
    ledger.as(first, 'POST', '/publications', { publicationId, period, revision });
  const refused = await declare('2026-03', 'C');
  expect(typeOf(refused)).toBe('period-not-ended');
  await ledger.register(contracts('2026-04', 1, 'apr-more'));
  const ofFirst = await declare('2026-03', 'C');
  expect(typeOf(ofFirst)).toBe('invalid-input');
  expect(ofFirst.fields).toMatchObject([{ field: 'revision', rule: 'revision-of-first' }]);
  expect(typeOf(await declare('2026-01', 'R3'))).toBe('invalid-input');
  await ledger.register(
    contracts('2026-01', 5, 'error').map((one) => ({
      ...one,
      recordedAt: '2026-04-05T04:00:00.000Z',
    })),
  );
  const id = newId();
  const made = await declare('2026-01', 'C', id);
  expect(made).toMatchObject({ vintage: 3, revision: 'C' });
  expect(typeOf(await declare('2026-01', 'R2', id))).toBe('id-reused');
  expect(await confirm(id, made.contentHash)).toMatchObject({ revision: 'C' });
});

test('a month before the base is refused by its field', async () => {
  await ledger.register(contracts('2024-11', 3, 'early'));
  const refused = await prepare('2024-11');
  expect(typeOf(refused)).toBe('invalid-input');
  expect(refused.fields).toMatchObject([{ field: 'period', rule: 'before-base' }]);
});

test('two that confirm at once: one publishes, the other hears that it was done', async () => {
  await ledger.register(contracts('2026-04', 1, 'apr'));
  const id = newId();
  const preview = await prepare('2026-03', id);
  const rivals = await Promise.all(
    Array.from({ length: 6 }, () => confirm(id, preview.contentHash, operator())),
  );
  const outcomes = rivals.map((answer) => typeOf(answer));
  expect(outcomes.filter((word) => word === 'no problem')).toHaveLength(1);
  expect(outcomes.filter((word) => word === 'publication-state')).toHaveLength(5);
});

test('raw SQL neither lets the preparer confirm nor changes what was said', async () => {
  const id = newId();
  await ledger.register(contracts('2026-05', 1, 'may'));
  await prepare('2026-04', id);
  const run = (statement: string) => ledger.pool.query(statement);
  const published = `update publication set status = 'published', decided_at = now(), decided_by =`;
  await expect(run(`${published} prepared_by where publication_id = '${id}'`)).rejects.toThrow();
  await expect(run(`update publication set content = '{}'`)).rejects.toThrow();
  await expect(
    run(`update publication set status = 'withdrawn' where status = 'published'`),
  ).rejects.toThrow();
});
