import { Refusal } from '@jishi/contracts/problem';
import type pg from 'pg';
import { type AppendCommand, type AppendResult, appendBatch, requireWellFormed } from './append.ts';

const BATCH_COMMANDS_MAX = 256;
const QUEUE_COMMANDS_MAX = 4_096;
/** How far into the queue a batch looks, so that a flood on one stream stays cheap. */
const LOOK_AHEAD_MAX = 512;

interface Waiting {
  readonly command: AppendCommand;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface AppendQueue {
  readonly append: (command: AppendCommand) => Promise<AppendResult>;
  /** Commands that wait or are in flight. */
  readonly depth: () => number;
  /** Resolves when nothing is in flight; later commands are refused. */
  readonly close: () => Promise<void>;
}

const keysOf = (command: AppendCommand): string[] => [
  `stream ${command.stream}`,
  `command ${command.org} ${command.id}`,
  ...command.claims.map((claim) => `claim ${claim.kind} ${claim.key}`),
];

/** Takes the next batch out of the queue: in order, one per stream, command id and key. */
const takeBatch = (queue: Waiting[]): { batch: Waiting[]; rest: Waiting[] } => {
  const taken = new Set<string>();
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  for (const waiting of queue.slice(0, LOOK_AHEAD_MAX)) {
    const keys = keysOf(waiting.command);
    const fits = batch.length < BATCH_COMMANDS_MAX && !keys.some((key) => taken.has(key));
    // A command left behind still blocks its stream, or a later one would overtake it.
    for (const key of keys) taken.add(key);
    (fits ? batch : rest).push(waiting);
  }
  return { batch, rest: [...rest, ...queue.slice(LOOK_AHEAD_MAX)] };
};

/** Classes 22 and 23: the statement's own content was at fault, so its neighbours may go alone. */
const isContentFault = (error: unknown): boolean =>
  error instanceof Error && /^2[23]/.test(String((error as pg.DatabaseError).code ?? ''));

/**
 * Group commit: while one batch is on its way, the next one gathers. Under load a commit is shared
 * by up to 256 commands; alone, a command goes at once.
 */
export const createAppendQueue = (pool: Pick<pg.Pool, 'query'>): AppendQueue => {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let running: Promise<void> | undefined;
  let closed = false;

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const results = await appendBatch(
        pool,
        batch.map((waiting) => waiting.command),
      );
      batch.forEach((waiting, i) => {
        const result = results[i];
        if (result) waiting.resolve(result);
        else waiting.reject(new Error('no result for a command'));
      });
    } catch (error) {
      if (batch.length > 1 && isContentFault(error)) {
        for (const waiting of batch) await send([waiting]);
      } else {
        for (const waiting of batch) waiting.reject(error);
      }
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const { batch, rest } = takeBatch(queue);
      queue = rest;
      inFlight = batch.length;
      await send(batch);
      inFlight = 0;
    }
    running = undefined;
  };

  return {
    append: (command) => {
      requireWellFormed(command.stream, command.events);
      if (closed || queue.length >= QUEUE_COMMANDS_MAX) throw new Refusal('service-busy');
      return new Promise((resolve, reject) => {
        queue.push({ command, resolve, reject });
        running ??= Promise.resolve().then(drain);
      });
    },
    depth: () => queue.length + inFlight,
    close: async () => {
      closed = true;
      await running;
    },
  };
};
