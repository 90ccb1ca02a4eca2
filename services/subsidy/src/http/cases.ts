import { Queue } from '@jishi/contracts/subsidy/desk';
import {
  countQueues,
  listCases,
  listNotices,
  listSchemes,
  readCase,
} from '@jishi/contracts/subsidy/endpoints';
import { businessDay } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { countByQueue, listCaseLines } from '../store/case-lines.ts';
import { readCaseView } from '../store/case-views.ts';
import { listNoticeLines } from '../store/notices.ts';
import { schemeView } from '../store/policy-files.ts';
import { SEES_ALL, withSight } from '../store/sight.ts';
import { personOf, type SubsidyDependencies, viewerOf } from './dependencies.ts';
import { waitFor } from './wait-for.ts';

export const serveCases = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, policies } = dependencies;

  service.serve(listSchemes, async () => ({ items: policies.map(schemeView) }));

  service.serve(listCases, async ({ query, principal }) => {
    const viewer = viewerOf(dependencies, personOf(principal));
    await waitFor(db, query.atLeast);
    return withSight(db, viewer.sight, (trx) => listCaseLines(trx, viewer, query));
  });

  service.serve(countQueues, async ({ principal }) => {
    const viewer = viewerOf(dependencies, personOf(principal));
    const items = await withSight(db, viewer.sight, (trx) =>
      countByQueue(trx, viewer, Queue.options),
    );
    return { items };
  });

  service.serve(listNotices, ({ query }) =>
    withSight(db, SEES_ALL, (trx) =>
      listNoticeLines(trx, policies, businessDay(dependencies.clock()), query),
    ),
  );

  service.serve(readCase, async ({ params, query, principal }) => {
    const viewer = viewerOf(dependencies, personOf(principal));
    await waitFor(db, query.atLeast);
    return withSight(db, viewer.sight, (trx) => readCaseView(trx, viewer, params.caseId));
  });
};
