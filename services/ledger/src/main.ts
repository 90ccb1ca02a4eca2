import { newId } from '@jishi/contracts/ids';
import { systemClock } from '@jishi/contracts/time';
import { parseEnvironment, ServiceEnvironment } from '@jishi/runtime/config';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { jsonLog } from '@jishi/runtime/log';
import { createSalts } from '@jishi/runtime/random-salts';
import { endUnlessRefused, run } from '@jishi/runtime/run';
import { parseTrustedKeys } from '@jishi/runtime/tokens';
import { z } from 'zod';
import { createLedgerApp } from './app.ts';
import { MIGRATIONS } from './store/all-migrations.ts';

const migrate = async (url: string): Promise<void> => {
  const pool = openPool({ url, poolSize: 1, applicationName: 'jishi-ledger-migrate' });
  try {
    await migrateToLatest(openDatabase(pool), MIGRATIONS);
  } finally {
    await pool.end();
  }
};

/** A service that may sign has its own key for it, and should keep the heads in a file too. */
const LedgerEnvironment = ServiceEnvironment.extend({
  LOG_HEAD_KEY: z.string().min(1).optional(),
  LOG_HEADS_FILE: z.string().min(1).optional(),
  LOG_HEADS_PACE_MS: z.coerce.number().int().min(100).optional(),
});

const headSigningOf = (environment: z.infer<typeof LedgerEnvironment>) => {
  const { LOG_HEAD_KEY: key, LOG_HEADS_FILE: file, LOG_HEADS_PACE_MS: paceMs } = environment;
  if (key === undefined) return {};
  const options = { key, ...(file ? { file } : {}), ...(paceMs ? { paceMs } : {}) };
  return { headSigning: options };
};

const start = async (): Promise<void> => {
  const environment = parseEnvironment(LedgerEnvironment, process.env);
  if (environment.OWNER_DATABASE_URL) await migrate(environment.OWNER_DATABASE_URL);
  const pool = openPool({ url: environment.DATABASE_URL, applicationName: 'jishi-ledger' });
  const log = jsonLog('ledger', environment.LOG_LEVEL);
  const { app, close } = await createLedgerApp({
    ...{ pool, log, newId, clock: systemClock, logKind: environment.JISHI_LOG },
    newSalt: createSalts(),
    ...headSigningOf(environment),
    trustedKeys: parseTrustedKeys(environment.TRUSTED_KEYS),
  });
  await run({
    ...{ app, log, host: environment.HOST, port: environment.PORT },
    close: async () => {
      await close();
      await pool.end();
    },
  });
};

await start().catch(endUnlessRefused);
