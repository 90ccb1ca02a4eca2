import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CrashServer } from './server.ts';

const CHUNKS_BYTES = [1_048_576, 65_536, 4_096];
const FULL_FROM_MS = 700;

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

/** The disk is full for a while, then has room again; a server that ended over it is started. */
export const fillDisk = async (server: CrashServer, fullMs: number): Promise<void> => {
  const filler = join(dirname(server.dataFolder), 'filler');
  const untilMs = performance.now() + Math.max(fullMs, FULL_FROM_MS);
  try {
    // Again and again: what PostgreSQL gives back meanwhile is taken, too.
    while (performance.now() < untilMs) {
      fill(filler);
      await pause(100);
    }
  } finally {
    rmSync(filler, { force: true });
  }
  await server.ensure();
};
