import { startThrowAwayServer } from '@jishi/standalone/postgres/throw-away';

/** Vitest's global setup: one throw-away PostgreSQL for the run, unless one is named already. */
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env.TEST_DATABASE_URL) return undefined;
  const server = await startThrowAwayServer();
  process.env.TEST_DATABASE_URL = server.url;
  return server.remove;
};
