import { CONSUMER_STOPS, type Health } from '@jishi/contracts/health';
import type { Instant } from '@jishi/contracts/time';
import type { FeedConsumerState } from './feed-consumer.ts';

/** What a service knows of one consumer when its health is asked for. */
export interface ConsumerHealth {
  readonly name: string;
  readonly state: FeedConsumerState;
  /** The head of the feed; null while it cannot be read. */
  readonly head: number | null;
  /** When the oldest event that is not counted yet was recorded; null when there is none. */
  readonly oldestRecordedAt: Instant | null;
}

const noteOf = ({ name, state }: ConsumerHealth): Health['notes'] => {
  const { status, reason, lastError, retries, retriesMax } = state;
  if (status === 'broken' && reason !== null) {
    const words = CONSUMER_STOPS[reason];
    return [
      {
        zh: `消费者 ${name}:已停止(${reason}:${words.zh};${lastError ?? ''})`,
        en: `Consumer ${name}: stopped (${reason}: ${words.en}; ${lastError ?? ''})`,
      },
    ];
  }
  if (status === 'stopped') {
    return [{ zh: `消费者 ${name}:已关闭`, en: `Consumer ${name}: closed` }];
  }
  if (lastError === null) return [];
  const count = `${retries}/${retriesMax}`;
  return [
    {
      zh: `消费者 ${name}:重试中(${lastError},已重试 ${count})`,
      en: `Consumer ${name}: retrying (${lastError}, retries ${count})`,
    },
  ];
};

const figuresOf = (
  { name, state, head, oldestRecordedAt }: ConsumerHealth,
  now: Instant,
): Health['figures'] => {
  const ageMs = oldestRecordedAt === null ? 0 : Date.parse(now) - Date.parse(oldestRecordedAt);
  return {
    [`${name}.cursor`]: state.cursor,
    [`${name}.lag`]: head === null ? null : Math.max(0, head - state.cursor),
    [`${name}.oldestWaitingMs`]: head === null ? null : Math.max(0, ageMs),
    [`${name}.status`]: state.status,
    [`${name}.reason`]: state.reason,
    [`${name}.lastError`]: state.lastError,
    [`${name}.retries`]: state.retries,
    [`${name}.retriesMax`]: state.retriesMax,
  };
};

/** Every service tells of its consumers in the same form. */
export const consumersHealth = (
  consumers: readonly ConsumerHealth[],
  now: Instant,
): Pick<Health, 'notes' | 'figures'> => ({
  notes: consumers.flatMap(noteOf),
  figures: Object.assign({}, ...consumers.map((consumer) => figuresOf(consumer, now))),
});
