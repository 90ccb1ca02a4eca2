import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFrontDoorApp } from './app.ts';
import type { ConsoleFiles } from './console-files.ts';
import type { OverallHealth } from './health.ts';
import { type FrontDoor, openFrontDoor } from './listen.ts';

const SCRIPT = {
  body: Buffer.from('let a = 1;'),
  gzipped: null,
  type: 'text/javascript; charset=utf-8',
  etag: '"abc"',
  immutable: true,
};
const CONSOLE: ConsoleFiles = {
  files: new Map([['/assets/a.js', SCRIPT]]),
  page: '<html><head><style nonce="__CSP_NONCE__"></style></head></html>',
};
const NO_SERVICES = { market: null, ledger: null, subsidy: null };

let upstream: Server;
let upstreamPort: number | null;
let seen: { request: IncomingMessage; body: string; cut: boolean }[];
let door: FrontDoor;
let healthStatus: OverallHealth['status'];
let isHeld: boolean;

beforeEach(async () => {
  seen = [];
  healthStatus = 'ok';
  isHeld = false;
  upstream = createServer((incoming, outgoing) => {
    const entry = { request: incoming, body: '', cut: false };
    seen.push(entry);
    outgoing.on('close', () => {
      entry.cut = !outgoing.writableEnded;
    });
    if (incoming.url?.endsWith('/stream')) {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
      outgoing.write('data: 1\n\n');
      return;
    }
    if (incoming.url?.endsWith('/crash')) {
      outgoing.writeHead(200, { 'content-length': '100' });
      outgoing.write('half');
      setImmediate(() => incoming.socket.destroy());
      return;
    }
    incoming.setEncoding('utf8');
    incoming.on('data', (part) => {
      entry.body += part;
    });
    incoming.on('end', () => {
      outgoing.writeHead(201, [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['x-from', 'upstream'],
      ]);
      outgoing.end('done');
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  upstreamPort = (upstream.address() as AddressInfo).port;
  door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    portOf: (service) => (service === 'market' ? upstreamPort : undefined),
    isHeld: () => isHeld,
    app: (publicUrl) =>
      createFrontDoorApp({
        publicUrl,
        console: () => CONSOLE,
        health: async () => ({
          status: healthStatus,
          log: 'synthetic',
          services: NO_SERVICES,
          notes: [],
        }),
        problemPages: async () => '<html><head></head><h2 id="not-found">not-found</h2></html>',
      }),
  });
});
afterEach(async () => {
  await door.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

/** A request with exactly these headers; fetch would not let a test choose Host. */
const raw = (path: string, headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: door.port, host: '127.0.0.1', path, headers }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    sent.once('error', reject);
    sent.end();
  });

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${door.publicUrl}${path}`, { redirect: 'manual', ...init });

describe('while the history is being written', () => {
  const post = (path: string) => get(path, { method: 'POST', body: '{}' });

  it('acts are refused by name and told when to come again; nothing of them goes through', async () => {
    isHeld = true;
    for (const path of ['/api/market/listings', '/api/market/authors', '/api/market/sign-up']) {
      const answer = await post(path);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('2');
      expect(await answer.json()).toMatchObject({ type: '/docs/problems#history-first' });
    }
    expect(seen).toStrictEqual([]);
    isHeld = false;
    expect((await post('/api/market/listings')).status).toBe(201);
  });

  it('reading works, and signing in, and the tokens for it', async () => {
    isHeld = true;
    expect((await get('/api/market/listings')).status).toBe(201);
    expect((await post('/api/market/auth/sign-in/email')).status).toBe(201);
    expect((await post('/api/market/tokens')).status).toBe(201);
  });
});

describe('the proxy', () => {
  it('passes method, path, query, body, status and repeated headers through', async () => {
    const body = '成交额'.repeat(50_000);
    const answer = await get('/api/market/x%20y?z=1&z=2', { method: 'PUT', body });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toStrictEqual(['a=1', 'b=2']);
    expect(await answer.text()).toBe('done');
    expect(seen[0]?.request).toMatchObject({ method: 'PUT', url: '/api/market/x%20y?z=1&z=2' });
    expect(seen[0]?.body === body).toBe(true);
  });

  it('says itself where a request comes from, and gives it an id', async () => {
    await raw('/api/market/x', {
      'x-forwarded-for': '8.8.8.8',
      'x-forwarded-proto': 'https',
      'x-secret-hop': 'no',
      connection: 'close, x-secret-hop',
    });
    const headers = seen[0]?.request.headers;
    expect(headers).toMatchObject({
      host: `127.0.0.1:${door.port}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': `127.0.0.1:${door.port}`,
    });
    expect(headers?.['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers?.['x-secret-hop']).toBeUndefined();
  });

  it('keeps a caller’s own request id when it is one', async () => {
    await get('/api/market/x', { headers: { 'x-request-id': 'from-the-console' } });
    await get('/api/market/x', { headers: { 'x-request-id': 'not one!' } });
    expect(seen[0]?.request.headers['x-request-id']).toBe('from-the-console');
    expect(seen[1]?.request.headers['x-request-id']).not.toBe('not one!');
  });

  it('hands on the first event while the stream is open, and cuts it when the caller goes', async () => {
    const leaving = new AbortController();
    const answer = await get('/api/market/stream', { signal: leaving.signal });
    const first = await answer.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n');
    expect(seen[0]?.cut).toBe(false);
    leaving.abort();
    await expect.poll(() => seen[0]?.cut).toBe(true);
  });

  it('does not make half an answer look whole', async () => {
    const answer = await get('/api/market/crash');
    await expect(answer.text()).rejects.toThrow();
  });

  it.each([
    ['stopped', () => null],
    ['just gone', () => upstreamPort],
  ])('answers 503 with a problem while a service is %s', async (_, port) => {
    upstream.closeAllConnections();
    await new Promise((resolve) => upstream.close(resolve));
    upstreamPort = port();
    const answer = await get('/api/market/x');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ type: '/docs/problems#service-busy' });
  });

  it.each(['/api/other/x', '/api/', '/api/marketx'])('has no service at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe('the Host header', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1:1', 'localhost.evil.example'])(
    '%j is answered with 421 and goes nowhere',
    async (host) => {
      expect((await raw('/api/market/x', { host })).statusCode).toBe(421);
      expect((await raw('/', { host })).statusCode).toBe(421);
      expect(seen).toStrictEqual([]);
    },
  );

  it('may be another name of loopback, whose pages lead to the one origin', async () => {
    const host = `localhost:${door.port}`;
    expect((await raw('/api/market/x', { host })).statusCode).toBe(201);
    const page = await raw('/market?x=1', { host });
    expect(page.statusCode).toBe(302);
    expect(page.headers.location).toBe(`${door.publicUrl}/market?x=1`);
  });
});

describe('the console', () => {
  it('is one page for every path, with a nonce of its own each time', async () => {
    const [first, second] = [await get('/'), await get('/contracts/2025')];
    const nonces = [first, second].map(
      (a) => /'nonce-([^']+)'/.exec(a.headers.get('content-security-policy') ?? '')?.[1] ?? '',
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(await first.text()).toBe(
      `<html><head><meta property="csp-nonce" nonce="${nonces[0]}">` +
        `<style nonce="${nonces[0]}"></style></head></html>`,
    );
    expect(second.headers.get('cache-control')).toBe('no-store');
  });

  it('allows scripts of this origin only', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe');
  });

  it('files whose name carries their hash stay in the cache; the tag answers 304', async () => {
    const answer = await get('/assets/a.js');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await answer.text()).toBe('let a = 1;');
    const again = await get('/assets/a.js', { headers: { 'if-none-match': '"abc"' } });
    expect(again.status).toBe(304);
  });

  it.each(['/assets/b.js', '/favicon.ico', '/..%2f..%2fetc/passwd.txt'])(
    'a file that was not built is not found: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

it('health is 503 only while a service is down', async () => {
  for (const [status, code] of [
    ['ok', 200],
    ['degraded', 200],
    ['down', 503],
  ] as const) {
    healthStatus = status;
    expect((await get('/health')).status).toBe(code);
  }
});

it('a problem type leads to its page', async () => {
  expect(await (await get('/docs/problems')).text()).toContain('id="not-found"');
});

it('a port in use is one clear line', async () => {
  const again = openFrontDoor({
    host: '127.0.0.1',
    port: door.port,
    publicUrl: undefined,
    portOf: () => null,
    app: () => ({ fetch: () => new Response() }),
  });
  await expect(again).rejects.toThrow(`127.0.0.1:${door.port} is in use: set PORT`);
});
