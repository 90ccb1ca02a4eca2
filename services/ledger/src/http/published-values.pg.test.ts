import { newId } from '@jishi/contracts/ids';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import { openDatabase } from '@jishi/runtime/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { familyFactOf } from '../domain/index/family/facts.ts';
import { foldAll } from '../domain/index/family/testing-market.ts';
import { contentOf } from '../domain/publication/content.ts';
import { countingOf } from '../domain/publication/counted.ts';
import { knowledgeOf } from '../domain/publication/knowledge.ts';
import { declaredOf } from '../domain/publication/publication.ts';
import { currentFamilyMethod } from '../store/index/family-method.ts';
import { readLog } from '../store/log/follow.ts';
import type { LogTables } from '../store/log/tables.ts';
import type { PublicationTables } from '../store/publication/publications.ts';
import { BASE_YEAR, openTestIndex, type TestIndex } from './live-testing.ts';
import { sealed, sha256 } from './publication-work.ts';
import { createPublishedValues } from './published-values.ts';

let ledger: TestIndex;
let first: ReturnType<TestIndex['people']['person']>;
let second: typeof first;

const contracts = (month: string, count: number, name: string, recorded = month) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ registeredOn: `${month}-03`, recordedAt: `${recorded}-06T04:00:00.000Z` },
    ...{ sellerId: `${name}-${i}`, buyerId: `${name}-b${i}` },
  }));

const publish = async (period: string): Promise<string> => {
  const publicationId = newId();
  const made = await ledger.as(first, 'POST', '/publications', { publicationId, period });
  const { contentHash } = made;
  const done = await ledger.as(second, 'POST', `/publications/${publicationId}/confirm`, {
    contentHash,
  });
  expect(done).toMatchObject({ status: 'published' });
  return publicationId;
};

beforeAll(async () => {
  ledger = await openTestIndex('published_values');
  first = ledger.people.person(['exchange-operator']);
  second = ledger.people.person(['exchange-operator']);
  await ledger.register([...BASE_YEAR, ...contracts('2026-01', 6, 'jan')]);
  await ledger.register(contracts('2026-02', 5, 'feb'));
  await publish('2026-01');
  await ledger.register(contracts('2026-03', 5, 'mar'));
  await publish('2026-02');
  await ledger.register(contracts('2026-01', 5, 'late', '2026-03'));
  await publish('2026-01');
});
afterAll(() => ledger.end());

const factsOf = async () =>
  (await readLog(openDatabase<LogTables>(ledger.pool), 0, 10_000)).map(familyFactOf);

/** Property 19: what is stored is what the log gives as of its head, for all history. */
test('every stored publication follows, byte for byte, from the log and those before it', async () => {
  const facts = await factsOf();
  const method = currentFamilyMethod();
  const counting = countingOf(facts, facts.length, method);
  const { rows } = await ledger.pool.query<{ content: string; content_hash: string }>(
    `select content, content_hash from publication where status = 'published' order by decided_at`,
  );
  expect(rows).toHaveLength(3);
  const published: PublishedContent[] = [];
  for (const { content: text, content_hash: hash } of rows) {
    const stored = JSON.parse(text) as PublishedContent;
    const family = foldAll(
      method,
      facts.filter(({ seq }) => seq <= stored.head.seq),
    );
    const recomputed = contentOf(stored.period, {
      ...{ family, counting, published: [...published], sha256 },
      ...{ head: stored.head, logRoot: stored.logRoot, declared: declaredOf(stored) },
      knowledge: knowledgeOf(published, counting, method),
    });
    expect(sealed(recomputed)).toEqual({ text, hash });
    published.push(stored);
  }
});

test('lines in the form of recompute, first or latest, with their vintage', async () => {
  const values = createPublishedValues(openDatabase<PublicationTables>(ledger.pool));
  const asked = { from: '2026-01', to: '2026-12' };
  const latest = await values.list({ ...asked, vintage: 'latest' });
  const earliest = await values.list({ ...asked, vintage: 'first' });
  const city = (lines: typeof latest, period: string) =>
    lines.find(({ line }) => line.series === 'city' && line.period === period);
  expect(latest).toHaveLength(2 * 43);
  expect(city(latest, '2026-01')?.mark).toMatchObject({ vintage: 2, revision: 'R1' });
  expect(city(earliest, '2026-01')?.mark).toMatchObject({ vintage: 1, revision: null });
  expect(city(latest, '2026-01')?.line.value).not.toBe(city(earliest, '2026-01')?.line.value);
  expect(city(latest, '2026-02')?.line).toMatchObject({ provisional: false, windowMonths: 1 });
  expect(city(latest, '2026-02')?.method).toMatchObject({ linkYear: 2026 });
  expect(await values.list({ from: '2026-02', to: '2026-02', vintage: 'latest' })).toHaveLength(43);
  expect(await values.latestPeriod()).toBe('2026-02');
  expect((await values.vintages()).map(({ period }) => period)).toEqual([
    ...['2026-01', '2026-02', '2026-01'],
  ]);
  const change = await values.contributionsOf('2026-02');
  expect(change?.tables.map(({ by }) => by)).toEqual([
    'component',
    'district',
    'industry',
    'field',
  ]);
  expect(await values.contributionsOf('2026-03')).toBeNull();
});

test('a new publication is read at once, and nothing is parsed twice', async () => {
  const values = createPublishedValues(openDatabase<PublicationTables>(ledger.pool));
  const before = await values.list({ from: '2026-03', to: '2026-03', vintage: 'latest' });
  expect(before).toEqual([]);
  const [kept] = await values.list({ from: '2026-01', to: '2026-01', vintage: 'latest' });
  await ledger.register(contracts('2026-04', 1, 'apr'));
  await publish('2026-03');
  expect(await values.latestPeriod()).toBe('2026-03');
  const [again] = await values.list({ from: '2026-01', to: '2026-01', vintage: 'latest' });
  expect(again).toBe(kept);
});

test('what version 0.1 had published is listed and read as it was kept, and mixed with nothing', async () => {
  const id = newId();
  const text = '{"cells":[],"head":{"kind":"synthetic","recordedAt":null,"seq":1},"revision":null}';
  await ledger.pool.query(
    `insert into publication (publication_id, period, vintage, status, head_seq, head_recorded_at,
       parameter_hash, content_hash, content, prepared_by, prepared_org, prepared_at, expires_at,
       decided_by, decided_org, decided_at, reason, method_version)
     values ($1, '2026-01', 1, 'published', 1, now(), 'x', $2, $3, $4, $4, now(), now(),
       $5, $5, now(), null, '0.1')`,
    [id, sha256(text), text, newId(), newId()],
  );
  const list = await ledger.read<{ items: { publicationId: string; methodVersion: string }[] }>(
    '/index/publications',
  );
  expect(list.items.find((one) => one.publicationId === id)?.methodVersion).toBe('0.1');
  const early = await ledger.read(`/index/early-publications/${id}`);
  expect(early).toMatchObject({ methodVersion: '0.1', content: { cells: [] } });
  const month = await ledger.read<{ vintage: number; content: PublishedContent }>(
    '/index/publications/2026-01?vintage=first',
  );
  expect(month).toMatchObject({ vintage: 1, methodVersion: '1.0.0' });
  const [family] = list.items.filter((one) => one.methodVersion !== '0.1');
  const refused = await ledger.get(`/index/early-publications/${family?.publicationId}`);
  expect(refused.status).toBe(404);
  const preview = await ledger.as(first, 'GET', `/publications/${id}`);
  expect(preview).toMatchObject({ methodVersion: '0.1', values: [] });
  expect((await ledger.as(first, 'GET', '/publications')).httpStatus).toBe(200);
});

test('contributions as last published by a head, and none before', async () => {
  const values = createPublishedValues(openDatabase<PublicationTables>(ledger.pool));
  const heads = (await values.vintages()).map(({ mark }) => mark.headSeq);
  const latest = await values.contributionsOf('2026-02');
  expect(latest?.head.seq).toBe(heads[1]);
  expect(latest?.tables.map(({ by }) => by)).toContain('district');
  expect(await values.contributionsOf('2026-02', (heads[1] ?? 0) - 1)).toBeNull();
  expect(await values.contributionsOf('2026-02', heads[1])).toStrictEqual(latest);
});
