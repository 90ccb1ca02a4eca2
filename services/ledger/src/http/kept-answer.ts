import { createHash } from 'node:crypto';
import type { EndpointSpec } from '@jishi/contracts/endpoint';
import type { Asked } from '@jishi/runtime/service';

/** What never changes again, and what may be a minute old. */
export const KEPT_FOR_A_DAY = 'public, max-age=86400';
export const KEPT_FOR_A_MINUTE = 'public, max-age=60';

/**
 * Answers JSON by the endpoint's schema. What may be kept is compared by its hash; without
 * `cacheControl` it is not stored at all.
 */
export const keptAnswer = <E extends EndpointSpec>(
  spec: E,
  asked: Asked<E>,
  value: unknown,
  cacheControl: string | null,
): Response => {
  const body = JSON.stringify(spec.answer.parse(value));
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (cacheControl === null) {
    return new Response(body, { headers: { ...headers, 'cache-control': 'no-store' } });
  }
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const kept = { ...headers, 'cache-control': cacheControl, etag, vary: 'authorization' };
  const known = asked.context.req.header('if-none-match');
  return known === etag
    ? new Response(null, { status: 304, headers: kept })
    : new Response(body, { headers: kept });
};
