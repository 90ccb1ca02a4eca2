import { IMPORT_ROWS_MAX } from '@jishi/contracts/market/import';
import { fixImport, readImport } from '@jishi/contracts/market/import-endpoints';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTradeTrial, type TradeTrial } from '../trade-trial.ts';
import {
  download,
  importAll,
  LISTING_HEADINGS,
  listingLine,
  run,
  titles,
  uploadFile,
  xlsxFile,
} from './import-trial.ts';

let trial: TradeTrial;
beforeAll(async () => {
  trial = await openTradeTrial('five_thousand');
});
afterAll(() => trial.close());

/** With MEASURE=1 each step says how long it took and the most memory that was seen meanwhile. */
const measured = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const started = performance.now();
  let most = 0;
  let latest = performance.now();
  let longest = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
    longest = Math.max(longest, performance.now() - latest);
    latest = performance.now();
  }, 10);
  try {
    return await work();
  } finally {
    clearInterval(watch);
    const figures = [
      `${Math.round(performance.now() - started)} ms`,
      `rss at most ${Math.round(most / 1e6)} MB`,
      `event loop held ${Math.round(longest)} ms at most`,
    ];
    if (process.env.MEASURE) process.stdout.write(`${name}: ${figures.join(', ')}\n`);
  }
};

test('the largest sheet is checked, corrected in one press, imported and exported', async () => {
  const officer = await trial.trader(['listing-officer']);
  const lines = titles(IMPORT_ROWS_MAX).map((title, i) =>
    listingLine(title, i % 10 === 0 ? { 3: '中试' } : {}),
  );
  const bytes = await measured('write', () => xlsxFile([LISTING_HEADINGS, ...lines]));
  const view = await measured('upload and check', () => uploadFile(officer, bytes));
  expect(view.counts).toMatchObject({ total: 5_000, clean: 4_500, wrong: 500 });
  const params = { importId: view.importId };
  const fix = { what: 'suggested', field: 'trl', rule: 'trl' } as const;
  const fixed = await measured('fix 500 alike', () =>
    officer.call(fixImport, { params, body: { version: view.version, fix } }),
  );
  await run(officer, fixed, 'all-or-none');
  await measured('import', () => importAll(trial));
  const after = await officer.call(readImport, { params });
  expect(after.counts).toMatchObject({ imported: 5_000, clean: 0, wrong: 0 });
  const exported = await measured('export', () =>
    download(trial, '/listings/mine/export?format=xlsx', officer.token),
  );
  expect(exported.bytes.length).toBeGreaterThan(100_000);
}, 180_000);
