import { readFile } from 'node:fs/promises';
import { StartRefused } from '@jishi/runtime/config';

/** The account that runs the server. PostgreSQL refuses root; no account is ever created. */
export interface ServerAccount {
  readonly name: string;
  /** Spawn options; empty when the server runs as whoever started us. */
  readonly as: { readonly uid?: number; readonly gid?: number };
}

const CANDIDATES = ['postgres', '_postgres', 'nobody'];

export const findAccount = async (
  passwdFile = '/etc/passwd',
  uid = process.getuid?.(),
): Promise<ServerAccount> => {
  if (uid !== 0) return { name: `uid ${uid}`, as: {} };
  const lines = (await readFile(passwdFile, 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const found = lines.find(([account]) => account === name);
    const [accountUid, accountGid] = [Number(found?.[2]), Number(found?.[3])];
    if (accountUid > 0 && accountGid > 0) return { name, as: { uid: accountUid, gid: accountGid } };
  }
  throw new StartRefused(
    '以 root 启动时需要 postgres 或 nobody 账户来运行数据库 · ' +
      'started as root, but there is no postgres or nobody account to run the database',
  );
};
