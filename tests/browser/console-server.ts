import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValuesFrame } from '@jishi/contracts/ledger/index-family';
import {
  LIVE_EVENT_HEARTBEAT,
  LIVE_EVENT_SNAPSHOT,
  LIVE_HEARTBEAT_MS,
  type LiveHeartbeat,
  type LiveSnapshot,
} from '@jishi/contracts/ledger/live';
import type { Me } from '@jishi/contracts/market/accounts';
import { buildConsole } from '@jishi/standalone/console-build';
import { createFrontDoorApp } from '@jishi/standalone/front-door/app';
import { loadConsole } from '@jishi/standalone/front-door/console-files';
import { type FrontDoor, openFrontDoor } from '@jishi/standalone/front-door/listen';
import { type IndexAnswers, openIndexAnswers } from './index-answers.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly me: Me;
}

export interface ConsoleServer {
  readonly url: string;
  /** Sends a new snapshot to every open stream and to later readers. */
  readonly publish: (snapshot: LiveSnapshot) => void;
  /** Sends a frame of running values to whoever follows them. */
  readonly push: (frame: ValuesFrame) => void;
  readonly beat: (status: LiveHeartbeat['status']) => void;
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

const TOKEN_MS = 300_000;

interface Asked {
  readonly email?: string;
  readonly password?: string;
  readonly audience?: string;
}

const bodyOf = async (request: IncomingMessage): Promise<Asked> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
};

/** What the home page and the frame read beside the live data: nothing there yet. */
const EMPTY_LISTS = new Set(
  ['listings', 'needs', 'notifications'].map((name) => `/api/market/${name}`),
);

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
  } else if (path === '/api/market/tokens' && signedIn) {
    const { audience } = await bodyOf(request);
    const expiresAt = new Date(Date.now() + TOKEN_MS).toISOString();
    json(response, 200, { token: `bearer-for-${audience}`, audience, expiresAt });
  } else if (path === '/api/market/me' && signedIn) json(response, 200, person?.me);
  else if (EMPTY_LISTS.has(path)) json(response, 200, { items: [], unread: 0, next: null });
  else problem(response, 401, 'not-signed-in');
};

const CHECKOUT = join(import.meta.dirname, '../..');

/** The built console of these sources; built once per content, and shared with the launcher. */
export const builtConsole = async (): Promise<string> => {
  const built = await buildConsole(
    CHECKOUT,
    join(tmpdir(), 'jishi-browser-tests'),
    () => undefined,
  );
  if (!built) throw new Error('there is no console to build');
  return built;
};

const openDoor = async (servicePort: number, port: number): Promise<FrontDoor> => {
  const files = await loadConsole(await builtConsole());
  return openFrontDoor({
    host: '127.0.0.1',
    port,
    publicUrl: undefined,
    portOf: () => servicePort,
    app: (publicUrl) =>
      createFrontDoorApp({
        console: () => files,
        health: () => Promise.reject(new Error('not asked for here')),
        problemPages: async () => null,
        publicUrl,
      }),
  });
};

const openServices = async (
  state: State,
  index: IndexAnswers,
  person: Person | undefined,
): Promise<Server> => {
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = address.pathname;
    const isOfficer = request.headers.authorization === 'Bearer bearer-for-ledger';
    if (index.serve(address, response, isOfficer)) return;
    if (path.startsWith('/api/ledger/live')) serveLive(state, path, response);
    else if (path === '/api/ledger/log/head') json(response, 200, state.snapshot.head);
    else serveMarket(person, path, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

/**
 * The built console behind the real front door, its policy and its proxy. Behind that, over real
 * HTTP, stand answers in the shape of the ledger and the market: a test decides when data move and
 * when they stop, which no running market lets it do.
 */
export const startConsoleServer = async (options: {
  readonly snapshot: LiveSnapshot;
  readonly person?: Person;
  readonly port?: number;
}): Promise<ConsoleServer> => {
  const state: State = { snapshot: options.snapshot, silent: false, streams: new Set() };
  const index = openIndexAnswers();
  const services = await openServices(state, index, options.person);
  const door = await openDoor((services.address() as AddressInfo).port, options.port ?? 0);
  const tell = (name: string, value: unknown): void => {
    if (state.silent) return;
    for (const stream of state.streams) stream.write(event(name, value));
  };
  const beat = (status: LiveHeartbeat['status']): void => {
    const { head, asOf } = state.snapshot;
    tell(LIVE_EVENT_HEARTBEAT, { at: new Date().toISOString(), head, asOf, status });
  };
  const heart = setInterval(() => beat('live'), LIVE_HEARTBEAT_MS);
  return {
    url: door.publicUrl,
    publish: (snapshot) => {
      state.snapshot = snapshot;
      tell(LIVE_EVENT_SNAPSHOT, snapshot);
    },
    push: index.push,
    beat,
    fallSilent: () => {
      state.silent = true;
    },
    recover: () => {
      state.silent = false;
      for (const stream of state.streams) stream.destroy();
    },
    close: async () => {
      clearInterval(heart);
      index.close();
      await door.close();
      services.closeAllConnections();
      await new Promise((resolve) => services.close(resolve));
    },
  };
};
