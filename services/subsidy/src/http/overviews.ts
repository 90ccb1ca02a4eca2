import {
  listAudit,
  listBatchCandidates,
  readBudget,
  readReconciliation,
} from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { listCandidates } from '../store/candidates.ts';
import { budgets, listAuditLines, reconcile } from '../store/overviews.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import { personOf, type SubsidyDependencies } from './dependencies.ts';

/** What finance and the auditor look at: nothing here changes anything. */
export const serveOverviews = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, clock, sealer } = dependencies;

  service.serve(listBatchCandidates, ({ query, principal }) => {
    const viewer = { person: personOf(principal), at: clock(), sealer };
    return withSight(db, SEES_ALL, (trx) => listCandidates(trx, viewer, query));
  });

  service.serve(readReconciliation, () =>
    withSight(db, SEES_ALL, async (trx) => ({
      ...(await reconcile(trx)),
      asOf: businessDay(clock()),
    })),
  );

  service.serve(readBudget, () =>
    withSight(db, SEES_ALL, async (trx) => ({
      items: await budgets(trx),
      asOf: businessDay(clock()),
    })),
  );

  service.serve(listAudit, ({ query }) =>
    withSight(db, SEES_ALL, (trx) => listAuditLines(trx, query)),
  );
};
