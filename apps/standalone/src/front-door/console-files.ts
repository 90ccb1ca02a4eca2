import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt']);
const COMPRESS_BYTES_MIN = 1_000;

export interface ConsoleFile {
  readonly body: Buffer;
  readonly gzipped: Buffer | null;
  readonly type: string;
  readonly etag: string;
  /** Its name carries its content's hash, so it never changes. */
  readonly immutable: boolean;
}

export interface ConsoleFiles {
  /** By URL path; only what the build made can be asked for. */
  readonly files: ReadonlyMap<string, ConsoleFile>;
  readonly page: string;
}

const loadFile = async (folder: string, path: string): Promise<[string, ConsoleFile]> => {
  const body = await readFile(path);
  const extension = extname(path);
  const url = `/${relative(folder, path).split(sep).join('/')}`;
  const compress = COMPRESSED.has(extension) && body.length >= COMPRESS_BYTES_MIN;
  const file = {
    body,
    gzipped: compress ? await promisify(gzip)(body) : null,
    type: TYPES[extension] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: url.startsWith('/assets/'),
  };
  return [url, file];
};

/** The built console, held in memory: a few megabytes, and no path ever reaches the disk. */
export const loadConsole = async (folder: string): Promise<ConsoleFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const files = new Map(await Promise.all(paths.map((path) => loadFile(folder, path))));
  const page = files.get('/index.html')?.body.toString('utf8') ?? '';
  files.delete('/index.html');
  return { files, page };
};

/** What is shown while there is no console yet: where the interfaces will be. */
export const PLACEHOLDER: ConsoleFiles = {
  files: new Map(),
  page: `<!doctype html><html lang="zh-CN"><head>
<meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>技市</title></head>
<body><h1>技市 Jishi</h1>
<p>正在启动，本页会自动刷新。Starting up; this page reloads by itself. The interfaces, once they answer:</p>
<ul><li><a href="/api/market/docs">market</a></li><li><a href="/api/ledger/docs">ledger</a></li>
<li><a href="/api/subsidy/docs">subsidy</a></li></ul></body></html>`,
};
