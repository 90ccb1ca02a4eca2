import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Below the launcher's own modules: what it loads by name at run time is found from there. */
const CACHE = join(import.meta.dirname, '../../apps/standalone/node_modules/.cache');

/** Vitest's global setup: where this run keeps the programs that it builds (programs.ts). */
export default async (): Promise<() => Promise<void>> => {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'test-programs-'));
  process.env.TEST_PROGRAMS = folder;
  return () => rm(folder, { recursive: true, force: true });
};
