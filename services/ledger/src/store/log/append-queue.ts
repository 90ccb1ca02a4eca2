import { Refusal } from '@jishi/contracts/problem';
import type pg from 'pg';
import { type AppendCommand, type AppendResult, appendBatch, requireWellFormed } from './append.ts';
import { appendOne } from './append-one.ts';

const BATCH_COMMANDS_MAX = 256;
const BATCH_BYTES_MAX = 8 * 1_048_576;
const QUEUE_COMMANDS_MAX = 4_096;
const QUEUE_BYTES_MAX = 64 * 1_048_576;
/** How far into the queue a batch looks, so that a flood on one stream stays cheap. */
const LOOK_AHEAD_MAX = 512;
/** While the database writes one batch the next is on its way: it waits there, not here. */
const LANES = 2;
/** Fewer are not worth a commit of their own while another batch is being written. */
const SECOND_LANE_COMMANDS_MIN = 8;

interface Waiting {
  readonly command: AppendCommand;
  readonly keys: readonly string[];
  readonly bytes: number;
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

const bytesOf = (command: AppendCommand): number =>
  command.events.reduce(
    (sum, { data, private: hidden }) =>
      sum + Buffer.byteLength(data) + (hidden ? Buffer.byteLength(hidden.body) : 0),
    0,
  );

/**
 * Takes the next batch out of the queue: in order, one per stream, command id and key, none of
 * which may be in flight.
 */
const takeBatch = (
  queue: readonly Waiting[],
  inFlight: ReadonlySet<string>,
  commandsMax: number,
): { batch: Waiting[]; rest: Waiting[] } => {
  const taken = new Set<string>();
  const batch: Waiting[] = [];
  const rest: Waiting[] = [];
  let bytes = 0;
  for (const waiting of queue.slice(0, LOOK_AHEAD_MAX)) {
    const fits =
      batch.length < commandsMax &&
      (batch.length === 0 || bytes + waiting.bytes <= BATCH_BYTES_MAX) &&
      !waiting.keys.some((key) => taken.has(key) || inFlight.has(key));
    // A command left behind still blocks its stream, or a later one would overtake it.
    for (const key of waiting.keys) taken.add(key);
    if (fits) bytes += waiting.bytes;
    (fits ? batch : rest).push(waiting);
  }
  for (const waiting of queue.slice(LOOK_AHEAD_MAX)) rest.push(waiting);
  return { batch, rest };
};

/** Classes 22, 23 and our own: the content was at fault, so its neighbours may go alone. */
const isContentFault = (error: unknown): boolean =>
  error instanceof Error && /^(2[23]|JL)/.test(String((error as pg.DatabaseError).code ?? ''));

const write = async (pool: Pick<pg.Pool, 'query'>, batch: readonly Waiting[]) => {
  const [first] = batch;
  const alone = first && batch.length === 1 ? await appendOne(pool, first.command) : null;
  return alone
    ? [alone]
    : appendBatch(
        pool,
        batch.map((waiting) => waiting.command),
      );
};

const send = async (pool: Pick<pg.Pool, 'query'>, batch: readonly Waiting[]): Promise<void> => {
  try {
    const results = await write(pool, batch);
    batch.forEach((waiting, i) => {
      const result = results[i];
      if (result) waiting.resolve(result);
      else waiting.reject(new Error('no result for a command'));
    });
  } catch (error) {
    if (batch.length > 1 && isContentFault(error)) {
      for (const waiting of batch) await send(pool, [waiting]);
    } else {
      for (const waiting of batch) waiting.reject(error);
    }
  }
};

/**
 * Group commit: while batches are on their way, the next one gathers. Under load a commit is shared
 * by up to 256 commands; alone, a command goes at once.
 */
export const createAppendQueue = (
  pool: Pick<pg.Pool, 'query'>,
  commandsMax = QUEUE_COMMANDS_MAX,
): AppendQueue => {
  let queue: Waiting[] = [];
  let queuedBytes = 0;
  let flying = 0;
  let lanes = 0;
  let scheduled = false;
  let idle: (() => void) | undefined;
  let closing: Promise<void> | undefined;
  const inFlight = new Set<string>();

  const launch = async (batch: readonly Waiting[]): Promise<void> => {
    for (const { keys, bytes } of batch) {
      queuedBytes -= bytes;
      for (const key of keys) inFlight.add(key);
    }
    lanes += 1;
    flying += batch.length;
    await send(pool, batch);
    for (const { keys } of batch) for (const key of keys) inFlight.delete(key);
    lanes -= 1;
    flying -= batch.length;
    schedule();
  };

  /** Two lanes share what waits evenly, or one would write while the other has next to nothing. */
  const share = (): number =>
    lanes === 0 && queue.length >= LANES * SECOND_LANE_COMMANDS_MIN
      ? Math.min(Math.ceil(queue.length / LANES), BATCH_COMMANDS_MAX)
      : BATCH_COMMANDS_MAX;

  const pump = (): void => {
    scheduled = false;
    while (lanes < LANES && queue.length > (lanes === 0 ? 0 : SECOND_LANE_COMMANDS_MIN - 1)) {
      const { batch, rest } = takeBatch(queue, inFlight, share());
      if (batch.length === 0) break;
      queue = rest;
      void launch(batch);
    }
    if (lanes === 0) idle?.();
  };

  /**
   * While a batch is being written, after what else arrives in this turn of the loop, so that it
   * goes together. With nothing under way, after what is ready now: a command alone waits for no
   * turn.
   */
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    if (lanes === 0) queueMicrotask(pump);
    else setImmediate(pump);
  };

  return {
    append: (command) => {
      requireWellFormed(command.id, command.stream, command.events);
      const bytes = bytesOf(command);
      const isFull =
        queue.length >= commandsMax || (queuedBytes > 0 && queuedBytes + bytes > QUEUE_BYTES_MAX);
      if (closing || isFull) throw new Refusal('service-busy');
      return new Promise((resolve, reject) => {
        queue.push({ command, keys: keysOf(command), bytes, resolve, reject });
        queuedBytes += bytes;
        schedule();
      });
    },
    depth: () => queue.length + flying,
    close: () => {
      closing ??= new Promise((resolve) => {
        idle = resolve;
        schedule();
      });
      return closing;
    },
  };
};
