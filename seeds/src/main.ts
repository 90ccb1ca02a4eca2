import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addDays, businessDay, LocalDate, systemClock } from '@jishi/contracts/time';
import { parseEnvironment, StartRefused } from '@jishi/runtime/config';
import { openPool } from '@jishi/runtime/database';
import { endUnlessRefused } from '@jishi/runtime/run';
import { SingleBar } from 'cli-progress';
import type pg from 'pg';
import { z } from 'zod';
import type { Plan } from './generator/history.ts';
import { ledgerUrlOf } from './generator/ledger-url.ts';
import { begunPlan, requireSyntheticLog, writeHistory } from './generator/write.ts';
import { playStory } from './stories/play.ts';

/** Yesterday, so that the simulated clock never runs ahead of the real one. */
const yesterday = addDays(businessDay(systemClock()), -1);

const Arguments = z.object({
  months: z.coerce.number().int().min(1).max(72).default(24),
  contracts: z.coerce.number().int().min(1).max(500_000).default(40_000),
  until: LocalDate.refine((day) => day <= yesterday, 'must-lie-in-the-past').default(yesterday),
  seed: z
    .string()
    .regex(/^\w{1,20}$/)
    .default('7'),
  'first-run': z.boolean().default(false),
  url: z.url().optional(),
  help: z.boolean().default(false),
});

const HELP = `pnpm seed [--months 24] [--contracts 40000] [--until YYYY-MM-DD] [--seed 7]
把一段合成历史写入正在运行的技市的账本(仅限合成账本)。
Writes a synthetic history into the ledger of a running market (synthetic logs only).
SEED_LEDGER_DATABASE_URL 或 DATA_DIR 指明账本 · name the ledger.
`;

const FIRST_RUN = { months: 24, contracts: 6_000, seed: '7' } as const;
/** Of the hundred percent of a first run, the share of the history; the story has the rest. */
const HISTORY_PERCENT = 50;

const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: {
        months: { type: 'string' },
        contracts: { type: 'string' },
        until: { type: 'string' },
        seed: { type: 'string' },
        'first-run': { type: 'boolean' },
        url: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    return Arguments.parse(values);
  } catch (error) {
    const why =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${issue.path.join('.')} (${issue.message})`).join(', ')
        : (error as Error).message;
    throw new StartRefused(`参数有误 arguments not valid: ${why}`);
  }
};

const Environment = z.object({
  SEED_LEDGER_DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().optional(),
  BASE_URL: z.string().optional(),
  DEMO_ACCOUNTS_FILE: z.string().optional(),
});
type Environment = z.infer<typeof Environment>;

/** Accounts that start the story; the other parties sign up by themselves. */
const DemoAccounts = z.array(
  z.object({
    ...{ email: z.string(), password: z.string(), name: z.string() },
    organisation: z.object({ uscc: z.string().nullable() }),
    roles: z.array(z.string()),
  }),
);

const say = (percent: number, text: string): void => {
  process.stdout.write(`progress ${Math.min(100, Math.round(percent))} ${text}\n`);
};

/** Behind `start`: a small history, gone on with where an earlier run was cut, then the story. */
const firstRun = async (
  pool: pg.Pool,
  environment: Environment,
  url: string | undefined,
): Promise<void> => {
  const plan: Plan = (await begunPlan(pool, FIRST_RUN)) ?? { ...FIRST_RUN, until: yesterday };
  say(0, '合成历史 synthetic history');
  await writeHistory(pool, plan, ({ contracts, day }) =>
    say((contracts / plan.contracts) * HISTORY_PERCENT, `合成历史 history ${day}`),
  );
  // The launcher lets others write from here on; the story itself goes in by its front door.
  process.stdout.write('history written\n');
  const baseUrl = environment.BASE_URL ?? url;
  if (baseUrl && environment.DEMO_ACCOUNTS_FILE) {
    const demo = DemoAccounts.parse(
      JSON.parse(await readFile(environment.DEMO_ACCOUNTS_FILE, 'utf8')),
    );
    await playStory(baseUrl, demo, (percent, text) =>
      say(HISTORY_PERCENT + (percent * (100 - HISTORY_PERCENT)) / 100, text),
    );
  }
  say(100, '完成 done');
};

const seedOnce = async (pool: pg.Pool, plan: Plan): Promise<void> => {
  const bar = new SingleBar({
    format:
      '{bar} {percentage}% | {value}/{total} 份合同 contracts | {day} | 剩余 left {eta_formatted}',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(plan.contracts, 0, { day: '' });
  const started = performance.now();
  try {
    const written = await writeHistory(pool, plan, ({ contracts, day }) =>
      bar.update(contracts, { day }),
    );
    bar.stop();
    const seconds = (performance.now() - started) / 1_000;
    const { contracts, events, replayed } = written;
    process.stdout.write(
      `${contracts} 份合同 contracts, ${events} 个事件 events (${replayed} 已在 already there), ` +
        `${seconds.toFixed(1)} s\n`,
    );
  } finally {
    bar.stop();
  }
};

const main = async (): Promise<void> => {
  const { help, url, 'first-run': isFirstRun, ...plan } = readArguments();
  if (help) return void process.stdout.write(HELP);
  const environment = parseEnvironment(Environment, process.env);
  const ledgerUrl =
    environment.SEED_LEDGER_DATABASE_URL ??
    (await ledgerUrlOf(environment.DATA_DIR, resolve(import.meta.dirname, '../..')));
  const pool = openPool({ url: ledgerUrl, poolSize: 2, applicationName: 'jishi-seed' });
  try {
    await requireSyntheticLog(pool);
    await (isFirstRun ? firstRun(pool, environment, url) : seedOnce(pool, plan));
  } finally {
    await pool.end();
  }
};

await main().catch(endUnlessRefused);
