import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { JourneyResult } from '../journey/journey.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LIVES_MAX = 40;

export interface Traveller {
  /** The journey's result; it may take several lives. */
  readonly result: Promise<JourneyResult>;
  readonly lives: () => number;
  /** Kill -9 of the journey itself, when it is at work. */
  readonly kill: () => boolean;
  readonly isDone: () => boolean;
}

interface Life {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; lastOut: string; lastError: string }>;
}

const bear = (
  url: string,
  dataDir: string,
  run: string | undefined,
  onRun: (r: string) => void,
) => {
  const args = ['--import', 'tsx', 'tests/journey/main.ts', '--url', url];
  if (run) args.push('--resume', run);
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let lastOut = '';
  let lastError = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    lastOut = line;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastError = line;
    const found = line.match(/^run ([0-9a-f-]{36})/)?.[1];
    if (found) onRun(found);
  });
  const ended: Life['ended'] = new Promise((done) =>
    child.once('close', (code) => done({ code, lastOut, lastError })),
  );
  return { child, ended };
};

/** A journey as a process of its own, resumed as often as it is killed. */
export const startTraveller = (url: string, dataDir: string): Traveller => {
  let run: string | undefined;
  let life: Life | undefined;
  let lives = 0;
  let done = false;
  const travel = async (): Promise<JourneyResult> => {
    while (lives < LIVES_MAX) {
      lives += 1;
      life = bear(url, dataDir, run, (r) => {
        run = r;
      });
      const { code, lastOut, lastError } = await life.ended;
      life = undefined;
      if (code === 0) {
        done = true;
        return JSON.parse(lastOut) as JourneyResult;
      }
      // A number that disagrees is a finding, not something to try again.
      if (
        code !== null &&
        /recomputed|by the rule|does? not balance|after .* came/.test(lastError)
      ) {
        throw new Error(`journey ${run}: ${lastError}`);
      }
    }
    throw new Error(`journey ${run} did not end within ${LIVES_MAX} lives`);
  };
  const result = travel();
  result.catch(() => {});
  return {
    result,
    lives: () => lives,
    isDone: () => done,
    kill: () => life?.child.kill('SIGKILL') ?? false,
  };
};
