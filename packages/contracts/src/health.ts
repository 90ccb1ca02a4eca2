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

/**
 * Why a consumer of the feed has stopped: the closed set, with what to do. A consumer that stopped
 * has kept its cursor and touched nothing more.
 */
export const CONSUMER_STOPS = {
  'feed-gap': {
    zh: '序号有缺口或重复,请核查账本',
    en: 'a sequence is missing or comes twice: check the log',
  },
  'feed-behind-cursor': {
    zh: '账本短于已处理的位置,可能恢复了旧备份',
    en: 'the log is shorter than what was read already: an older backup may have been restored',
  },
  'event-unknown': {
    zh: '事件的类型或版本未知,请升级程序',
    en: 'an event of a type or version that this program does not know: upgrade it',
  },
  'event-unreadable': {
    zh: '事件内容与约定不符,或未附非公开部分',
    en: 'an event is not of the agreed shape, or came without its private part',
  },
  'effect-refused': {
    zh: '事件的内容无法计入',
    en: 'what an event says cannot be counted',
  },
  'retries-used-up': {
    zh: '多次重试仍失败,请查看日志',
    en: 'it failed as often as it may: see the log',
  },
} as const;
export type ConsumerStop = keyof typeof CONSUMER_STOPS;

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
