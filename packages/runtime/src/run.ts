import type { AddressInfo, Server } from 'node:net';
import { serve } from '@hono/node-server';
import closeWithGrace from 'close-with-grace';
import type { Env, Hono } from 'hono';
import { StartRefused } from './config.ts';
import type { Log } from './log.ts';

const CLOSE_TIMEOUT_MS = 8_000;

export interface RunOptions {
  readonly app: Pick<Hono<Env>, 'fetch'>;
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Ends streams, consumers and pools; called once, before the process ends. */
  readonly close: () => Promise<void>;
}

/**
 * Why a start cannot go on, in one line: a refusal as it was written, a fault of the system or the
 * database by its code and message (a database that is not there, a port in use). Anything else is
 * a fault of ours: its stack goes before the line.
 */
export const startFailure = (error: unknown): { line: string; stack: string | null } => {
  if (error instanceof StartRefused) return { line: error.message, stack: null };
  if (!(error instanceof Error)) return { line: String(error), stack: null };
  const { code } = error as { code?: unknown };
  const [first = ''] = error.message.split('\n');
  if (typeof code !== 'string') {
    return { line: `无法启动 cannot start: ${error.name}: ${first}`, stack: error.stack ?? null };
  }
  return { line: `无法启动 cannot start (${code}): ${first}`.replace(/: $/, ''), stack: null };
};

/** A start that cannot go on ends with one clear line on stderr and exit code 1. */
export const endUnlessRefused = (error: unknown): never => {
  const { line, stack } = startFailure(error);
  process.stderr.write(stack === null ? `${line}\n` : `${stack}\n${line}\n`);
  process.exit(1);
};

/** Listens, says where, and ends cleanly on SIGINT or SIGTERM (and with its parent, by IPC). */
export const run = async (options: RunOptions): Promise<number> => {
  const server = serve({ fetch: options.app.fetch, hostname: options.host, port: options.port });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const port = ((server as Server).address() as AddressInfo).port;
  const grace = closeWithGrace(
    { delay: CLOSE_TIMEOUT_MS, logger: false },
    async ({ err, manual }) => {
      if (err) options.log.error({ error: String(err.stack ?? err) });
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await options.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      // Without a parent nobody reads an exit code, and exit() may wait for ever on the thread of a
      // module loader whose other end is gone: what is closed properly may end at once.
      if (manual) process.kill(process.pid, 'SIGKILL');
    },
  );
  if (process.send) {
    process.on('disconnect', () => void grace.close());
    // The parent may have gone while we migrated, before anybody listened for it.
    if (process.connected) process.send({ listening: port });
    else void grace.close();
  }
  options.log.info({ listening: port });
  return port;
};
