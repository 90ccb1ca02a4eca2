import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@jishi/standalone/free-ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditJourneys, auditLog, type Offices, officesOf } from '../drill/audit.ts';
import type { JourneyResult } from '../journey/journey.ts';
import { type MarketServer, readDemoAccounts, startMarket } from '../journey/market-server.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STEP_TIMEOUT_MS = 120_000;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the package; `killAt` kills it with -9 once it has printed that text. */
const runCommand = (
  script: string,
  args: readonly string[],
  environment: Record<string, string>,
  killAt?: string,
): Promise<Ended> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk;
      if (killAt && err.includes(killAt)) child.kill('SIGKILL');
    });
    child.once('close', (code) => done({ code, out, err }));
  });

const resultOf = ({ code, out, err }: Ended): JourneyResult => {
  if (code !== 0) throw new Error(err);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as JourneyResult;
};

const awards = (result: JourneyResult): Record<string, string> =>
  Object.fromEntries(result.decisions.map((d) => [d.role, d.awardFen]));

describe('the whole market, once', () => {
  let market: MarketServer;
  let offices: Offices;
  const results: JourneyResult[] = [];
  const journey = (args: readonly string[], killAt?: string): Promise<Ended> =>
    runCommand(
      'tests/journey/main.ts',
      ['--url', market.baseUrl, ...args],
      { DATA_DIR: market.dataDir },
      killAt,
    );

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'jishi-flow-'));
    await chmod(dataDir, 0o755);
    market = await startMarket(dataDir, await freePort(), { SEED: 'off' });
    offices = officesOf(market.baseUrl, await readDemoAccounts(dataDir));
    const history = ['--months', '24', '--contracts', '240', '--until', '2026-06-30'];
    const seeded = await runCommand('seeds/src/main.ts', history, { DATA_DIR: dataDir });
    if (seeded.code !== 0) throw new Error(seeded.err);
  }, STEP_TIMEOUT_MS);

  afterAll(async () => {
    await market?.stop();
    await rm(market?.dataDir ?? '', { recursive: true, force: true });
  }, STEP_TIMEOUT_MS);

  it(
    'from listing to payment: 2 %, 5 % up to ¥500,000, 2 % of ¥11,000,000 received',
    async () => {
      const result = resultOf(await journey([]));
      results.push(result);
      expect(result.registrationNumber).toMatch(/^\d{16}$/);
      expect(awards(result)).toStrictEqual({
        seller: '22000000',
        buyer: '50000000',
        broker: '22000000',
      });
      expect(result.payment).toMatchObject({ status: 'settled', totalFen: '94000000' });
      const moved = BigInt(result.gaugeFen.after) - BigInt(result.gaugeFen.before);
      expect(moved).toBe(1_280_000_000n);
      expect(result.index.after).toMatch(/^\d+\.\d{2}$/);
      expect(result.index.after).not.toBe(result.index.before);
    },
    STEP_TIMEOUT_MS,
  );

  it.each(['list', 'sign', 'register', 'decide'])(
    'killed after «%s» and resumed, it arrives with the same things done once',
    async (step) => {
      const cut = await journey([], ` ${step} `);
      const run = cut.err.match(/^run ([0-9a-f-]{36})/m)?.[1] ?? '';
      expect(cut.code).toBeNull();
      const result = resultOf(await journey(['--resume', run]));
      results.push(result);
      expect(result.run).toBe(run);
      expect(result.payment.totalFen).toBe('94000000');
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'leaves a dense log, each fact once, each payment once, books that balance',
    async () => {
      expect(results).toHaveLength(5);
      expect(await auditLog(offices, results)).toMatchObject({ gaps: 0, doubled: 0, missing: 0 });
      expect(await auditJourneys(offices, results)).toStrictEqual({
        lost: 0,
        paidTwice: 0,
        booksBalanced: true,
        outboxLeft: 0,
      });
    },
    STEP_TIMEOUT_MS,
  );
});

it('on a real log the journey refuses in one line and writes nothing', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ seq: 1, recordedAt: null, kind: 'real' }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ended = await runCommand('tests/journey/main.ts', ['--url', url], {});
  server.close();
  expect(ended.code).toBe(1);
  expect(ended.out).toBe('');
  expect(ended.err.trim().split('\n')).toHaveLength(1);
  expect(ended.err).toContain('this log is real');
  expect(asked.every((line) => line.startsWith('GET '))).toBe(true);
});
