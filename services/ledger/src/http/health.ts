import { healthEndpoint } from '@jishi/contracts/health';
import type { Clock, Instant } from '@jishi/contracts/time';
import { type ConsumerHealth, consumersHealth } from '@jishi/runtime/consumer-health';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import type { HeadSigner } from '../process/sign-heads.ts';
import type { LedgerTables } from '../store/database.ts';
import { readHead, readRecordedAt } from '../store/head.ts';
import type { Queryable } from '../store/heads/entries.ts';
import type { AppendQueue } from '../store/log/append-queue.ts';

export const readHealth = healthEndpoint('ledger');

export interface HealthDeps {
  readonly db: Kysely<LedgerTables>;
  readonly pool: Queryable;
  readonly queue: AppendQueue;
  readonly signer: HeadSigner;
  readonly startedAt: Instant;
  readonly clock: Clock;
  readonly consumers: Readonly<Record<string, () => FeedConsumerState>>;
}

const DATABASE_DOWN = { zh: '数据库无法连接', en: 'The database cannot be reached' };

/** When the event after each cursor was recorded; asked only of consumers that are behind. */
const consumerHealth = async (
  { db, consumers }: HealthDeps,
  head: number | null,
): Promise<ConsumerHealth[]> =>
  Promise.all(
    Object.entries(consumers).map(async ([name, stateOf]) => {
      const state = stateOf();
      const isBehind = head !== null && head > state.cursor;
      const oldestRecordedAt = isBehind ? await readRecordedAt(db, state.cursor + 1) : null;
      return { name, state, head, oldestRecordedAt };
    }),
  );

/** Answers even when the database does not; then it says so. */
export const serveHealth = (service: Service, deps: HealthDeps): void => {
  service.serve(readHealth, async () => {
    const head = await readHead(deps.db).catch(() => null);
    const followers = consumersHealth(
      await consumerHealth(deps, head?.seq ?? null).catch(() => consumerHealth(deps, null)),
      deps.clock(),
    );
    const signed = await deps.signer.heads.latest().catch(() => null);
    const signing = deps.signer.state();
    const notes = [
      ...(head ? [] : [DATABASE_DOWN]),
      ...(signing.note ? [signing.note] : []),
      ...followers.notes,
    ];
    return {
      service: 'ledger',
      status: notes.length === 0 ? ('ok' as const) : ('degraded' as const),
      startedAt: deps.startedAt,
      notes,
      figures: {
        head: head?.seq ?? null,
        log: head?.kind ?? null,
        appendQueue: deps.queue.depth(),
        headSigning: signing.status,
        signedHead: signed?.size ?? null,
        /** Events that no signed head covers yet. */
        signedHeadLag: head ? Math.max(0, head.seq - (signed?.size ?? 0)) : null,
        ...followers.figures,
      },
    };
  });
};
