import { readBooks, readHealth } from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import { consumersHealth } from '@jishi/runtime/consumer-health';
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

const UNREACHABLE = { zh: '数据库无法连接', en: 'The database does not answer' };

/** Says what is stale: how far the cases are behind the ledger, and whether they still follow. */
export const serveHealth = (service: Service, dependencies: SubsidyDependencies): void => {
  const startedAt = dependencies.clock();
  service.serve(readHealth, async () => {
    const reachable = await isReachable(dependencies.db as unknown as Kysely<unknown>);
    const follow = dependencies.follow();
    const { notes: told, figures } = consumersHealth(
      follow ? [{ ...follow, name: 'cases' }] : [],
      dependencies.clock(),
    );
    const notes = [...(reachable ? [] : [UNREACHABLE]), ...told];
    return {
      service: 'subsidy',
      status: notes.length === 0 ? ('ok' as const) : ('degraded' as const),
      startedAt,
      notes,
      figures: { head: follow?.head ?? null, ...figures },
    };
  });
};
