import { readFile } from 'node:fs/promises';
import { systemClock } from '@jishi/contracts/time';
import { parseEnvironment, ServiceEnvironment, StartRefused } from '@jishi/runtime/config';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { jsonLog } from '@jishi/runtime/log';
import { endUnlessRefused, run } from '@jishi/runtime/run';
import { parsePrivateKey, parseTrustedKeys } from '@jishi/runtime/tokens';
import { z } from 'zod';
import { createMarketApp } from './app.ts';
import type { MarketDeps } from './deps.ts';
import { accountContext } from './http/accounts/context.ts';
import {
  createFirstAdministrators,
  createGivenAccounts,
  parseGivenAccounts,
} from './process/accounts/given-accounts.ts';
import { startTradeJobs } from './process/run-trade-jobs.ts';
import { MIGRATIONS } from './store/migrations/all.ts';

const MarketEnvironment = ServiceEnvironment.extend({
  /** Signs session cookies. */
  AUTH_SECRET: z.string().min(32),
  /** Private Ed25519 key for the tokens of people, PKCS 8 in base64. */
  PEOPLE_KEY: z.string().min(1),
  DEMO_ACCOUNTS_FILE: z.string().min(1).optional(),
  FIRST_ADMINISTRATORS_FILE: z.string().min(1).optional(),
  NODE_ENV: z.string().optional(),
});
type MarketEnvironment = z.infer<typeof MarketEnvironment>;

const refuseDemo = (environment: MarketEnvironment): void => {
  if (!environment.DEMO_ACCOUNTS_FILE) return;
  const why = environment.NODE_ENV === 'production' ? 'NODE_ENV=production' : 'JISHI_LOG=real';
  if (environment.NODE_ENV === 'production' || environment.JISHI_LOG === 'real') {
    throw new StartRefused(`${why} 不允许演示账户 · ${why} forbids demo accounts`);
  }
};

const migrate = async (url: string): Promise<void> => {
  const pool = openPool({ url, poolSize: 1, applicationName: 'jishi-market-migrate' });
  try {
    await migrateToLatest(openDatabase(pool), MIGRATIONS);
  } finally {
    await pool.end();
  }
};

const readAccounts = async (path: string, name: string) => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new StartRefused(`读不到 ${name} 所指的文件 · cannot read the file of ${name}`);
  });
  return parseGivenAccounts(text, name);
};

const giveAccounts = async (environment: MarketEnvironment, deps: MarketDeps): Promise<void> => {
  const { auth, db, clock } = accountContext(deps);
  const hashPassword = async (password: string) => (await auth.$context).password.hash(password);
  const { DEMO_ACCOUNTS_FILE: demo, FIRST_ADMINISTRATORS_FILE: first } = environment;
  const ports = { db, clock, hashPassword };
  if (demo) await createGivenAccounts(ports, await readAccounts(demo, 'DEMO_ACCOUNTS_FILE'), true);
  if (first) {
    await createFirstAdministrators(ports, await readAccounts(first, 'FIRST_ADMINISTRATORS_FILE'));
  }
};

const start = async (): Promise<void> => {
  const environment = parseEnvironment(MarketEnvironment, process.env);
  refuseDemo(environment);
  if (environment.OWNER_DATABASE_URL) await migrate(environment.OWNER_DATABASE_URL);
  const pool = openPool({ url: environment.DATABASE_URL, applicationName: 'jishi-market' });
  const log = jsonLog('market', environment.LOG_LEVEL);
  const deps: MarketDeps = {
    pool,
    log,
    clock: systemClock,
    trustedKeys: parseTrustedKeys(environment.TRUSTED_KEYS),
    serviceKey: parsePrivateKey(environment.SERVICE_KEY),
    peopleKey: parsePrivateKey(environment.PEOPLE_KEY),
    authSecret: environment.AUTH_SECRET,
    publicUrl: environment.PUBLIC_URL.replace(/\/$/, ''),
    refusesDemo: environment.NODE_ENV === 'production',
    ledgerUrl: environment.LEDGER_URL,
    isSynthetic: environment.JISHI_LOG === 'synthetic',
    health: [],
  };
  await giveAccounts(environment, deps);
  const { app } = createMarketApp(deps);
  const tradeJobs = startTradeJobs(deps);
  await run({
    app,
    host: environment.HOST,
    port: environment.PORT,
    log,
    close: async () => {
      await tradeJobs.stop();
      await pool.end();
    },
  });
};

await start().catch(endUnlessRefused);
