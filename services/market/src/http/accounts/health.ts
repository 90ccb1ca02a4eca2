import { healthEndpoint } from '@jishi/contracts/health';
import type { Clock } from '@jishi/contracts/time';
import { isReachable, openDatabase } from '@jishi/runtime/database';
import type { Service } from '@jishi/runtime/service';
import type { Pool } from 'pg';
import type { HealthPart } from '../../deps.ts';

export const readHealth = healthEndpoint('market');

const DATABASE_DOWN = { zh: '数据库无法连接', en: 'The database cannot be reached' };

/** Answers even when the database does not; then it says so. */
export const serveHealth = (
  service: Service,
  deps: { readonly pool: Pool; readonly clock: Clock; readonly health: readonly HealthPart[] },
): void => {
  const db = openDatabase<unknown>(deps.pool);
  const startedAt = deps.clock();
  service.serve(readHealth, async () => {
    const reachable = await isReachable(db);
    const parts = reachable ? await Promise.all(deps.health.map((part) => part())) : [];
    const notes = [...(reachable ? [] : [DATABASE_DOWN]), ...parts.flatMap((part) => part.notes)];
    return {
      service: 'market',
      status: notes.length === 0 ? ('ok' as const) : ('degraded' as const),
      startedAt,
      notes,
      figures: Object.assign({}, ...parts.map((part) => part.figures)),
    };
  });
};
