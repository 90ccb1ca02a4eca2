import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';

/** It starts a server, a dozen programs and a ledger; on a busy machine they take their time. */
const PATIENCE_MS = 600_000;

const Rate = z.int().positive();
const Millis = z.number().nonnegative();
const Micros = z.number().positive();
const Results = z.strictObject({
  ...{ fold: Rate, rebuildFile: Rate, rebuildLog: Rate, nodeBare: Rate, replay: Rate },
  ...{ sqlGroupBy: Rate, duckdb: Rate },
  perEventMicros: z.strictObject({ e4: Micros, e5: Micros, e6: Micros }),
  pageLatencyMs: z.strictObject({ p50: Millis, p99: Millis }),
});

it(
  'a short look ends with one line of JSON that names every measure',
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--import', 'tsx', join(import.meta.dirname, 'main.ts'), '--quick'],
    ]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const { pageLatencyMs } = Results.parse(JSON.parse(stdout));
    expect(pageLatencyMs.p50).toBeLessThanOrEqual(pageLatencyMs.p99);
  },
  PATIENCE_MS,
);
