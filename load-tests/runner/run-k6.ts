import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Journey } from './journeys.ts';

/** One metric of k6's summary. */
interface Metric {
  readonly type: string;
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

export interface Summary {
  readonly metrics: Readonly<Record<string, Metric>>;
}

export interface Running {
  readonly pid: number;
  readonly done: Promise<Summary>;
}

export interface RunOptions {
  readonly k6: string;
  readonly journey: Journey;
  readonly baseUrl: string;
  readonly rate: number;
  readonly seconds: number;
  /** Prepared things used up by earlier runs. */
  readonly offset: number;
  readonly dataFile: string;
  readonly summaryFile: string;
  /** Ends the run. */
  readonly signal: AbortSignal;
}

const PACKAGE = join(import.meta.dirname, '..');
/** Setup, the last answers and the end: then it is ended from here. */
const BEYOND_MS = 180_000;
/** What k6 exits with when a threshold is crossed; the summary says which. */
const LINES_TOLD_MAX = 12;
const LINE_LENGTH_MAX = 400;
const THRESHOLDS_CROSSED = 99;

/**
 * k6's own lines, as many as anybody reads; verdicts are ours to tell. Each cut of a stream is a
 * warning to k6, and meant; a market that is down is a warning for each request.
 */
const passOn = (stream: Readable): void => {
  let told = 0;
  createInterface({ input: stream }).on('line', (line) => {
    if (/Request Failed.*request timeout|have been crossed/.test(line)) return;
    told += 1;
    if (told <= LINES_TOLD_MAX) process.stderr.write(`  k6: ${line.slice(0, LINE_LENGTH_MAX)}\n`);
  });
};

export const startK6 = (options: RunOptions): Running => {
  const { k6, journey, rate, seconds, summaryFile } = options;
  const child = spawn(k6, ['run', '--quiet', '--no-color', join(PACKAGE, journey.file)], {
    cwd: PACKAGE,
    env: {
      ...process.env,
      BASE_URL: options.baseUrl,
      RATE: String(rate),
      SECONDS: String(seconds),
      OFFSET: String(options.offset),
      DATA_FILE: options.dataFile,
      SUMMARY_FILE: summaryFile,
      // Nothing is sent or fetched beyond the market.
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
    },
    stdio: ['ignore', 'inherit', 'pipe'],
    signal: options.signal,
    killSignal: 'SIGKILL',
  });
  const late = setTimeout(() => child.kill('SIGKILL'), seconds * 1_000 + BEYOND_MS);
  passOn(child.stderr);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
  const done = ended.then(async (code) => {
    clearTimeout(late);
    if (code !== 0 && code !== THRESHOLDS_CROSSED) {
      throw new Error(`k6 ended with ${code} on ${journey.name}`);
    }
    return JSON.parse(await readFile(summaryFile, 'utf8')) as Summary;
  });
  return { pid: child.pid ?? 0, done };
};
