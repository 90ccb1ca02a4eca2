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

const readTimes = async (): Promise<ProcessTime[]> => {
  const entries = await readdir('/proc').catch(() => []);
  const times = await Promise.all(entries.filter((name) => /^\d+$/.test(name)).map(readTime));
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

const ticksByPart = async (watched: Watched): Promise<Map<number, [string, number]>> => {
  const parts = new Map<number, [string, number]>();
  for (const time of await readTimes()) {
    const part = partOf(time, watched);
    if (part) parts.set(time.pid, [part, time.ticks]);
  }
  return parts;
};

/** Starts to count; the answer says what each part used since. Empty where there is no /proc. */
export const watchProcesses = async (watched: Watched): Promise<() => Promise<CpuShares>> => {
  const before = await ticksByPart(watched);
  const startedMs = performance.now();
  return async () => {
    const seconds = (performance.now() - startedMs) / 1_000;
    const shares: Record<string, number> = {};
    for (const [pid, [part, ticks]] of await ticksByPart(watched)) {
      const used = ticks - (before.get(pid)?.[1] ?? 0);
      shares[part] = (shares[part] ?? 0) + (used / TICKS_PER_SECOND / seconds) * 100;
    }
    return shares;
  };
};
