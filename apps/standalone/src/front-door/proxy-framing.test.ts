import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFrontDoorApp } from './app.ts';
import { PLACEHOLDER } from './console-files.ts';
import { type FrontDoor, openFrontDoor } from './listen.ts';

interface Seen {
  readonly url: string;
  readonly from: string;
  readonly body: string;
}

let upstream: Server;
let door: FrontDoor;
let seen: Seen[];

beforeEach(async () => {
  seen = [];
  upstream = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (part) => {
      body += part;
    });
    incoming.on('end', () => {
      const from = String(incoming.headers['x-forwarded-for']);
      seen.push({ url: incoming.url ?? '', from, body });
      outgoing.end('done');
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  door = await openFrontDoor({
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    proxies: ['127.0.0.2'],
    portOf: (service) => (service === 'market' ? port : undefined),
    app: (publicUrl) =>
      createFrontDoorApp({
        publicUrl,
        console: () => PLACEHOLDER,
        health: () => Promise.reject(new Error('not asked here')),
        problemPages: async () => null,
      }),
  });
});

afterEach(async () => {
  await door.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

/** Writes bytes as they are and waits until the door has closed the connection. */
const sendRaw = (text: string, localAddress = '127.0.0.1'): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: door.port, host: '127.0.0.1', localAddress }, () =>
      socket.write(text),
    );
    let answer = '';
    socket.on('data', (part) => {
      answer += part.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

const HIDDEN = 'GET /api/market/hidden HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 6.6.6.6\r\n\r\n';

it.each(['content-length', 'Content-Length , host', 'transfer-encoding'])(
  'A body stays a body when the caller names «%s» as of its connection',
  async (named) => {
    const head = `GET /api/market/a HTTP/1.1\r\nhost: 127.0.0.1:${door.port}\r\n`;
    const framing = `connection: close, ${named}\r\ncontent-length: ${HIDDEN.length}\r\n\r\n`;
    expect(await sendRaw(head + framing + HIDDEN)).toMatch(/^HTTP\/1\.1 200 /);
    // The hidden request would follow on the same connection: ask once more before looking.
    await fetch(`http://127.0.0.1:${door.port}/api/market/after`);
    expect(seen).toStrictEqual([
      { url: '/api/market/a', from: '127.0.0.1', body: HIDDEN },
      { url: '/api/market/after', from: '127.0.0.1', body: '' },
    ]);
  },
);

it.each([
  ['a stranger', '127.0.0.1', '6.6.6.6', '127.0.0.1'],
  ['a known proxy', '127.0.0.2', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
  ['a known proxy that says nothing of use', '127.0.0.2', 'unknown', '127.0.0.2'],
])('Asked by %s, the caller is known by the right address', async (_, peer, said, caller) => {
  const host = `host: 127.0.0.1:${door.port}\r\nconnection: close\r\n`;
  await sendRaw(`GET /api/market/a HTTP/1.1\r\n${host}x-forwarded-for: ${said}\r\n\r\n`, peer);
  expect(seen.map(({ from }) => from)).toStrictEqual([caller]);
});
