import { Refusal } from '@jishi/contracts/problem';
import { listCases, listSchemes, readCase } from '@jishi/contracts/subsidy/endpoints';
import type { Service } from '@jishi/runtime/service';
import { listCaseLines, readCaseView } from '../store/case-views.ts';
import { readCursor } from '../store/ledger-view.ts';
import { schemeView } from '../store/policy-files.ts';
import { withSight } from '../store/sight.ts';
import type { SubsidyDatabase } from '../store/tables.ts';
import { personOf, type SubsidyDependencies, sightOf } from './dependencies.ts';

const WAIT_MAX_MS = 2_000;
const WAIT_STEP_MS = 25;

/** Waits until the cases have reached a sequence of the ledger; after two seconds it refuses. */
const waitFor = async (db: SubsidyDatabase, atLeast: number | undefined): Promise<void> => {
  if (atLeast === undefined) return;
  const giveUpAt = performance.now() + WAIT_MAX_MS;
  while ((await readCursor(db)) < atLeast) {
    if (performance.now() >= giveUpAt) throw new Refusal('not-caught-up');
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
};

export const serveCases = (service: Service, dependencies: SubsidyDependencies): void => {
  const { db, policies } = dependencies;

  service.serve(listSchemes, async () => ({ items: policies.map(schemeView) }));

  service.serve(listCases, async ({ query, principal }) => {
    const sight = sightOf(personOf(principal));
    await waitFor(db, query.atLeast);
    return withSight(db, sight, (trx) => listCaseLines(trx, sight, query));
  });

  service.serve(readCase, async ({ params, query, principal }) => {
    const sight = sightOf(personOf(principal));
    await waitFor(db, query.atLeast);
    return withSight(db, sight, (trx) => readCaseView(trx, sight, params.caseId));
  });
};
