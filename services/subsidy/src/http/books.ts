import { readBooks, readHealth } from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import { isReachable } from '@jishi/runtime/database';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import { booksState } from '../store/books.ts';
import type { SubsidyDependencies } from './dependencies.ts';

export const serveBooks = (service: Service, { db, clock }: SubsidyDependencies): void => {
  service.serve(readBooks, async () => ({
    ...(await booksState(db)),
    asOf: businessDay(clock()),
  }));
};

interface Note {
  readonly zh: string;
  readonly en: string;
}

const notesOf = (
  reachable: boolean,
  follow: ReturnType<SubsidyDependencies['follow']>,
): readonly Note[] => [
  ...(reachable ? [] : [{ zh: '数据库无法连接', en: 'The database does not answer' }]),
  ...(follow?.status === 'broken'
    ? [
        {
          zh: `已停止跟随账本:${follow.lastError ?? ''}`,
          en: `No longer following the ledger: ${follow.lastError ?? ''}`,
        },
      ]
    : []),
  ...(follow?.status === 'running' && follow.lastError !== null
    ? [{ zh: '账本暂时无法读取,稍后重试', en: 'The ledger cannot be read now; trying again' }]
    : []),
];

/** Says what is stale: how far the cases are behind the ledger, and whether they still follow. */
export const serveHealth = (service: Service, dependencies: SubsidyDependencies): void => {
  const startedAt = dependencies.clock();
  service.serve(readHealth, async () => {
    const reachable = await isReachable(dependencies.db as unknown as Kysely<unknown>);
    const follow = dependencies.follow();
    const notes = notesOf(reachable, follow);
    const lag = follow?.head == null ? null : Math.max(0, follow.head - follow.cursor);
    return {
      service: 'subsidy',
      status: notes.length === 0 ? ('ok' as const) : ('degraded' as const),
      startedAt,
      notes: [...notes],
      figures: {
        ledgerCursor: follow?.cursor ?? null,
        ledgerHead: follow?.head ?? null,
        ledgerLag: lag,
        follower: follow?.status ?? null,
      },
    };
  });
};
