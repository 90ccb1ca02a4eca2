import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CrashServer } from './server.ts';

const CHUNKS_BYTES = [1_048_576, 65_536, 4_096];
const FELT_WITHIN_MS = 120_000;
const POLL_MS = 200;

/** Writes a file until not one more page fits. */
const fill = (path: string): void => {
  const file = openSync(path, 'a');
  try {
    for (const bytes of CHUNKS_BYTES) {
      const chunk = Buffer.alloc(bytes);
      for (let room = true; room; ) {
        try {
          room = writeSync(file, chunk) === bytes;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          room = false;
        }
      }
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/**
 * The disk is full for a while, and until a writer felt it; then it has room again. A server that
 * ended over it is started.
 */
export const fillDisk = async (
  server: CrashServer,
  fullMs: number,
  isFelt: () => boolean,
): Promise<void> => {
  const filler = join(dirname(server.dataFolder), 'filler');
  const fromMs = performance.now();
  try {
    // Again and again: what PostgreSQL gives back meanwhile is taken, too.
    for (let ms = 0; ms < fullMs || (!isFelt() && ms < FELT_WITHIN_MS); ) {
      fill(filler);
      await pause(POLL_MS);
      ms = performance.now() - fromMs;
    }
  } finally {
    rmSync(filler, { force: true });
  }
  await server.ensure();
};
