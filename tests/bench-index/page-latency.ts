import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '@jishi/contracts/health';
import { newId } from '@jishi/contracts/ids';
import { testParty, testSubmission } from '@jishi/ledger/http/testing';
import { openPool } from '@jishi/runtime/database';
import { startChild } from './children.ts';
import type { Ground } from './contestant.ts';
import { type Arrival, subscribe } from './frames.ts';
import { type LedgerDoor, sellerAt } from './ledger-process.ts';

export interface LatencyTask {
  readonly perSecond: number;
  readonly seconds: number;
}

/** Milliseconds from the commit of a registration to its frame at the subscriber. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

const SELLERS = 200;
const AT_ONCE = 16;
const WARM_UP_SECONDS = 2;
const CATCH_UP_MS = 600_000;
const POLL_MS = 200;

const post = async (door: LedgerDoor, path: string, token: string, body: object): Promise<void> => {
  const response = await fetch(`${door.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ commandId: newId(), ...body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
};

/** Contracts that wait for the registrar's approval, each of a pair of its own. */
const prepareAccepted = async (door: LedgerDoor, count: number): Promise<string[]> => {
  const ids: string[] = [];
  const prepare = async (i: number): Promise<void> => {
    const seller = sellerAt(i % SELLERS);
    const buyer = testParty(`${30_000_000 + i}`, 'kunshan');
    const one = testSubmission({}, { seller, buyer });
    const signed = { signedOn: '2026-12-28', effectiveOn: '2026-12-28' };
    const submission = { ...one, public: { ...one.public, ...signed } };
    await post(door, '/registrations', door.sellers[i % SELLERS] ?? '', { submission });
    const accept = `/registrations/${one.contractId}/accept`;
    await post(door, accept, door.registrar, { version: 1 });
    ids.push(one.contractId);
  };
  for (let i = 0; i < count; i += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - i) }, (_, n) => prepare(i + n));
    await Promise.all(some);
  }
  return ids;
};

/** Approves at a steady pace, whatever the answers take. */
const approveAll = async (
  door: LedgerDoor,
  ids: readonly string[],
  perSecond: number,
): Promise<void> => {
  const started = performance.now();
  const sent: Promise<void>[] = [];
  for (const [n, id] of ids.entries()) {
    const early = started + (n * 1_000) / perSecond - performance.now();
    if (early > 0) await sleep(early);
    sent.push(post(door, `/registrations/${id}/approve`, door.registrar, { version: 2 }));
  }
  await Promise.all(sent);
};

/** The views have read the whole market, and what the desk has done since. */
const catchUp = async ({ base }: LedgerDoor): Promise<void> => {
  for (let waitedMs = 0; waitedMs < CATCH_UP_MS; waitedMs += POLL_MS) {
    const health = (await (await fetch(`${base}/health`)).json()) as Health;
    const lags = Object.entries(health.figures).filter(([name]) => name.endsWith('.lag'));
    const stopped = Object.entries(health.figures).find(([, told]) => told === 'stopped');
    if (stopped) throw new Error(`${stopped[0]}: ${JSON.stringify(health.notes)}`);
    if (lags.length > 0 && lags.every(([, lag]) => lag === 0)) return;
    await sleep(POLL_MS);
  }
  throw new Error('the views did not catch up');
};

const percentile = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));

/** The database keeps when each transaction was committed: its own word, on the same clock. */
const commitsAfter = async (url: string, seq: number) => {
  const pool = openPool({ url, poolSize: 1 });
  const { rows } = await pool.query<{ seq: string; at: string }>(
    `select seq, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::text as at
     from log where type = 'ContractRegistered' and seq > $1 order by seq`,
    [seq],
  );
  await pool.end();
  return rows.map((row) => ({ seq: Number(row.seq), atMs: Number(row.at) }));
};

const waitsOf = (commits: readonly Arrival[], frames: readonly Arrival[]): number[] => {
  let at = 0;
  return commits.map(({ seq, atMs }) => {
    while ((frames[at]?.seq ?? Number.POSITIVE_INFINITY) < seq) at += 1;
    return (frames[at]?.atMs ?? Number.POSITIVE_INFINITY) - atMs;
  });
};

const LATE_MS = 10_000;

export const measureLatency = async (
  ground: Ground,
  { perSecond, seconds }: LatencyTask,
): Promise<Latency> => {
  const ledger = await startChild('ledger', ground);
  const door = (await ledger.ask(SELLERS)) as LedgerDoor;
  await catchUp(door);
  const ids = await prepareAccepted(door, perSecond * (seconds + WARM_UP_SECONDS));
  await catchUp(door);
  const ending = new AbortController();
  const { arrivals, reading } = await subscribe(door.base, door.operator, ending.signal);
  const warm = perSecond * WARM_UP_SECONDS;
  await approveAll(door, ids.slice(0, warm), perSecond);
  await sleep(500);
  const begun = arrivals.at(-1)?.seq ?? 0;
  await approveAll(door, ids.slice(warm), perSecond);
  const commits = await commitsAfter(ground.url, begun);
  const last = commits.at(-1)?.seq ?? 0;
  for (let waited = 0; (arrivals.at(-1)?.seq ?? 0) < last && waited < LATE_MS; waited += 20) {
    await sleep(20);
  }
  ending.abort();
  await reading;
  await ledger.end();
  const waits = waitsOf(commits, arrivals).sort((a, b) => a - b);
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) };
};
