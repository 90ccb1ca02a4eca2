import { healthEndpoint } from '@jishi/contracts/health';
import type { Instant } from '@jishi/contracts/time';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import type { LedgerTables } from '../store/database.ts';
import { readHead } from '../store/head.ts';
import type { AppendQueue } from '../store/log/append-queue.ts';

export const readHealth = healthEndpoint('ledger');

export interface HealthDeps {
  readonly db: Kysely<LedgerTables>;
  readonly queue: AppendQueue;
  readonly startedAt: Instant;
  readonly consumers: Readonly<Record<string, () => FeedConsumerState>>;
}

const DATABASE_DOWN = { zh: '数据库无法连接', en: 'The database cannot be reached' };

const consumerNote = (name: string, { status, lastError }: FeedConsumerState) => ({
  zh: `消费者 ${name}:${status === 'broken' ? '已停止' : '重试中'}(${lastError ?? '已停止'})`,
  en: `Consumer ${name}: ${status === 'broken' ? 'stopped' : 'retrying'} (${lastError ?? 'stopped'})`,
});

/** Answers even when the database does not; then it says so. */
export const serveHealth = (service: Service, deps: HealthDeps): void => {
  service.serve(readHealth, async () => {
    const head = await readHead(deps.db).catch(() => null);
    const states = Object.entries(deps.consumers).map(([name, state]) => [name, state()] as const);
    const notes = [
      ...(head ? [] : [DATABASE_DOWN]),
      ...states
        .filter(([, state]) => state.status !== 'running' || state.lastError !== null)
        .map(([name, state]) => consumerNote(name, state)),
    ];
    const perConsumer = states.flatMap(([name, state]) => [
      [`${name}.cursor`, state.cursor],
      [`${name}.lag`, head ? Math.max(0, head.seq - state.cursor) : null],
      [`${name}.lastError`, state.lastError],
    ]);
    return {
      service: 'ledger',
      status: notes.length === 0 ? ('ok' as const) : ('degraded' as const),
      startedAt: deps.startedAt,
      notes,
      figures: {
        head: head?.seq ?? null,
        log: head?.kind ?? null,
        appendQueue: deps.queue.depth(),
        ...Object.fromEntries(perConsumer),
      },
    };
  });
};
