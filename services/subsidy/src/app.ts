import { serveDocuments } from '@jishi/runtime/docs-page';
import { createService } from '@jishi/runtime/service';
import { serveApprove } from './http/approve.ts';
import { serveBankAnswer } from './http/bank-answer.ts';
import { serveBatches } from './http/batches.ts';
import { serveBooks, serveHealth } from './http/books.ts';
import { serveCases } from './http/cases.ts';
import { serveClawbacks } from './http/clawbacks.ts';
import { serveDecide } from './http/decide.ts';
import type { SubsidyDependencies } from './http/dependencies.ts';
import { serveFailedLines } from './http/failed-lines.ts';
import { serveOverviews } from './http/overviews.ts';
import { servePayees } from './http/payees.ts';
import { serveRepayments } from './http/repayments.ts';

/** The subsidy service: steps 9 to 11 of the flow, from a verified receipt to a paid award. */
export const createSubsidyApp = (dependencies: SubsidyDependencies) => {
  const service = createService({
    name: 'subsidy',
    trustedKeys: dependencies.trustedKeys,
    log: dependencies.log,
  });
  serveHealth(service, dependencies);
  serveCases(service, dependencies);
  serveDecide(service, dependencies);
  serveApprove(service, dependencies);
  servePayees(service, dependencies);
  serveBatches(service, dependencies);
  serveBankAnswer(service, dependencies);
  serveFailedLines(service, dependencies);
  serveBooks(service, dependencies);
  serveClawbacks(service, dependencies);
  serveRepayments(service, dependencies);
  serveOverviews(service, dependencies);
  serveDocuments(service, 'subsidy', '技市 Jishi · 补助 Subsidy');
  return { app: service.app, served: service.served };
};
