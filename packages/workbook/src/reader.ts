import { Worker } from 'node:worker_threads';
import {
  type ReadLimits,
  SAFE_LIMITS,
  type Sheet,
  Unreadable,
  type UnreadableCode,
} from './sheet.ts';
import { Turns } from './turns.ts';

export interface ReaderOptions {
  readonly limits?: ReadLimits;
  /** A thread that takes longer is ended. */
  readonly timeoutMs?: number;
  readonly memoryMb?: number;
  /** Files read at the same time, and files that may wait for it. */
  readonly atOnce?: number;
  readonly waitingMax?: number;
  /** Files of one asker that may wait or be read. */
  readonly ofOneMax?: number;
}

/** `whose` names whoever asks: nobody takes more than a share of the turns. */
export type ReadFile = (bytes: Uint8Array, whose: string) => Promise<Sheet>;

type Answer =
  | { readonly sheet: Sheet; readonly code?: undefined }
  | { readonly sheet?: undefined; readonly code: UnreadableCode; readonly detail: string };

/** One thread for one file, ended in every case: by its answer, its time, or its memory. */
const readInThread = (bytes: Uint8Array, options: Required<ReaderOptions>): Promise<Sheet> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-thread.mjs', import.meta.url), {
      workerData: { bytes, limits: options.limits },
      execArgv: [],
      env: { PATH: process.env.PATH },
      resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: 32 },
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    const fail = (error: Unreadable) => end(() => reject(error));
    const timer = setTimeout(() => fail(new Unreadable('too-costly', 'time')), options.timeoutMs);
    worker.on('message', (answer: Answer) =>
      end(() =>
        answer.sheet ? resolve(answer.sheet) : reject(new Unreadable(answer.code, answer.detail)),
      ),
    );
    worker.on('error', (error: Error & { code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      fail(new Unreadable(memory ? 'too-costly' : 'damaged', error.message));
    });
    worker.on('exit', () => fail(new Unreadable('too-costly', 'ended')));
  });

/**
 * Reads files in threads of limited time and memory, a few at once, those who ask in turn; whoever
 * comes when too many wait is sent away at once. What a hostile file can do is end its own thread.
 */
export const createReader = (given: ReaderOptions = {}): ReadFile => {
  const options: Required<ReaderOptions> = {
    limits: SAFE_LIMITS,
    timeoutMs: 10_000,
    memoryMb: 256,
    atOnce: 1,
    waitingMax: 20,
    ofOneMax: 2,
    ...given,
  };
  const turns = new Turns(options);
  return async (bytes, whose) => {
    if (bytes.length > options.limits.bytesMax) throw new Unreadable('too-large');
    await turns.take(whose);
    try {
      return await readInThread(bytes, options);
    } finally {
      turns.leave(whose);
    }
  };
};
