import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Share of one core that each part of the machine's work took, in percent. */
export type CpuShares = Readonly<Record<string, number>>;

/** Clock ticks per second of /proc on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly command: string;
}

const readTime = async (pid: string): Promise<ProcessTime | null> => {
  try {
    const stat = await readFile(join('/proc', pid, 'stat'), 'utf8');
    const command = await readFile(join('/proc', pid, 'cmdline'), 'utf8');
    // The name may hold spaces and brackets: fields are counted from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { pid: Number(pid), parent: Number(fields[1]), ticks, command };
  } catch {
    return null;
  }
};

const readTimes = async (pids: readonly string[]): Promise<ProcessTime[]> => {
  const times = await Promise.all(pids.map(readTime));
  return times.filter((time) => time !== null);
};

export interface Watched {
  readonly launcherPid: number | null;
  readonly postmasterPid: number | null;
  readonly k6Pid: number;
}

const SERVICE = /services\/(market|ledger|subsidy)\/src\/main\.ts/;

/** Which part of the whole a process belongs to; null for everything that is not ours. */
const partOf = (time: ProcessTime, watched: Watched): string | null => {
  if (time.pid === watched.k6Pid) return 'k6';
  if (time.pid === process.pid) return 'runner';
  if (time.pid === watched.launcherPid) return 'front door';
  const { postmasterPid } = watched;
  if (postmasterPid !== null && [time.pid, time.parent].includes(postmasterPid))
    return 'PostgreSQL';
  if (time.parent === watched.launcherPid) return SERVICE.exec(time.command)?.[1] ?? null;
  return null;
};

interface Used {
  readonly part: string;
  readonly ticks: number;
}

const allPids = async (): Promise<string[]> =>
  (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));

const usedByPid = async (watched: Watched, pids: readonly string[]): Promise<Map<number, Used>> => {
  const used = new Map<number, Used>();
  for (const time of await readTimes(pids)) {
    const part = partOf(time, watched);
    if (part) used.set(time.pid, { part, ticks: time.ticks });
  }
  return used;
};

/** A process that ends takes its figures along: k6 is gone when its result is there. */
const LOOK_EVERY_MS = 1_000;

/** Starts to count; the answer says what each part used since. Empty where there is no /proc. */
export const watchProcesses = async (watched: Watched): Promise<() => Promise<CpuShares>> => {
  const before = await usedByPid(watched, await allPids());
  const startedMs = performance.now();
  const latest = new Map(before);
  const look = async (pids: readonly string[]): Promise<void> => {
    for (const [pid, used] of await usedByPid(watched, pids)) latest.set(pid, used);
  };
  const known = [...before.keys()].map(String);
  const timer = setInterval(() => void look(known), LOOK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await look(await allPids());
    const seconds = (performance.now() - startedMs) / 1_000;
    const shares: Record<string, number> = {};
    for (const [pid, { part, ticks }] of latest) {
      const since = ticks - (before.get(pid)?.ticks ?? 0);
      shares[part] = (shares[part] ?? 0) + (since / TICKS_PER_SECOND / seconds) * 100;
    }
    return shares;
  };
};
