import { newId } from '@jishi/contracts/ids';
import * as api from '@jishi/contracts/market/import-endpoints';
import { listListingsInReview, listOwnListings } from '@jishi/contracts/market/trade-listings';
import { openDatabase } from '@jishi/runtime/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { importChunk } from '../../process/import-rows.ts';
import type { TradeTables } from '../../store/trade/tables.ts';
import { openTradeTrial, refusalOf, type Trader, type TradeTrial } from '../trade-trial.ts';
import {
  CONTRACT_HEADINGS,
  contractLine,
  csvFile,
  importAll,
  LISTING_HEADINGS,
  listingLine,
  rowsOf,
  run,
  titles,
  uploadFile,
  xlsxFile,
} from './import-trial.ts';

let trial: TradeTrial;
let officer: Trader;
beforeAll(async () => {
  trial = await openTradeTrial('imports');
});
beforeEach(async () => {
  officer = await trial.trader(['listing-officer']);
});
afterAll(() => trial.close());

const sheet = (names: readonly string[], change = {}) =>
  csvFile([LISTING_HEADINGS, ...names.map((name) => listingLine(name, change))]);
const own = async (trader = officer) => (await trader.call(listOwnListings)).items;
const read = (importId: string) => officer.call(api.readImport, { params: { importId } });

test('the clean rows become listings in review, once; the rest waits and is imported later', async () => {
  const lines = [
    ['成果汇总'],
    LISTING_HEADINGS,
    ...titles(3).map((title) => listingLine(title)),
    listingLine('成熟度写错的成果', { 3: '中试' }),
  ];
  const view = await uploadFile(officer, await xlsxFile(lines));
  expect(view.counts).toMatchObject({ total: 4, clean: 3, wrong: 1 });
  expect(view.groups).toMatchObject([{ field: 'trl', rule: 'trl', rows: 1, suggested: 1 }]);
  expect(await own()).toHaveLength(0);

  const started = await run(officer, view);
  expect(started).toMatchObject({ status: 'running', counts: { queued: 3 } });
  await importAll(trial);
  const after = await read(view.importId);
  expect(after).toMatchObject({
    status: 'open',
    counts: { clean: 0, wrong: 1, imported: 3 },
    runs: [{ rowsTotal: 3, rowsDone: 3, created: 3 }],
  });
  const reviewer = await trial.officer(['exchange-operator']);
  const waiting = (await reviewer.call(listListingsInReview)).items;
  expect(waiting.map(({ content }) => content.title).toSorted()).toStrictEqual(titles(3));

  const fixed = await officer.call(api.fixImport, {
    params: { importId: view.importId },
    body: { version: after.version, fix: { what: 'suggested', field: 'trl', rule: 'trl' } },
  });
  expect(fixed.counts).toMatchObject({ clean: 1, wrong: 0, imported: 3 });
  await run(officer, fixed, 'all-or-none');
  await importAll(trial);
  expect(await own()).toHaveLength(4);
});

test('one organisation has two files read at a time, and is told when to come again', async () => {
  const files = [1, 2, 3].map((from) => uploadFile(officer, sheet(titles(1, from))));
  const refused = (await Promise.allSettled(files)).filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { type: 'rate-limited', problem: { status: 429 } } }]);
});

test('the same file twice, at once or later, is the same import', async () => {
  const bytes = sheet(titles(3));
  const views = await Promise.all([uploadFile(officer, bytes), uploadFile(officer, bytes)]);
  const [{ importId }] = views;
  expect(new Set(views.map((view) => view.importId))).toStrictEqual(new Set([importId]));
  await run(officer, await read(importId));
  await importAll(trial);
  const again = await uploadFile(officer, bytes);
  expect(again).toMatchObject({ importId, counts: { imported: 3, clean: 0 } });
  expect(await own()).toHaveLength(3);
  const stranger = await trial.trader(['listing-officer']);
  expect((await uploadFile(stranger, bytes)).importId).not.toBe(importId);
});

test('the same rows in another file, or a title that is open already, are told and not imported', async () => {
  const first = await uploadFile(officer, sheet(titles(2)));
  await run(officer, first);
  await importAll(trial);
  const other = await uploadFile(
    officer,
    csvFile([
      LISTING_HEADINGS,
      ...titles(3).map((title, i) => listingLine(title, i === 1 ? { 3: '7' } : {})),
    ]),
  );
  expect(other.counts).toMatchObject({ clean: 1, duplicate: 2 });
  const rows = await rowsOf(officer, other.importId);
  expect(rows.map(({ duplicateOf }) => duplicateOf?.en)).toStrictEqual([
    'The same row was imported before',
    'There is a listing of this title (submitted)',
    undefined,
  ]);
  expect(await refusalOf(run(officer, other, 'all-or-none'))).toBe('import-not-clean');
});

test('two imports of one row at the same time make one record', async () => {
  const a = await uploadFile(officer, sheet(titles(2)));
  const b = await uploadFile(officer, sheet([...titles(2), '另一项成果']));
  expect([a.counts.clean, b.counts.clean]).toStrictEqual([2, 3]);
  await Promise.all([run(officer, a), run(officer, b).catch(() => undefined)]);
  await Promise.all([importAll(trial), importAll(trial), importAll(trial)]);
  const names = (await own()).map(({ content }) => content.title);
  expect(names).toHaveLength(3);
  expect(new Set(names).size).toBe(3);
  const [ofA, ofB] = [(await read(a.importId)).runs, (await read(b.importId)).runs];
  expect(ofB).toMatchObject([{ rowsTotal: 3, rowsDone: 3 }]);
  // Whichever was first made the rows that both have.
  expect([...ofA, ...ofB].reduce((sum, { created }) => sum + created, 0)).toBe(3);
});

test('a run begins with the rows that were seen, in the version that was seen, once', async () => {
  const view = await uploadFile(officer, sheet(titles(2)));
  const wrongNumber = { ...view, counts: { ...view.counts, clean: 3 } };
  expect(await refusalOf(run(officer, wrongNumber))).toBe('version-conflict');
  expect(await refusalOf(run(officer, { ...view, version: 2 }))).toBe('version-conflict');
  const runId = newId();
  await run(officer, view, 'clean-only', runId);
  expect((await run(officer, view, 'clean-only', runId)).runs).toHaveLength(1);
  expect(await refusalOf(run(officer, view, 'all-or-none', runId))).toBe('id-reused');
  expect(await refusalOf(run(officer, view))).toBe('import-state');
});

test('a chunk that fails leaves nothing of its rows behind', async () => {
  const view = await uploadFile(officer, sheet(titles(5)));
  const { runs } = await run(officer, view);
  const db = openDatabase<TradeTables>(trial.serving);
  const open = { id: runs[0]?.runId ?? '', person: officer.person };
  await sql`alter table announcement add constraint fourth check
    (content->>'title' <> '试验成果第 4 项工艺') not valid`.execute(trial.admin);
  await expect(importChunk(db, trial.clock, open)).rejects.toThrow();
  expect(await own()).toHaveLength(0);
  expect((await read(view.importId)).counts).toMatchObject({ queued: 5, imported: 0 });
  await sql`alter table announcement drop constraint fourth`.execute(trial.admin);
  expect(await importChunk(db, trial.clock, open)).toBe(false);
  expect(await own()).toHaveLength(5);
  expect(await importChunk(db, trial.clock, open)).toBe(false);
});

describe('on the page', () => {
  test('columns are named by hand, and drafts may lack what a review needs', async () => {
    const lines = [
      ['a', 'b', 'c', 'd', 'e'],
      ['一项手工对应的成果', '6', '农业', 'A', '许可'],
    ];
    const view = await uploadFile(officer, csvFile(lines));
    expect(view.headingFound).toBe(false);
    expect(await refusalOf(run(officer, { ...view, counts: { ...view.counts, clean: 1 } }))).toBe(
      'import-columns-missing',
    );
    const fields = ['title', 'trl', 'fieldCode', 'industryCode', 'dealTypes'];
    const named = await officer.call(api.setImportColumns, {
      params: { importId: view.importId },
      body: {
        version: view.version,
        headingRow: 1,
        target: 'draft',
        columns: fields.map((field, i) => ({ column: i + 1, field, unit: null })),
      },
    });
    expect(named).toMatchObject({ missing: [], counts: { total: 1, clean: 1 } });
    await run(officer, named);
    await importAll(trial);
    expect(await own()).toMatchObject([{ status: 'draft' }]);
  });

  test('one value is written over all that read alike, and single cells are fixed', async () => {
    const lines = [
      LISTING_HEADINGS,
      listingLine('领域写错一', { 4: '量子' }),
      listingLine('领域写错二', { 4: '量子' }),
      listingLine('领域写错三', { 4: '超导' }),
    ];
    const view = await uploadFile(officer, csvFile(lines));
    const body = { field: 'fieldCode', rule: 'code-unknown' };
    const params = { importId: view.importId };
    const alike = await officer.call(api.fixImport, {
      params,
      body: {
        version: 1,
        fix: { what: 'same-text', ...body, from: '量子', to: '电子信息' },
      },
    });
    expect(alike.counts).toMatchObject({ clean: 2, wrong: 1 });
    const long = (length: number) => ({
      version: 1,
      fix: { what: 'same-text' as const, ...body, from: '量子', to: '长'.repeat(length) },
    });
    const fixing = (length: number) => officer.call(api.fixImport, { params, body: long(length) });
    expect(await refusalOf(fixing(2_000))).toBe('version-conflict');
    expect(await refusalOf(fixing(2_001))).toBe('invalid-input');
    const cells = [{ row: 4, field: 'fieldCode', text: '新材料' }];
    const fix = { version: alike.version, fix: { what: 'cells' as const, cells } };
    expect((await officer.call(api.fixImport, { params, body: fix })).counts.clean).toBe(3);
    expect(await refusalOf(officer.call(api.fixImport, { params, body: fix }))).toBe(
      'version-conflict',
    );
    const rows = await rowsOf(officer, view.importId);
    expect(rows.map(({ fixed, values }) => [fixed, values.fieldCode])).toStrictEqual([
      [['fieldCode'], '电子信息'],
      [['fieldCode'], '电子信息'],
      [['fieldCode'], '新材料'],
    ]);
  });

  test('what was discarded may be uploaded anew', async () => {
    const bytes = sheet(titles(1));
    const view = await uploadFile(officer, bytes);
    const params = { importId: view.importId };
    await officer.call(api.discardImport, { params, body: { version: view.version } });
    expect(await refusalOf(run(officer, view))).toBe('import-state');
    expect((await uploadFile(officer, bytes)).importId).not.toBe(view.importId);
  });
});

describe('contracts of paper', () => {
  test('go to the ledger by the outbox with their form, each once', async () => {
    const lines = [
      CONTRACT_HEADINGS,
      contractLine('第一份开发合同'),
      contractLine('第二份开发合同', { 13: '60.5' }),
      contractLine('第二份开发合同', { 13: '60.5' }),
    ];
    const view = await uploadFile(officer, await xlsxFile(lines), 'contracts');
    expect(view.counts).toMatchObject({ clean: 2, duplicate: 1 });
    await run(officer, view);
    await importAll(trial);
    const sent = await trial.admin
      .selectFrom('outbox')
      .select(['kind', 'payload', 'actor'])
      .where('kind', '=', 'contract')
      .orderBy('position')
      .execute();
    const submissions = sent
      .filter(({ actor }) => actor?.organisationId === officer.person.organisationId)
      .map(({ payload }) => JSON.parse(payload).submission);
    expect(submissions).toMatchObject([
      {
        public: { isImport: false, sellerDistrict: 'sip', buyerDistrict: 'kunshan' },
        private: {
          contractValueFen: '60000000',
          technologyValueFen: '48000000',
          attachments: [],
          form: { planSource: 'none', sellerNature: '150' },
        },
      },
      { private: { contractValueFen: '60500000' } },
    ]);
    const hashes = submissions.map((each) => each.private.contractTextHash);
    expect(new Set(hashes).size).toBe(2);
    const other = [CONTRACT_HEADINGS, contractLine('第一份 开发合同', { 2: '昆山某公司(改名)' })];
    const again = await uploadFile(officer, csvFile(other), 'contracts');
    expect(again.counts).toMatchObject({ clean: 0, duplicate: 1 });
  });
});

describe('another organisation', () => {
  test('finds nothing, whatever it asks', async () => {
    const view = await uploadFile(officer, sheet(titles(1)));
    const stranger = await trial.trader(['listing-officer']);
    const params = { importId: view.importId };
    const calls = [
      () => stranger.call(api.readImport, { params }),
      () => stranger.call(api.listImportRows, { params }),
      () => run(stranger, view),
      () => stranger.call(api.discardImport, { params, body: { version: 1 } }),
    ];
    for (const call of calls) expect(await refusalOf(call())).toBe('not-found');
    expect((await stranger.call(api.listImports)).items).toHaveLength(0);
    expect(await refusalOf(uploadFile(stranger, sheet(titles(2)), 'listings', view.importId))).toBe(
      'id-reused',
    );
  });

  test('and an office or a buyer import no listings', async () => {
    const operator = await trial.officer(['exchange-operator']);
    expect(await refusalOf(uploadFile(operator, sheet(titles(1))))).toBe('role-missing');
    const buyer = await trial.trader(['buyer']);
    expect(await refusalOf(uploadFile(buyer, sheet(titles(1))))).toBe('role-missing');
  });

  test('sees no row of ours without being us', async () => {
    await uploadFile(officer, sheet(titles(1)));
    const db = openDatabase<TradeTables>(trial.serving);
    for (const table of ['sheet_import', 'sheet_import_row', 'import_run', 'paper_contract']) {
      const count = sql<{ n: number }>`select count(*)::integer n from ${sql.table(table)}`;
      expect((await count.execute(db)).rows[0]?.n).toBe(0);
    }
  });
});
