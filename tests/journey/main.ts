import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { client } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import { readHead } from '@jishi/contracts/ledger/endpoints';
import { readIndexSeries } from '@jishi/contracts/ledger/index-endpoints';
import { patientFetch } from '@jishi/contracts/session';
import { addMonths, businessDay, monthOf } from '@jishi/contracts/time';
import { castOf, company } from './cast.ts';
import { type Journey, journeyOf } from './context.ts';
import { travel } from './journey.ts';
import { findOrStartMarket, type MarketServer, readDemoAccounts } from './market-server.ts';
import { loadRun, type RunState, saveRun } from './run-state.ts';

const HISTORY_WITHIN_MS = 180_000;
const POLL_MS = 1_000;

const HELP = `pnpm journey [--url URL] [--resume RUN]
走完全程一次,核对每个数字;没有运行中的技市时自行启动一个(仅限合成账本)。
Travels the whole thread once and checks every number; starts a market when none runs
(synthetic logs only). --resume goes on with a run that was cut.
`;

const say = (line: string): void => console.error(line);

const begin = async (server: MarketServer, folder: string): Promise<RunState> => {
  const read = client({ baseUrl: server.baseUrl, fetch: patientFetch });
  const head = await read(readHead);
  const state: RunState = {
    run: newId(),
    baseUrl: server.baseUrl,
    done: { today: businessDay(new Date().toISOString()), headBefore: head.seq },
  };
  await saveRun(folder, state);
  return state;
};

/** Whether the launcher says that it is still writing the synthetic history. */
const isWritingHistory = async (baseUrl: string): Promise<boolean> => {
  const response = await patientFetch(`${baseUrl}/health`);
  const { notes } = (await response.json()) as { notes?: { en: string }[] };
  return notes?.some(({ en }) => /^demo data \d/.test(en)) ?? false;
};

/** A first start writes its history behind; with it the index is defined and can be checked. */
const awaitHistory = async ({ people, today, baseUrl }: Journey): Promise<void> => {
  const month = addMonths(monthOf(today), -1);
  const read = people.operator.on('ledger');
  const untilMs = Date.now() + HISTORY_WITHIN_MS;
  for (let told = false; ; told = true) {
    const series = await read(readIndexSeries, { query: { from: month, to: month } });
    if (series.points.some((p) => p.value !== null)) return;
    if (Date.now() > untilMs || !(await isWritingHistory(baseUrl))) {
      say('指数尚未定义,照此核对 the index is not defined yet and is checked as such');
      return;
    }
    if (!told) say(`等待样例历史写入 waiting for the synthetic history (index of ${month})`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      resume: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const server = await findOrStartMarket(values.url);
  try {
    const head = await client({ baseUrl: server.baseUrl, fetch: patientFetch })(readHead);
    if (head.kind === 'real') {
      throw new Error(
        '这是真实账本,不可演练 this log is real: the journey writes to synthetic logs only',
      );
    }
    const folder = join(server.dataDir, 'journeys');
    const state = values.resume
      ? await loadRun(folder, values.resume)
      : await begin(server, folder);
    say(`run ${state.run} · ${server.baseUrl} · 中断后 to go on: --resume ${state.run}`);
    const cast = castOf(state.run);
    const people = company(server.baseUrl, cast, await readDemoAccounts(server.dataDir));
    const { today, headBefore } = state.done as { today: string; headBefore: number };
    const { baseUrl } = server;
    const journey = journeyOf({ run: state.run, baseUrl, today, headBefore, cast, people });
    await awaitHistory(journey);
    const result = await travel(journey, state, {
      folder,
      step: (name, outcome, ms, wasDone) =>
        say(`${wasDone ? '·' : '✓'} ${name} ${Math.round(ms)} ms\n    ${outcome}`),
    });
    console.log(JSON.stringify(result));
  } finally {
    await server.stop();
  }
};

main().catch((error: unknown) => {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
