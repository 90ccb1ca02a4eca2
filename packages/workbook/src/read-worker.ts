import { parentPort, workerData } from 'node:worker_threads';
import { readSpreadsheet } from './read.ts';
import { type ReadLimits, Unreadable } from './sheet.ts';

/** One file, one thread: reads what it was given, says what it found, and ends. */
const { bytes, limits } = workerData as { bytes: Uint8Array; limits: ReadLimits };

try {
  parentPort?.postMessage({ sheet: await readSpreadsheet(bytes, limits) });
} catch (error) {
  const code = error instanceof Unreadable ? error.code : 'damaged';
  parentPort?.postMessage({ code, detail: error instanceof Error ? error.message : '' });
}
