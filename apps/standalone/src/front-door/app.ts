import { randomBytes } from 'node:crypto';
import { Refusal } from '@jishi/contracts/problem';
import { answerProblem } from '@jishi/runtime/problem-answer';
import { type Context, Hono } from 'hono';
import type { ConsoleFile, ConsoleFiles } from './console-files.ts';
import type { OverallHealth } from './health.ts';
import { pageHeaders, withNonce } from './policy.ts';

export interface FrontDoorOptions {
  readonly console: () => ConsoleFiles;
  readonly health: () => Promise<OverallHealth>;
  /** HTML of the problem pages, or null when the file is not there. */
  readonly problemPages: () => Promise<string | null>;
  /** The address that browsers use. */
  readonly publicUrl: string;
}

const IMMUTABLE = 'public, max-age=31536000, immutable';

const requestIdOf = (c: Context): string => c.req.header('x-request-id') ?? 'none';

const answerFile = (c: Context, file: ConsoleFile): Response => {
  const headers = {
    'content-type': file.type,
    'cache-control': file.immutable ? IMMUTABLE : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers);
  const gzipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '') ? file.gzipped : null;
  if (!gzipped) return c.body(new Uint8Array(file.body), 200, headers);
  return c.body(new Uint8Array(gzipped), 200, { ...headers, 'content-encoding': 'gzip' });
};

/** A path that looks like a file is a file or nothing; any other is a page of the console. */
const isPage = (path: string): boolean => !/\.[a-z0-9]{2,11}$/i.test(path);

/** What the front door serves itself: health, the console, the problem pages. */
export const createFrontDoorApp = (options: FrontDoorOptions) => {
  const app = new Hono();
  const answerPage = (c: Context, page: string): Response => {
    const { publicUrl } = options;
    const { host, pathname, search } = new URL(c.req.url);
    // One origin only: cookies and origin checks belong to PUBLIC_URL.
    if (host !== new URL(publicUrl).host) return c.redirect(`${publicUrl}${pathname}${search}`);
    const nonce = randomBytes(16).toString('base64');
    return c.html(withNonce(page, nonce), 200, {
      ...pageHeaders(nonce, publicUrl.startsWith('https://')),
      'cache-control': 'no-store',
    });
  };

  app.onError((error, c) => answerProblem(c, error, requestIdOf(c)));
  app.notFound((c) => answerProblem(c, new Refusal('not-found'), requestIdOf(c)));
  app.get('/health', async (c) => {
    const health = await options.health();
    const status = health.status === 'down' ? 503 : 200;
    return c.json(health, status, { 'cache-control': 'no-store' });
  });
  app.get('/docs/problems', async (c) => {
    const page = await options.problemPages();
    if (!page) throw new Refusal('not-found');
    return answerPage(c, page);
  });
  app.get('*', (c) => {
    const { files, page } = options.console();
    const file = files.get(c.req.path);
    if (file) return answerFile(c, file);
    if (!isPage(c.req.path)) throw new Refusal('not-found');
    return answerPage(c, page);
  });
  return app;
};
