import { Refusal } from '@jishi/contracts/problem';
import type { Context } from 'hono';
import { isOriginAllowed } from '../../domain/accounts/origin.ts';

/** Refuses an unsafe request of a foreign page. */
export const requireOurOrigin = (c: Context, publicUrl: string): void => {
  const whence = {
    origin: c.req.header('origin'),
    fetchSite: c.req.header('sec-fetch-site'),
    host: c.req.header('host'),
    withCookie: c.req.header('cookie') !== undefined,
  };
  if (!isOriginAllowed(whence, publicUrl)) throw new Refusal('origin-not-allowed');
};

/** Networks in which only our own front door stands before a service. */
const INNER = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$/;
const UNKNOWN_ADDRESS = 'unknown';
const ADDRESS_LENGTH_MAX = 64;

interface NodeEnv {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
}

/**
 * The caller's address: of the connection, or, when that is the front door, the last one that it
 * appended to `x-forwarded-for`. What a client wrote before it is never read.
 */
export const addressOf = (c: Context): string => {
  const peer = (c.env as NodeEnv | undefined)?.incoming?.socket?.remoteAddress;
  if (!peer) return UNKNOWN_ADDRESS;
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  const address = INNER.test(peer) && forwarded ? forwarded : peer;
  return address.replace(/^::ffff:/, '').slice(0, ADDRESS_LENGTH_MAX);
};

export const isLoopbackAddress = (address: string): boolean => /^(127\.|::1$)/.test(address);
