import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LogFile } from './log-file.ts';

export interface Supervised {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: LogFile;
  /** Told in the terminal: it died and comes back. */
  readonly tell: (zh: string, en: string) => void;
}

export interface Service {
  /** Resolves when it first listens; rejects with its one line when its start was refused. */
  readonly listening: Promise<void>;
  /** The port, while it serves. */
  readonly port: () => number | null;
  readonly pid: () => number | undefined;
  readonly stop: () => Promise<void>;
}

/** The service said in one line why it cannot start; starting it again would not help. */
export class ServiceRefused extends Error {}

const BACK_OFF_FIRST_MS = 250;
const BACK_OFF_LAST_MS = 10_000;
/** A service that served this long starts with the short pause again. */
const STEADY_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;
const FIRST_START_TRIES_MAX = 5;

/** One life of the child. */
interface Life {
  readonly child: ChildProcess;
  readonly bornMs: number;
  port: number | null;
  lastError: string;
}

/** A process of its own group, so that Ctrl-C reaches the launcher alone and it ends the rest. */
const bear = (options: Supervised): Life => {
  const [program, ...args] = options.command;
  const child = spawn(program, args, {
    cwd: options.folder,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const life: Life = { child, bornMs: Date.now(), port: null, lastError: '' };
  const follow = (stream: NodeJS.ReadableStream | null, isError: boolean): void => {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      options.log.write(line);
      if (isError && line.trim()) life.lastError = line.trim();
    });
  };
  follow(child.stdout, false);
  follow(child.stderr, true);
  return life;
};

const endGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
};

/** Keeps a service running: a growing pause between its lives, an end when it refuses to start. */
export const supervise = (options: Supervised): Service => {
  let life: Life;
  let stopping = false;
  let failures = 0;
  let everListened = false;
  let timer: NodeJS.Timeout | undefined;
  let settle: { resolve: () => void; reject: (error: Error) => void };
  const listening = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever starts several awaits them in turn; an early refusal is not unhandled meanwhile.
  listening.catch(() => {});

  const onEnd = (code: number | null, signal: string | null): void => {
    const ended = life;
    ended.port = null;
    if (stopping) return;
    if (!everListened && code === 1 && ended.lastError) {
      settle.reject(new ServiceRefused(`${options.name}: ${ended.lastError}`));
      return;
    }
    failures = Date.now() - ended.bornMs > STEADY_MS ? 1 : failures + 1;
    const how = signal ?? `code ${code}`;
    if (!everListened && failures >= FIRST_START_TRIES_MAX) {
      const why = `${options.name}: ${how} ${ended.lastError}`;
      settle.reject(new ServiceRefused(why));
      return;
    }
    const pauseMs = Math.min(BACK_OFF_FIRST_MS * 2 ** (failures - 1), BACK_OFF_LAST_MS);
    options.tell(
      `${options.name} 退出（${how}），${pauseMs} 毫秒后重启`,
      `${options.name} ended (${how}), restarting in ${pauseMs} ms`,
    );
    timer = setTimeout(start, pauseMs);
  };

  const start = (): void => {
    const born = bear(options);
    life = born;
    born.child.on('message', (message: { listening?: unknown }) => {
      if (typeof message.listening !== 'number') return;
      born.port = message.listening;
      everListened = true;
      settle.resolve();
    });
    born.child.once('error', (error) => {
      born.lastError = error.message;
    });
    // `close` comes after the last line of output, so the reason is known.
    born.child.once('close', onEnd);
  };
  start();

  return {
    listening,
    port: () => life.port,
    pid: () => life.child.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      const { child } = life;
      if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      endGroup(child, 'SIGTERM');
      const kill = setTimeout(() => endGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(kill);
    },
  };
};
