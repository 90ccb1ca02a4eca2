import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { newId } from '@jishi/contracts/ids';
import { StartRefused } from '@jishi/runtime/config';
import type { Hono } from 'hono';
import { isAllowedHost, type Names, namesOf } from './hosts.ts';
import { sendProblem } from './problems.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';

export interface ListenOptions extends Pick<ProxyOptions, 'portOf' | 'proxies'> {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  /** The door's own pages, given the address that browsers use. */
  readonly app: (publicUrl: string) => Pick<Hono, 'fetch'>;
  /** While true, whatever could write to the log is refused: `history-first`. */
  readonly isHeld?: () => boolean;
}

export interface FrontDoor {
  readonly port: number;
  readonly publicUrl: string;
  readonly close: () => Promise<void>;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Signing in and out, and the tokens that reading needs. */
const SESSION = /^\/api\/market\/(auth|tokens)(\/|\?|$)/;
const mayWrite = ({ method = 'GET', url = '' }: IncomingMessage): boolean =>
  !READS.has(method) && !SESSION.test(url);

const REQUEST_ID = /^[\w-]{8,64}$/;
const HEADERS_TIMEOUT_MS = 20_000;

const bind = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? '端口已被占用' : `无法监听 ${error.code}`;
      const reasonEn =
        error.code === 'EADDRINUSE' ? 'is in use' : `cannot be opened, ${error.code}`;
      reject(
        new StartRefused(
          `${reason}：${host}:${port}，请另设 PORT · ${host}:${port} ${reasonEn}: set PORT`,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });

/** Opens the one public port. What is behind it may come later: until then it answers 503. */
export const openFrontDoor = async (options: ListenOptions): Promise<FrontDoor> => {
  let names: Names = { canonical: '', allowed: new Set() };
  const scheme = options.publicUrl?.startsWith('https://') ? 'https' : 'http';
  const proxy = createProxy({ portOf: options.portOf, proxies: options.proxies, scheme });
  let own: ReturnType<typeof getRequestListener> = () => Promise.resolve();

  const server = createServer((incoming, outgoing) => {
    const given = incoming.headers['x-request-id'];
    const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
    if (!isAllowedHost(names, incoming)) {
      sendProblem(outgoing, requestId, 'host-not-known');
    } else if (options.isHeld?.() && incoming.url?.startsWith('/api/') && mayWrite(incoming)) {
      sendProblem(outgoing, requestId, 'history-first');
    } else if (incoming.url?.startsWith('/api/')) {
      proxy.handle(incoming, outgoing, requestId);
    } else {
      void own(incoming, outgoing);
    }
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;

  const port = await bind(server, options.host, options.port);
  const publicUrl = options.publicUrl ?? `http://127.0.0.1:${port}`;
  names = namesOf(publicUrl, port);
  own = getRequestListener(options.app(publicUrl).fetch);
  return {
    port,
    publicUrl,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        proxy.close();
      }),
  };
};
