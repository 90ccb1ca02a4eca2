export interface Trouble {
  readonly status: number | null;
  readonly requestId: string | null;
}

/** A fresh bearer for each connection; undefined for the public view. */
export type Bearer = () => Promise<string | undefined>;

/** Three missed heartbeats: the connection is dead even if nobody closed it. */
export const SILENCE_MAX_MS = 15_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;

/** Wait before attempt n (0, 1, …) since the last sign of life: 1 s, 2 s, 4 s … 30 s. */
export const backoffMs = (attempt: number): number =>
  Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(attempt, 10));

class AnswerTrouble extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(`answered ${trouble.status}`);
    this.trouble = trouble;
  }
}

/** What to say of whatever a connection threw. */
export const troubleOfError = (error: unknown): Trouble =>
  error instanceof AnswerTrouble ? error.trouble : { status: null, requestId: null };

/** Asks the ledger; an answer other than success is thrown with its number. */
export const ask = async (
  path: string,
  accept: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Response> => {
  const response = await fetch(path, {
    headers: { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    cache: 'no-store',
    signal,
  });
  if (response.ok) return response;
  throw new AnswerTrouble({
    status: response.status,
    requestId: response.headers.get('x-request-id'),
  });
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      window.clearTimeout(timer);
      window.removeEventListener('online', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = window.setTimeout(finish, ms);
    // The network is back: no reason to wait out the pause.
    window.addEventListener('online', finish);
    signal.addEventListener('abort', finish);
  });

export interface Connection {
  readonly signal: AbortSignal;
  /** One connection from opening to its end; `beat` is called at every sign of life. */
  readonly connect: (signal: AbortSignal, beat: () => void) => Promise<void>;
  readonly onBeat: () => void;
  readonly onTrouble: (trouble: Trouble) => void;
}

/** Holds a connection until the signal: it reconnects by itself and never throws. */
export const keepConnected = async (connection: Connection): Promise<void> => {
  const { signal } = connection;
  let attempt = 0;
  while (!signal.aborted) {
    const own = new AbortController();
    const stop = () => own.abort();
    signal.addEventListener('abort', stop);
    let watchdog = window.setTimeout(stop, SILENCE_MAX_MS);
    const beat = () => {
      attempt = 0;
      connection.onBeat();
      window.clearTimeout(watchdog);
      watchdog = window.setTimeout(stop, SILENCE_MAX_MS);
    };
    try {
      await connection.connect(own.signal, beat);
    } catch (error) {
      if (!signal.aborted) connection.onTrouble(troubleOfError(error));
    } finally {
      window.clearTimeout(watchdog);
      signal.removeEventListener('abort', stop);
      own.abort();
    }
    if (!signal.aborted) await pause(backoffMs(attempt), signal);
    attempt += 1;
  }
};
