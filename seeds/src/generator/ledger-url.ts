import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '@jishi/runtime/config';

const OWNER = 'jishi_ledger_owner';
const PORT_LINE = 3;

/**
 * The ledger's database of a running standalone, from its data folder: the port from the server's
 * own pid file, the password from the installation's kept secret (as apps/standalone derives it).
 */
export const ledgerUrlOf = async (dataFolder: string): Promise<string> => {
  try {
    const pidFile = await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8');
    const port = Number(pidFile.split('\n')[PORT_LINE]);
    const secret = await readFile(join(dataFolder, 'keys', 'database-roles'), 'utf8');
    const password = createHmac('sha256', secret.trim()).update(OWNER).digest('hex');
    return `postgres://${OWNER}:${password}@127.0.0.1:${port}/jishi_ledger`;
  } catch {
    throw new StartRefused(
      `${dataFolder} 中没有运行中的技市,请先运行 start,或设 SEED_LEDGER_DATABASE_URL · ` +
        `nothing runs in ${dataFolder}: run start first, or set SEED_LEDGER_DATABASE_URL`,
    );
  }
};
