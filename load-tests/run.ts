import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Prepared } from './k6/prepared.ts';
import { type Arguments, HELP, readArguments } from './runner/arguments.ts';
import { findK6, HOW_TO_GET_K6 } from './runner/find-k6.ts';
import { type Journey, stockFor } from './runner/journeys.ts';
import { climb, RUNGS_MAX } from './runner/ladder.ts';
import { type Bench, isGood, type Measured, measure } from './runner/measure.ts';
import { findMarket, startOwnMarket } from './runner/own-market.ts';
import { findOpenCases, publishCorpus, type Stage, setStage } from './runner/prepare.ts';
import { signContracts } from './runner/sign-contracts.ts';
import { tellMeasured } from './runner/tell.ts';

/** An answer of another shape than agreed lists each field of each record. */
const TOLD_LENGTH_MAX = 1_000;
const CUT_SHORT = 130;

const say = (line: string): void => console.error(line);

const rateOf = (args: Arguments, journey: Journey): number => args.rate ?? journey.usualRate;

/** How much of what is used up by a run must be there beforehand. */
const stockOf = (args: Arguments, journey: Journey): number => {
  const once = stockFor(journey, rateOf(args, journey), args.seconds);
  if (!args.ladder) return once;
  return journey.contractsPerSecond === undefined ? args.stock : once * RUNGS_MAX;
};

/** What a journey works with, made through the interfaces, as a file that k6 reads. */
const prepare = async (bench: Bench, stage: Stage, args: Arguments, journey: Journey) => {
  const startedMs = performance.now();
  const stock = stockOf(args, journey);
  const accounts = (traders: Stage['sellers']) => traders.map(({ account }) => account);
  const prepared: Prepared = {
    ...stage.officers,
    sellers: accounts(stage.sellers),
    buyers: accounts(stage.buyers),
    contracts: journey.needs.includes('contracts') ? await signContracts(stage, stock) : [],
    caseIds: journey.needs.includes('cases') ? await findOpenCases(stage, stock) : [],
  };
  await writeFile(join(bench.folder, `${journey.name}.json`), JSON.stringify(prepared));
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const { contracts, caseIds } = prepared;
  say(
    `  ${journey.name}: ${contracts.length} 份合同 contracts · ${caseIds.length} 件 cases · ${seconds} s`,
  );
  return contracts.length + caseIds.length;
};

const runOnce = async (bench: Bench, args: Arguments, journey: Journey): Promise<Measured> => {
  const load = { rate: rateOf(args, journey), seconds: args.seconds, offset: 0 };
  const measured = await measure(bench, journey, load);
  for (const line of tellMeasured(measured)) console.log(line);
  return measured;
};

const awaitEnter = (): Promise<void> =>
  new Promise((resolve) => {
    say('备妥,按回车开始 ready: Enter starts');
    const lines = createInterface({ input: process.stdin });
    lines.once('line', () => lines.close());
    lines.once('close', () => resolve());
  });

const runAll = async (given: Omit<Bench, 'operator'>, args: Arguments): Promise<boolean> => {
  say('准备数据 preparing');
  const stage = await setStage(given.market);
  const bench = { ...given, operator: stage.operator };
  if (args.journeys.some(({ needs }) => needs.includes('corpus'))) {
    await publishCorpus(stage, args.corpus);
    say(`  ${args.corpus} 条成果与需求已发布 records published`);
  }
  const stocks = new Map<string, number>();
  for (const journey of args.journeys) {
    stocks.set(journey.name, await prepare(bench, stage, args, journey));
  }
  if (args.hold) await awaitEnter();
  let good = true;
  for (const journey of args.journeys) {
    const { name, title } = journey;
    console.log(`\n${title.zh} ${title.en}`);
    if (args.ladder) {
      const stock = stocks.get(name) ?? 0;
      await climb(bench, journey, { rate: rateOf(args, journey), seconds: args.seconds, stock });
    } else {
      good = isGood(await runOnce(bench, args, journey)) && good;
    }
  }
  return good;
};

const main = async (): Promise<void> => {
  const args = readArguments(process.argv.slice(2));
  if (args.help) {
    console.log(HELP);
    return;
  }
  const k6 = await findK6();
  if (!k6) {
    process.stderr.write(HOW_TO_GET_K6);
    process.exitCode = 1;
    return;
  }
  say(args.url ? `使用 using ${args.url}` : '启动一个用完即弃的技市 starting a throw-away market');
  const opening = args.url ? findMarket(args.url) : startOwnMarket();
  const folder = await mkdtemp(join(tmpdir(), 'jishi-load-run-'));
  const end = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
    await (await opening).close();
  };
  const ending = new AbortController();
  const endAtOnce = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    void end().finally(() => process.exit(CUT_SHORT));
  };
  process.on('SIGINT', endAtOnce).on('SIGTERM', endAtOnce);
  try {
    const { signal } = ending;
    const good = await runAll({ k6, market: await opening, folder, signal }, args);
    if (!good) process.exitCode = 1;
  } catch (error) {
    // What was under way fails when it is cut short; that is no news.
    if (!ending.signal.aborted) throw error;
  } finally {
    if (!ending.signal.aborted) await end();
  }
};

main().catch((error: unknown) => {
  const what = error instanceof Error ? error.message : String(error);
  say(`✗ ${what.slice(0, TOLD_LENGTH_MAX)}`);
  process.exitCode = 1;
});
