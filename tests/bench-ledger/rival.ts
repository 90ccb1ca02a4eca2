import { newId } from '@jishi/contracts/ids';
import { openPool } from '@jishi/runtime/database';
import { createSalts } from '@jishi/runtime/random-salts';
import type pg from 'pg';

/** What the parent asks of a rival's process. */
export type Task =
  | { readonly do: 'append'; readonly clients: number; readonly ms: number }
  | { readonly do: 'bulk'; readonly ms: number }
  | { readonly do: 'fill'; readonly count: number }
  | { readonly do: 'replay'; readonly way: ReplayWay; readonly ms: number }
  | { readonly do: 'latency'; readonly perSecond: number; readonly ms: number };

export type RivalName = 'limit' | 'ours' | 'emmett' | 'message-db';
export type ReplayWay = 'copy' | 'ours' | 'emmett-read' | 'emmett-consumer';

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** One way to keep events, in a process and a database of its own; what it cannot do is missing. */
export interface Rival {
  /** One event to a new stream, in a commit of its own as far as the caller can tell. */
  readonly append: () => Promise<void>;
  /** Many events at once; tells how many. */
  readonly bulk?: () => Promise<number>;
  readonly fill?: (count: number) => Promise<void>;
  /** Events a second. */
  readonly replay?: (way: ReplayWay, ms: number) => Promise<number>;
  readonly latency?: (perSecond: number, ms: number) => Promise<Latency>;
  readonly close: () => Promise<void>;
}

/** The public and the private part of each event: some 650 and 250 bytes. */
export const DATA = { contractId: newId(), filler: 'x'.repeat(600) };
export const HIDDEN = { filler: 'y'.repeat(250) };
export const DATA_TEXT = JSON.stringify(DATA);
export const HIDDEN_TEXT = JSON.stringify(HIDDEN);

/** The ledger's own pool; on a busy machine a client waits for a connection as long as it takes. */
export const openRivalPool = (url: string): pg.Pool => openPool({ url, connectTimeoutMs: 0 });

export const newSalt = createSalts();

/** Operations a second of clients that each wait for their own answer. */
export const rateOf = async (
  clients: number,
  ms: number,
  operation: () => Promise<number>,
): Promise<number> => {
  let done = 0;
  const started = performance.now();
  const work = async (): Promise<void> => {
    while (performance.now() - started < ms) {
      const count = await operation();
      done += count;
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  return (done * 1_000) / (performance.now() - started);
};
