import type { IncomingMessage } from 'node:http';

export interface Names {
  /** What browsers are to use: the host and port of PUBLIC_URL. */
  readonly canonical: string;
  readonly allowed: ReadonlySet<string>;
}

/** The names this door answers to. Any other Host may be a page that rebinds its DNS to us. */
export const namesOf = (publicUrl: string, port: number): Names => {
  const canonical = new URL(publicUrl).host;
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].map((name) =>
    port === 80 ? name : `${name}:${port}`,
  );
  return { canonical, allowed: new Set([canonical, ...loopback]) };
};

export const isAllowedHost = (names: Names, request: IncomingMessage): boolean =>
  names.allowed.has((request.headers.host ?? '').toLowerCase());
