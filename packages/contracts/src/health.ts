import { z } from '@hono/zod-openapi';
import { Instant } from './time.ts';

export const Health = z
  .object({
    service: z.string(),
    status: z.enum(['ok', 'degraded']),
    startedAt: Instant,
    /** What is stale or amiss, in both languages; empty when all is well. */
    notes: z.array(z.object({ zh: z.string(), en: z.string() })),
    figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  })
  .openapi('Health');
export type Health = z.infer<typeof Health>;
