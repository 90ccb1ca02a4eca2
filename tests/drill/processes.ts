import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What can be killed. Everything = the launcher, the services and the whole of PostgreSQL. */
export type Target = 'market' | 'ledger' | 'subsidy' | 'postgres' | 'launcher' | 'everything';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const readProcess = async (pid: number): Promise<Process | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return { pid, parent, command: command.replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
};

/** Every process that descends from one, itself included. Linux only, as the drill is. */
export const familyOf = async (root: number): Promise<Process[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(readProcess))).filter((p) => p !== undefined);
  const family = new Set([root]);
  for (let grew = true; grew; ) {
    const before = family.size;
    for (const p of all) if (family.has(p.parent)) family.add(p.pid);
    grew = family.size > before;
  }
  return all.filter((p) => family.has(p.pid));
};

/** The postmaster whose data folder lies below a folder, found by its working directory. */
export const postmasterBelow = async (dataDir: string): Promise<number | undefined> => {
  for (const name of (await readdir('/proc')).filter((n) => /^\d+$/.test(n))) {
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => '');
    if (!cwd.startsWith(`${dataDir}/`)) continue;
    const pidFile = await readFile(join(cwd, 'postmaster.pid'), 'utf8').catch(() => '');
    if (Number(pidFile.split('\n')[0]) === Number(name)) return Number(name);
  }
  return undefined;
};

/** Kill -9; a process that is already gone is fine. */
export const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
};

export const serviceProcess = async (
  launcher: number,
  service: string,
): Promise<Process | undefined> => {
  const family = await familyOf(launcher);
  return family.filter((p) => p.command.includes(`services/${service}/src/main.ts`)).at(-1);
};

/** Kills a target of the installation and says how many processes were hit. */
export const killTarget = async (
  target: Target,
  launcher: number,
  dataDir: string,
): Promise<number> => {
  const hit: number[] = [];
  const postmaster = await postmasterBelow(dataDir);
  if (target === 'everything') {
    hit.push(...(await familyOf(launcher)).map((p) => p.pid));
    if (postmaster) hit.push(...(await familyOf(postmaster)).map((p) => p.pid));
  } else if (target === 'postgres') {
    if (postmaster) hit.push(...(await familyOf(postmaster)).map((p) => p.pid));
  } else if (target === 'launcher') {
    hit.push(launcher);
  } else {
    const found = await serviceProcess(launcher, target);
    if (found) hit.push(found.pid);
  }
  for (const pid of hit) kill(pid);
  return hit.length;
};
