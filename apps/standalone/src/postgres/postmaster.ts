import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` tells of a server that runs, or ran, on a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

export const readPostmaster = async (folder: string): Promise<Postmaster | null> => {
  try {
    const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port } : null;
  } catch {
    return null;
  }
};

/**
 * Whether that process is the server of this folder. A killed server that PID 1 has not reaped is
 * a zombie and still "exists"; after a reboot its number may belong to a stranger. On Linux both
 * show in /proc; elsewhere existence must do.
 */
export const isPostmasterAlive = async (pid: number, folder: string): Promise<boolean> => {
  if (process.platform === 'linux') {
    try {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      if (/^State:\s+[ZX]/m.test(status)) return false;
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(folder));
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
