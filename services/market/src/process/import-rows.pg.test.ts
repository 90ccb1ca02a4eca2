import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readImport } from '@jishi/contracts/market/import-endpoints';
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
import { openTradeTrial, type TradeTrial } from '../http/trade-trial.ts';

let trial: TradeTrial;
beforeAll(async () => {
  trial = await openTradeTrial('import_kill');
});
afterAll(() => trial.close());

const TYPESCRIPT = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url));

const startChild = (url: string): ChildProcess =>
  spawn(process.execPath, ['--import', TYPESCRIPT, CHILD], {
    env: { PATH: process.env.PATH, DATABASE_URL: url },
    stdio: 'inherit',
  });

const KILLS = 3;
const ROWS = 900;

test('killed three times in the middle, each row becomes one listing and none is half', async () => {
  const officer = await trial.trader(['listing-officer']);
  const lines = [LISTING_HEADINGS, ...titles(ROWS).map((title) => listingLine(title))];
  const view = await uploadFile(officer, csvFile(lines));
  await run(officer, view);
  const params = { importId: view.importId };
  const doneNow = async () => (await officer.call(readImport, { params })).runs[0]?.rowsDone ?? 0;
  const { connectionString: url = '' } = trial.serving.options;
  const stops: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = await doneNow();
    const child = startChild(url);
    const ended = once(child, 'exit');
    await expect.poll(doneNow, { timeout: 30_000, interval: 5 }).toBeGreaterThan(before);
    child.kill('SIGKILL');
    const [, signal] = await ended;
    expect(signal).toBe('SIGKILL');
    stops.push(await doneNow());
  }
  expect(stops.every((done) => done > 0 && done < ROWS)).toBe(true);
  const child = startChild(url);
  expect(await once(child, 'exit')).toStrictEqual([0, null]);

  const after = await officer.call(readImport, { params });
  expect(after).toMatchObject({
    status: 'open',
    counts: { imported: ROWS, queued: 0 },
    runs: [{ rowsTotal: ROWS, rowsDone: ROWS, created: ROWS }],
  });
  const { rows } = await sql<{ records: number; titles: number; contacts: number; linked: number }>`
    select count(*)::integer records, count(distinct content->>'title')::integer titles,
      count(c.announcement_id)::integer contacts, count(r.record_id)::integer linked
    from announcement a left join announcement_contact c on c.announcement_id = a.id
      left join sheet_import_row r on r.record_id = a.id
    where a.owner_party_id = ${officer.partyId} and a.status = 'submitted'`.execute(trial.admin);
  expect(rows).toStrictEqual([{ records: ROWS, titles: ROWS, contacts: ROWS, linked: ROWS }]);
}, 120_000);
