import { readImport } from '@jishi/contracts/market/import-endpoints';
import { openDatabase } from '@jishi/runtime/database';
import { silentLog } from '@jishi/runtime/log';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  csvFile,
  LISTING_HEADINGS,
  listingLine,
  run,
  titles,
  uploadFile,
} from '../http/import/import-trial.ts';
import { openTradeTrial, type Trader, type TradeTrial } from '../http/trade-trial.ts';
import type { TradeTables } from '../store/trade/tables.ts';
import { holdFailedRuns } from './failed-runs.ts';
import { importOpen, startImports } from './import-rows.ts';

let trial: TradeTrial;
beforeAll(async () => {
  trial = await openTradeTrial('failed_runs');
});
afterAll(() => trial.close());

const begin = async (officer: Trader, title: string): Promise<string> => {
  const view = await uploadFile(officer, csvFile([LISTING_HEADINGS, listingLine(title)]));
  await run(officer, view);
  return view.importId;
};
const statusOf = async (officer: Trader, importId: string) =>
  (await officer.call(readImport, { params: { importId } })).status;
/** No program writes such a row; a run over it cannot go on. */
const spoil = (importId: string) =>
  sql`update sheet_import_row set row_hash = null where import_id = ${importId}`.execute(
    trial.admin,
  );
const mend = (importId: string) =>
  sql`update sheet_import_row set row_hash = ${importId} where import_id = ${importId}
    and state = 'queued'`.execute(trial.admin);

test('a run that cannot go on keeps nobody else waiting, and goes on when it can', async () => {
  const [one, other] = [
    await trial.trader(['listing-officer']),
    await trial.trader(['listing-officer']),
  ];
  const bad = await begin(one, '坏掉的一行成果');
  await spoil(bad);
  const good = await begin(other, '别家好的一行成果');
  const told: Record<string, unknown>[] = [];
  const log = { ...silentLog, error: (fields: Record<string, unknown>) => void told.push(fields) };
  const jobs = startImports({ pool: trial.serving, clock: trial.clock, log });
  try {
    await expect.poll(() => statusOf(other, good), { timeout: 10_000 }).toBe('open');
    expect(await statusOf(one, bad)).toBe('running');
    expect(told[0]).toMatchObject({ imports: 'a queued row without a value', failures: 1 });
    await mend(bad);
    await expect.poll(() => statusOf(one, bad), { timeout: 10_000 }).toBe('open');
  } finally {
    await jobs.stop();
  }
}, 30_000);

test('as many bad runs as one look takes leave room for the next one', async () => {
  const officer = await trial.trader(['listing-officer']);
  const bad: string[] = [];
  for (const title of titles(20)) bad.push(await begin(officer, title));
  for (const importId of bad) await spoil(importId);
  const other = await trial.trader(['listing-officer']);
  const good = await begin(other, '排在后面的成果');
  const failures = holdFailedRuns(silentLog, () => 0);
  const look = () =>
    importOpen(openDatabase<TradeTables>(trial.serving), trial.clock, undefined, failures);
  await look();
  expect(await statusOf(other, good)).toBe('running');
  await look();
  expect(await statusOf(other, good)).toBe('open');
}, 120_000);
