import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const FINISH_WITHIN_MS = 60_000;
const ERROR_LINES_MAX = 20;
const AT_WORK_WITHIN_MS = 180_000;
const POLL_MS = 50;

export type ChildKind = 'writer' | 'consumer' | 'signer';

export interface Child {
  readonly kind: ChildKind;
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Kill -9, and a new life at once. */
  readonly kill: () => Promise<void>;
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT') => void;
  /** Asks for a good end; says whether it came, and in time. */
  readonly finish: () => Promise<{ ok: boolean; why: string }>;
  readonly lives: () => number;
  /** Whether its present life has come to its first effect. */
  readonly isAtWork: () => boolean;
}

/** A process of the run. It ends with us: its channel closes. */
export const startChild = (kind: ChildKind, name: string, task: object): Child => {
  let child: ChildProcess;
  let lives = 0;
  let atWork = false;
  let errors: string[] = [];

  const bear = (): void => {
    lives += 1;
    atWork = false;
    const script = join('tests/crash', `${kind}-process.ts`);
    child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(task)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.on('error', () => {});
    child.once('message', () => {
      atWork = true;
    });
    child.stderr?.on('data', (part: Buffer) => {
      errors = [...errors, ...part.toString().split('\n')].slice(-ERROR_LINES_MAX);
    });
  };
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ended = (): Promise<void> =>
    isOver() ? Promise.resolve() : new Promise((done) => child.once('exit', () => done()));
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended();
  };
  bear();
  return {
    kind,
    name,
    pid: () => child.pid,
    lives: () => lives,
    isAtWork: () => atWork,
    kill: async () => {
      await end();
      bear();
    },
    signal: (signal) => {
      child.kill(signal);
    },
    finish: async () => {
      const early = isOver();
      if (!early) child.send({ finish: true }, () => {});
      const late = setTimeout(() => child.kill('SIGKILL'), FINISH_WITHIN_MS);
      await ended();
      clearTimeout(late);
      const ok = !early && child.exitCode === 0;
      const how = early ? 'ended by itself' : `ended with ${child.signalCode ?? child.exitCode}`;
      return { ok, why: ok ? '' : `${name} ${how}: ${errors.join(' ').slice(-600)}` };
    },
  };
};

/** A machine may be busy; a process that never gets to work is a fault of its own. */
export const waitUntilAtWork = async (children: readonly Child[]): Promise<void> => {
  const untilMs = performance.now() + AT_WORK_WITHIN_MS;
  for (;;) {
    const idle = children.filter((child) => !child.isAtWork()).map((child) => child.name);
    if (idle.length === 0) return;
    if (performance.now() > untilMs) throw new Error(`never at work: ${idle.join(', ')}`);
    await pause(POLL_MS);
  }
};
