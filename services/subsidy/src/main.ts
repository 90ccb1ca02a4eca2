import type { KeyObject } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { client } from '@jishi/contracts/client';
import { newId } from '@jishi/contracts/ids';
import { TOKEN_LIFETIME_SECONDS } from '@jishi/contracts/principal';
import { systemClock } from '@jishi/contracts/time';
import { parseEnvironment, ServiceEnvironment, StartRefused } from '@jishi/runtime/config';
import { migrateToLatest, openDatabase, openPool } from '@jishi/runtime/database';
import { jsonLog } from '@jishi/runtime/log';
import { run } from '@jishi/runtime/run';
import { parsePrivateKey, parseTrustedKeys, signServiceToken } from '@jishi/runtime/tokens';
import { createSubsidyApp } from './app.ts';
import { followLedger } from './process/follow-ledger.ts';
import { MIGRATIONS } from './store/migrations/all.ts';
import { readPolicy } from './store/policy-files.ts';
import { sealerOf } from './store/seal.ts';
import type { SubsidyTables } from './store/tables.ts';

const SCHEMES = ['suzhou-transfer'];

const Environment = ServiceEnvironment.extend({
  LEDGER_URL: z.url(),
  /** 32 bytes in base64url: seals payee accounts and payment files. Lost, they cannot be read. */
  PAYEE_KEY: z.base64url().length(43),
});

/** One token serves until a minute before its end. */
const tokenSource = (key: KeyObject): (() => Promise<string>) => {
  const renewAfterMs = (TOKEN_LIFETIME_SECONDS - 60) * 1_000;
  let current: { token: string; renewAt: number } | undefined;
  return async () => {
    if (!current || performance.now() >= current.renewAt) {
      const token = await signServiceToken('subsidy', 'ledger', null, key);
      current = { token, renewAt: performance.now() + renewAfterMs };
    }
    return current.token;
  };
};

const migrate = async (ownerUrl: string): Promise<void> => {
  const db = openDatabase<unknown>(openPool({ url: ownerUrl, poolSize: 2 }));
  try {
    await migrateToLatest(db, MIGRATIONS);
  } finally {
    await db.destroy();
  }
};

const start = async (): Promise<void> => {
  const environment = parseEnvironment(Environment, process.env);
  const log = jsonLog('subsidy', environment.LOG_LEVEL);
  if (environment.OWNER_DATABASE_URL) await migrate(environment.OWNER_DATABASE_URL);
  const policies = await Promise.all(SCHEMES.map(readPolicy));
  const db = openDatabase<SubsidyTables>(
    openPool({ url: environment.DATABASE_URL, applicationName: 'jishi-subsidy' }),
  );
  const token = tokenSource(parsePrivateKey(environment.SERVICE_KEY));
  const follower = followLedger({
    db,
    ledger: client({ baseUrl: environment.LEDGER_URL, token }),
    policies,
    clock: systemClock,
    newId,
    log,
  });
  const { app } = createSubsidyApp({
    db,
    log,
    trustedKeys: parseTrustedKeys(environment.TRUSTED_KEYS),
    policies,
    sealer: sealerOf(environment.PAYEE_KEY),
    clock: systemClock,
    newId,
    follow: () => ({
      state: follower.state(),
      head: follower.headSeen(),
      oldestRecordedAt: follower.oldestSeen(),
    }),
  });
  const close = async (): Promise<void> => {
    await follower.stop();
    await db.destroy();
  };
  await run({ app, host: environment.HOST, port: environment.PORT, log, close });
};

try {
  await start();
} catch (error) {
  const line = error instanceof StartRefused ? error.message : String(error);
  console.error(line.split('\n')[0]);
  process.exit(1);
}
