import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from './endpoint.ts';
import type { ServiceName } from './roles.ts';
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

/** Every service tells its health, in the same form, to anybody. */
export const healthEndpoint = <const S extends ServiceName>(service: S) =>
  endpoint({
    service,
    method: 'get',
    path: '/health',
    summary: { zh: '运行状况', en: 'Health: what is stale or amiss' },
    access: { who: 'public' },
    params: Nothing,
    query: Nothing,
    body: NoBody,
    answer: Health,
    refusals: [],
  });
