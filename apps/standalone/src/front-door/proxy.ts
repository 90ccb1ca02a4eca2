import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { sendProblem } from './problems.ts';

/** Headers of one connection, not of the message (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** A caller may not say where it comes from; this door does. */
const FORWARDED = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-request-id',
]);
/**
 * What says where a message ends and for whom it is. A caller that could name these as of its own
 * connection would have its body read as a second request behind this door.
 */
const NEVER_DROPPED = new Set(['content-length', 'host']);
const ANSWER_TIMEOUT_MS = 60_000;
const SOCKETS_MAX = 2_048;

export interface ProxyOptions {
  /** The port of a service while it serves, null while it does not, undefined for no such. */
  readonly portOf: (service: string) => number | null | undefined;
  readonly scheme: 'http' | 'https';
  /** Addresses of proxies in front of this door, which say for whom they ask; usually none. */
  readonly proxies?: readonly string[] | undefined;
}

/**
 * For whom is asked: the peer, or the last address that a known proxy appended. Without that all
 * callers behind a proxy would share one address, and one of them could use up every limit.
 */
const callerOf = (
  { headers, socket }: IncomingMessage,
  proxies: readonly string[] = [],
): string => {
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const said = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return proxies.includes(peer) && said && isIP(said) ? said : peer;
};

/** The headers without those of the connection, in their order and case, repeats included. */
const endToEnd = (raw: readonly string[], dropped: ReadonlySet<string>): string[] => {
  const named = new Set<string>();
  for (let i = 0; i < raw.length; i += 2) {
    if (raw[i]?.toLowerCase() !== 'connection') continue;
    for (const name of (raw[i + 1] ?? '').split(',')) named.add(name.trim().toLowerCase());
  }
  for (const name of NEVER_DROPPED) named.delete(name);
  const kept: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    if (HOP_BY_HOP.has(name) || named.has(name) || dropped.has(name)) continue;
    kept.push(raw[i] ?? '', raw[i + 1] ?? '');
  }
  return kept;
};

const requestHeaders = (
  incoming: IncomingMessage,
  requestId: string,
  options: ProxyOptions,
): string[] => [
  ...endToEnd(incoming.rawHeaders, FORWARDED),
  ...['x-forwarded-for', callerOf(incoming, options.proxies)],
  ...['x-forwarded-host', incoming.headers.host ?? ''],
  ...['x-forwarded-proto', options.scheme],
  ...['x-request-id', requestId],
  // A body of unknown length goes on in chunks, as it came.
  ...(incoming.headers['transfer-encoding'] ? ['transfer-encoding', 'chunked'] : []),
];

const refuseDown = (response: ServerResponse, requestId: string, service: string): void =>
  sendProblem(response, requestId, 'service-busy', {
    zh: `${service} 服务暂不可用,正在恢复`,
    en: `the ${service} service is not available at the moment; it is being restarted`,
  });

const isRepeatable = (incoming: IncomingMessage): boolean =>
  incoming.method === 'GET' || incoming.method === 'HEAD';

/** Passes `/api/<service>/…` on as it is, streams included; nothing is buffered either way. */
export const createProxy = (options: ProxyOptions) => {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });

  const pass = (
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    target: { service: string; port: number },
    requestId: string,
    triesLeft: number,
  ): void => {
    const upstream = request({
      agent,
      host: '127.0.0.1',
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: requestHeaders(incoming, requestId, options),
    });
    const abort = (): void => {
      upstream.destroy();
    };
    const late = setTimeout(abort, ANSWER_TIMEOUT_MS);
    outgoing.once('close', abort);
    upstream.once('response', (answer) => {
      clearTimeout(late);
      outgoing.writeHead(
        answer.statusCode ?? 502,
        answer.statusMessage,
        endToEnd(answer.rawHeaders, new Set()),
      );
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      // A service that dies in mid-answer must not look like one that finished.
      answer.once('error', () => outgoing.destroy());
    });
    upstream.once('error', () => {
      clearTimeout(late);
      outgoing.off('close', abort);
      if (outgoing.destroyed) return;
      // The service closed an idle connection in the moment we used it: nothing was done there.
      if (upstream.reusedSocket && triesLeft > 0 && isRepeatable(incoming)) {
        pass(incoming, outgoing, target, requestId, triesLeft - 1);
        return;
      }
      refuseDown(outgoing, requestId, target.service);
    });
    incoming.pipe(upstream);
  };

  return {
    handle: (incoming: IncomingMessage, outgoing: ServerResponse, requestId: string): void => {
      const service = /^\/api\/([a-z]+)(?:[/?]|$)/.exec(incoming.url ?? '')?.[1] ?? '';
      const port = options.portOf(service);
      if (port === undefined) sendProblem(outgoing, requestId, 'not-found');
      else if (port === null) refuseDown(outgoing, requestId, service);
      else pass(incoming, outgoing, { service, port }, requestId, 1);
    },
    close: (): void => agent.destroy(),
  };
};
