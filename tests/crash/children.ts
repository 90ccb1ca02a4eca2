import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FINISH_WITHIN_MS = 60_000;
const ERROR_LINES_MAX = 20;

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
}

/** A process of the run. It ends with us: its channel closes. */
export const startChild = (kind: ChildKind, name: string, task: object): Child => {
  let child: ChildProcess;
  let lives = 0;
  let errors: string[] = [];

  const bear = (): void => {
    lives += 1;
    const script = join('tests/crash', `${kind}-process.ts`);
    child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(task)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.on('error', () => {});
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
