import { type ChildProcess, spawn } from 'node:child_process';
import { access, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogFile } from './log-file.ts';

export interface SeedingOptions {
  readonly checkout: string;
  readonly dataFolder: string;
  readonly command: (script: string) => readonly [string, ...string[]];
  readonly baseUrl: string;
  readonly ledgerUrl: string;
  readonly demoAccountsFile: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: LogFile;
  readonly onProgress: (percent: number, text: string) => void;
  /** The history is in the log: from now on others may write there, too. */
  readonly onHistory: () => void;
  readonly onEnd: (done: boolean) => void;
}

export interface Seeding {
  readonly percent: () => number;
  readonly stop: () => Promise<void>;
}

const LOW_PRIORITY = 10;
const PROGRESS = /^progress (\d{1,3}) (.*)$/;

/** What the script says when the history is written and the story begins. */
const HISTORY_WRITTEN = 'history written';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const markOf = (dataFolder: string): string => join(dataFolder, 'seeded');

/** Whether a start would write nothing more into the log of this data folder. */
export const isSeeded = (dataFolder: string): Promise<boolean> => exists(markOf(dataFolder));

/**
 * Fills a new synthetic log in the background, once a data folder. A run that was cut is started
 * again by the next start; the script itself knows what is already there.
 */
export const startSeeding = async (options: SeedingOptions): Promise<Seeding | null> => {
  const done = markOf(options.dataFolder);
  const script = join(options.checkout, 'seeds/src/main.ts');
  if ((await exists(done)) || !(await exists(script))) return null;
  const [program, ...args] = options.command(script);
  const child: ChildProcess = spawn(program, [...args, '--first-run', '--url', options.baseUrl], {
    cwd: options.checkout,
    env: {
      ...options.env,
      BASE_URL: options.baseUrl,
      SEED_LEDGER_DATABASE_URL: options.ledgerUrl,
      DEMO_ACCOUNTS_FILE: options.demoAccountsFile,
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  // Whoever looks at the page now goes first.
  if (child.pid) setPriority(child.pid, LOW_PRIORITY);
  let percent = 0;
  let stopping = false;
  const follow = (stream: NodeJS.ReadableStream | null): void => {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      options.log.write(line);
      if (line === HISTORY_WRITTEN) options.onHistory();
      const [, figure, text] = PROGRESS.exec(line) ?? [];
      if (figure === undefined) return;
      percent = Math.min(Number(figure), 100);
      options.onProgress(percent, text ?? '');
    });
  };
  follow(child.stdout);
  follow(child.stderr);
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  void ended.then(async () => {
    if (stopping) return;
    if (child.exitCode === 0) await writeFile(done, '');
    options.onEnd(child.exitCode === 0);
  });
  return {
    percent: () => percent,
    stop: async () => {
      stopping = true;
      if (child.exitCode === null && child.signalCode === null && child.pid) {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // Already gone.
        }
      }
      await ended;
    },
  };
};
