import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import {
  LIVE_EVENT_HEARTBEAT,
  LIVE_EVENT_SNAPSHOT,
  LIVE_HEARTBEAT_MS,
  type LiveSnapshot,
} from '@jishi/contracts/ledger/live';
import type { Me } from '@jishi/contracts/market/accounts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The policy of the front door (docs/design.md §10), so that a breach of it fails a test here. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly me: Me;
}

export interface ConsoleServer {
  readonly url: string;
  /** Sends a new snapshot to every open stream and to later readers. */
  readonly publish: (snapshot: LiveSnapshot) => void;
  /** Open streams stay open but say nothing; new requests are answered 503. */
  readonly fallSilent: () => void;
  readonly recover: () => void;
  readonly close: () => Promise<void>;
}

interface State {
  snapshot: LiveSnapshot;
  silent: boolean;
  readonly streams: Set<ServerResponse>;
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'request-7f3c' });
  response.end(JSON.stringify(value));
};

const problem = (response: ServerResponse, status: number, type: string): void =>
  json(response, status, {
    type: `/docs/problems#${type}`,
    title: type,
    titleEn: type,
    status,
    requestId: 'request-7f3c',
  });

const event = (name: string, value: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;

const serveLive = (state: State, path: string, response: ServerResponse): void => {
  if (state.silent) problem(response, 503, 'service-busy');
  else if (path === '/api/ledger/live') json(response, 200, state.snapshot);
  else {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(event(LIVE_EVENT_SNAPSHOT, state.snapshot));
    state.streams.add(response);
    response.on('close', () => state.streams.delete(response));
  }
};

const bodyOf = async (request: IncomingMessage): Promise<{ email?: string; password?: string }> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
};

const COOKIE = 'jishi.session_token=sample';

const serveMarket = async (
  person: Person | undefined,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const signedIn = request.headers.cookie?.includes(COOKIE);
  if (path === '/api/market/auth/sign-in/email') {
    const body = await bodyOf(request);
    if (body.email === person?.email && body.password === person?.password) {
      response.setHeader('set-cookie', `${COOKIE}; HttpOnly; SameSite=Lax; Path=/`);
      json(response, 200, { userId: person?.me.userId, name: person?.me.name });
    } else problem(response, 401, 'sign-in-failed');
  } else if (path === '/api/market/auth/sign-out') {
    response.setHeader('set-cookie', `${COOKIE}; HttpOnly; Path=/; Max-Age=0`);
    json(response, 200, { signedOut: true });
  } else if (path === '/api/market/me' && signedIn) json(response, 200, person?.me);
  else problem(response, 401, 'not-signed-in');
};

const serveFile = async (dist: string, path: string, response: ServerResponse): Promise<void> => {
  const nonce = randomBytes(16).toString('base64');
  const wanted = extname(path) === '' ? '/index.html' : normalize(path);
  const content = await readFile(join(dist, wanted)).catch(() => null);
  response.writeHead(content ? 200 : 404, {
    'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream',
    'content-security-policy': policy(nonce),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(content ?? '');
};

/**
 * The built console behind the front door's policy, with a ledger's live answers over real HTTP.
 * It stands where the ledger stands only so that a test decides when data move and when they stop.
 */
export const startConsoleServer = async (options: {
  readonly dist: string;
  readonly snapshot: LiveSnapshot;
  readonly person?: Person;
  readonly port?: number;
}): Promise<ConsoleServer> => {
  const state: State = { snapshot: options.snapshot, silent: false, streams: new Set() };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const answer = path.startsWith('/api/ledger/live')
      ? Promise.resolve(serveLive(state, path, response))
      : path.startsWith('/api/market/')
        ? serveMarket(options.person, path, request, response)
        : serveFile(options.dist, path, response);
    answer.catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const tell = (name: string, value: unknown): void => {
    if (state.silent) return;
    for (const stream of state.streams) stream.write(event(name, value));
  };
  const heart = setInterval(
    () => tell(LIVE_EVENT_HEARTBEAT, { seq: state.snapshot.head.seq }),
    LIVE_HEARTBEAT_MS,
  );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish: (snapshot) => {
      state.snapshot = snapshot;
      tell(LIVE_EVENT_SNAPSHOT, snapshot);
    },
    fallSilent: () => {
      state.silent = true;
    },
    recover: () => {
      state.silent = false;
      for (const stream of state.streams) stream.destroy();
    },
    close: async () => {
      clearInterval(heart);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
