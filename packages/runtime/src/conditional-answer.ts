import { createHash } from 'node:crypto';
import type { Context } from 'hono';

/** Nothing of a signed-in person's records may lie in a cache; a caller may still compare. */
export const NOT_STORED = 'no-store';

const tagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url')}"`;

/** Whether If-None-Match names this tag (RFC 9110 §13.1.2: weak comparison, lists, and `*`). */
const isKnown = (context: Context, etag: string): boolean =>
  (context.req.header('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);

const keepingOf = (etag: string, cacheControl: string): Record<string, string> => ({
  'cache-control': cacheControl,
  etag,
  vary: 'authorization',
});

/** The 304 of a tag that the caller names, before anything was read for it; else undefined. */
export const unchangedAnswer = (
  context: Context,
  etag: string,
  cacheControl: string,
): Response | undefined =>
  isKnown(context, etag)
    ? new Response(null, { status: 304, headers: keepingOf(etag, cacheControl) })
    : undefined;

/**
 * Answers JSON text with a tag of its content: whoever names the tag again is told that nothing
 * has changed, without the body. The tag is per reader, for what one may see is not another's.
 */
export const conditionalAnswer = (
  context: Context,
  body: string,
  cacheControl: string,
  etag: string = tagOf(body),
): Response => {
  const unchanged = unchangedAnswer(context, etag, cacheControl);
  if (unchanged) return unchanged;
  const headers = { 'content-type': 'application/json', ...keepingOf(etag, cacheControl) };
  return new Response(body, { headers });
};
