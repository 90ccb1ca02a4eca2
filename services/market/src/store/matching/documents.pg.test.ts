import { type Id, newId } from '@jishi/contracts/ids';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { createTestDatabase, type TestDatabase } from '@jishi/runtime/testing/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { queryTerms } from '../../domain/matching/query.ts';
import { termCounts } from '../../domain/matching/tokens.ts';
import { MIGRATIONS } from '../migrations/all.ts';
import type { TradeDb, TradeTables } from '../trade/tables.ts';
import { indexDocuments, indexListing, indexNeed, removeDocument } from './documents.ts';
import { inverseFrequencies, rankDocuments } from './ranking.ts';

let database: TestDatabase;
let db: TradeDb;

beforeAll(async () => {
  database = await createTestDatabase('match_index');
  db = openDatabase<TradeTables>(openPool({ url: database.url, poolSize: 8 }));
  await migrateToLatest(db as never, MIGRATIONS);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});
beforeEach(async () => {
  await sql`truncate match_document, match_posting, match_term`.execute(db);
  await sql`update match_statistic set documents = 0, title_length = 0, text_length = 0`.execute(
    db,
  );
});

const TEXTS = [
  { title: '锂电池防爆阀', text: '用于锂离子电池的防爆阀,动作压力稳定。' },
  { title: '硅碳负极材料', text: '锂电池负极,循环一千次。' },
  { title: '工业废水处理填料', text: '微电解填料,用于废水。' },
  { title: 'CBN grinding wheel', text: 'grinding of hardened steels with coated CBN' },
] as const;

const indexAll = async (): Promise<Id[]> => {
  const documents = TEXTS.map((text) => ({ id: newId(), text }));
  await db.transaction().execute((trx) => indexDocuments(trx, 'listing', documents));
  return documents.map((d) => d.id);
};

/** What the counters should say, counted anew from the postings. */
const counters = async () => {
  const kept = await sql<object>`select kind, term, in_titles, in_texts from match_term
    where in_titles > 0 or in_texts > 0 order by 1, 2`.execute(db);
  const counted = await sql<object>`select kind, term,
      count(*) filter (where in_title > 0)::integer in_titles,
      count(*) filter (where in_text > 0)::integer in_texts
    from match_posting group by 1, 2 order by 1, 2`.execute(db);
  const totals = await sql<object>`select kind, documents, title_length, text_length
    from match_statistic where documents > 0 order by 1`.execute(db);
  const summed = await sql<object>`select kind, count(*) documents,
      sum(title_length)::bigint title_length, sum(text_length)::bigint text_length
    from match_document group by 1 order by 1`.execute(db);
  return { kept: [kept.rows, totals.rows], counted: [counted.rows, summed.rows] };
};

/** BM25 by the textbook, over the same texts, in memory. */
const textbookScores = (title: string, text: string): number[] => {
  const score = (field: 'title' | 'text', at: number): number => {
    const counts = TEXTS.map((t) => termCounts(t[field]));
    const lengths = counts.map((c) => [...c.values()].reduce((a, b) => a + b, 0));
    const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
    return queryTerms({ title, text }).reduce((sum, { term, weight }) => {
      const n = counts.filter((c) => c.has(term)).length;
      const idf = Math.log(1 + (TEXTS.length - n + 0.5) / (n + 0.5));
      const tf = counts[at]?.get(term) ?? 0;
      const norm = 1.2 * (0.25 + (0.75 * (lengths[at] ?? 0)) / mean);
      return sum + (weight * idf * tf * 2.2) / (tf + norm);
    }, 0);
  };
  return TEXTS.map((_, at) => score('title', at) + 0.5 * score('text', at));
};

test('the statement ranks as BM25 by the textbook does, to the tenth digit', async () => {
  const ids = await indexAll();
  for (const [title, text] of [
    ['锂电池安全', '防爆,循环寿命,电池电池'],
    ['', '废水 grinding'],
    ['Coating of steel', ''],
  ] as const) {
    const ranked = await rankDocuments(db, {
      kind: 'listing',
      terms: queryTerms({ title, text }),
      limit: 10,
    });
    const expected = textbookScores(title, text)
      .map((score, at) => ({ id: ids[at], score }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score);
    expect(ranked.map((r) => r.id)).toStrictEqual(expected.map((e) => e.id));
    for (const [i, { score }] of ranked.entries()) {
      expect(score).toBeCloseTo(expected[i]?.score ?? Number.NaN, 10);
    }
  }
});

test('counters equal a count of the postings after adding, replacing and removing', async () => {
  const [first, second] = await indexAll();
  await db.transaction().execute(async (trx) => {
    await indexNeed(trx, newId(), { title: '锂电池', text: '' });
    await indexListing(trx, first ?? '', { title: '另一件事', text: '锂' });
    await removeDocument(trx, 'listing', second ?? '');
    await removeDocument(trx, 'listing', newId());
  });
  const { kept, counted } = await counters();
  expect(kept).toStrictEqual(counted);
});

test('forty writers at once in clashing orders neither deadlock nor lose a count', async () => {
  const ids = Array.from({ length: 10 }, () => newId());
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      db.transaction().execute(async (trx) => {
        const id = ids[(i * 7) % 10] ?? '';
        const text = TEXTS[i % TEXTS.length] ?? TEXTS[0];
        await indexListing(trx, id, text);
        await indexNeed(trx, id, text);
        if (i % 3 === 0) await removeDocument(trx, 'listing', ids[(i * 3) % 10] ?? '');
      }),
    ),
  );
  const { kept, counted } = await counters();
  expect(kept).toStrictEqual(counted);
});

test('what is rolled back is neither found nor counted', async () => {
  const id = newId();
  const failed = db.transaction().execute(async (trx) => {
    await indexListing(trx, id, TEXTS[0]);
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  const terms = queryTerms({ title: TEXTS[0].title, text: '' });
  expect(await rankDocuments(db, { kind: 'listing', terms, limit: 10 })).toStrictEqual([]);
  expect((await counters()).kept).toStrictEqual([[], []]);
});

test('a kind finds its own records only, and equal ones stand in order of id', async () => {
  const ids = [newId(), newId()].sort();
  await db.transaction().execute(async (trx) => {
    for (const id of [...ids].reverse()) await indexListing(trx, id, TEXTS[0]);
    await indexNeed(trx, newId(), TEXTS[0]);
  });
  const terms = queryTerms({ title: '防爆阀', text: '' });
  const ranked = await rankDocuments(db, { kind: 'listing', terms, limit: 10 });
  expect(ranked.map((r) => r.id)).toStrictEqual(ids);
  const one = await rankDocuments(db, { kind: 'listing', terms, limit: 1 });
  expect(one.map((r) => r.id)).toStrictEqual(ids.slice(0, 1));
});

test('nothing to look for finds nothing', async () => {
  await indexAll();
  expect(await rankDocuments(db, { kind: 'listing', terms: [], limit: 10 })).toStrictEqual([]);
});

test('a rarer term is more telling; an unknown one is not in the answer', async () => {
  await indexAll();
  const known = await inverseFrequencies(db, 'listing', ['电池', '防爆', '没有']);
  expect(known.get('防爆')).toBeCloseTo(Math.log(1 + 3.5 / 1.5), 10);
  expect(known.get('电池')).toBeCloseTo(Math.log(1 + 2.5 / 2.5), 10);
  expect(known.has('没有')).toBe(false);
});
