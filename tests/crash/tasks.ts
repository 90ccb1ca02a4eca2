/** What the run gives to the processes it starts, and how it ends them. */
export interface WriterTask {
  readonly url: string;
  readonly seed: number;
  readonly writer: number;
  readonly journal: string;
}

export interface ConsumerTask {
  readonly url: string;
  readonly consumer: number;
}

export interface SignerTask {
  readonly url: string;
  /** Private Ed25519 key, PKCS 8 in base64; made for the run. */
  readonly key: string;
  readonly file: string;
}

export const CONSUMER = 'crash';
export const SEEN_TABLE = 'crash_seen';

export const taskOf = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;

/** Ends in good order when asked, and at once with the run itself. */
export const onFinish = (finish: () => void): void => {
  process.once('message', finish);
  process.once('disconnect', () => process.exit(0));
};

/** Tells the run that this life has come to its first effect. */
export const sayAtWork = (): void => {
  if (process.connected) process.send?.({ atWork: true });
};
