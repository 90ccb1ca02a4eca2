import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';
import { dataFoldersOf } from '../data-folders.ts';

const OWNER = 'jishi_ledger_owner';
const PORT_LINE = 3;

const urlIn = async (folder: string): Promise<string | null> => {
  try {
    const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
    const port = Number(pidFile.split('\n')[PORT_LINE]);
    const secret = await readFile(join(folder, 'keys', 'database-roles'), 'utf8');
    const password = createHmac('sha256', secret.trim()).update(OWNER).digest('hex');
    return `postgres://${OWNER}:${password}@127.0.0.1:${port}/jishi_ledger`;
  } catch {
    return null;
  }
};

/**
 * The ledger's database of a running standalone, from its data folder: the port from the server's
 * own pid file, the password from the installation's kept secret (as apps/standalone derives it).
 */
export const ledgerUrlOf = async (given: string | undefined, checkout: string): Promise<string> => {
  const folders = dataFoldersOf(given, checkout);
  for (const folder of folders) {
    const url = await urlIn(folder);
    if (url) return url;
  }
  const names = folders.join(', ');
  throw new StartRefused(
    `${names} 中没有运行中的技市,请先运行 start,或设 SEED_LEDGER_DATABASE_URL · ` +
      `nothing runs in ${names}: run start first, or set SEED_LEDGER_DATABASE_URL`,
  );
};
