import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '@jishi/standalone/free-ports';
import { readDemoAccounts, startMarket } from '../journey/market-server.ts';
import { auditJourneys, auditLog, officesOf } from './audit.ts';
import { runCap } from './cap.ts';
import { type Installation, runKills } from './kills.ts';
import { killTarget } from './processes.ts';
import { randomFrom } from './random.ts';

const HELP = `pnpm drill [--seed S] [--kills 20] [--decisions 1000]
在自己的临时数据目录中反复 kill -9,再同时核定一千件;最后一行是 JSON。
Kills with -9 again and again in a data folder of its own, then decides a thousand cases at once;
the last line is JSON.
`;

const say = (line: string): void => console.error(line);

const openInstallation = async (): Promise<Installation> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jishi-drill-'));
  // PostgreSQL may run as another user and must be able to pass through.
  await chmod(dataDir, 0o755);
  const port = await freePort();
  const { child, baseUrl } = await startMarket(dataDir, port, { SEED: 'off' });
  return { child, baseUrl, dataDir, port };
};

const closeInstallation = async (installation: Installation): Promise<void> => {
  const { child, dataDir } = installation;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(late);
  }
  await killTarget('postgres', child.pid ?? 0, dataDir);
  await rm(dataDir, { recursive: true, force: true });
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      kills: { type: 'string', default: '20' },
      decisions: { type: 'string', default: '1000' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const seed = Number(values.seed);
  const startedMs = performance.now();
  const installation = await openInstallation();
  // Ctrl-C ends what was started and removes the folder, as an end does.
  process.once('SIGINT', () => void closeInstallation(installation).then(() => process.exit(130)));
  try {
    const demo = await readDemoAccounts(installation.dataDir);
    const kills = await runKills(installation, Number(values.kills), randomFrom(seed), say);
    const offices = officesOf(installation.baseUrl, demo);
    const log = await auditLog(offices, kills.results);
    const journeys = await auditJourneys(offices, kills.results);
    say(`${kills.results.length} journeys arrived in ${kills.lives} lives; now the ceiling`);
    const cap = await runCap(installation, offices, Number(values.decisions), say);
    const ok =
      log.gaps + log.doubled + log.missing + journeys.lost + journeys.paidTwice === 0 &&
      journeys.booksBalanced &&
      journeys.outboxLeft === 0 &&
      cap.decisions === Number(values.decisions) &&
      cap.awardedFen === cap.expectedFen;
    console.log(
      JSON.stringify({
        ok,
        seed,
        seconds: Math.round((performance.now() - startedMs) / 1_000),
        kills: kills.kills,
        journeys: kills.results.length,
        lives: kills.lives,
        log,
        ...journeys,
        cap,
      }),
    );
    if (!ok) process.exitCode = 1;
  } finally {
    await closeInstallation(installation);
  }
};

main().catch((error: unknown) => {
  say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
