import { z } from 'zod';

/**
 * What the contracts import as their zod, in the browser: the same zod without the server's
 * OpenAPI generator. `.openapi()` only names a schema in a document, so here it does nothing.
 */
const schemas: { openapi?: () => unknown } = z.ZodType.prototype;
schemas.openapi = function openapi(this: unknown): unknown {
  return this;
};

/** The content security policy allows no code made from text, so zod must not even try. */
z.config({ jitless: true });

export { z };
