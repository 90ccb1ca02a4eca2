import { openDatabase } from '@jishi/runtime/database';
import { serveDocuments } from '@jishi/runtime/docs-page';
import { createService } from '@jishi/runtime/service';
import type { LedgerDeps } from './deps.ts';
import { REGISTRATION_RULES } from './domain/registration/regimes.ts';
import { serveActs } from './http/acts.ts';
import { serveChangeActs } from './http/change-acts.ts';
import { serveDisclosure } from './http/disclosure.ts';
import { serveFamily } from './http/family-routes.ts';
import { serveFeed } from './http/feed.ts';
import { serveHealth } from './http/health.ts';
import { indexDeps } from './http/index-deps.ts';
import { serveIndexRoutes } from './http/index-routes.ts';
import { serveLogDesk } from './http/log-desk.ts';
import { logRoots } from './http/log-roots.ts';
import { serveProofs } from './http/proofs.ts';
import { servePublicationDesk } from './http/publication-routes.ts';
import { createComposer } from './http/publication-work.ts';
import { servePublished } from './http/published-routes.ts';
import { createPublishedValues } from './http/published-values.ts';
import { serveRegisteredContracts } from './http/registered-contracts.ts';
import { serveRegisteredLists } from './http/registered-lists.ts';
import { serveRegistrationDesk } from './http/registration-desk.ts';
import { serveRegistrationHistory } from './http/registration-history.ts';
import { serveRegistrationRules } from './http/registration-rules.ts';
import { serveRegistrations } from './http/registrations.ts';
import { serveYearTables } from './http/year-tables.ts';
import { FAMILY_FOLLOWER, startFamilyFollower } from './process/follow-family.ts';
import { openLog } from './process/open-log.ts';
import { INDEX_CURSOR, startIndexProjector } from './process/project-index.ts';
import {
  REGISTRATIONS_CURSOR,
  startRegistrationsProjector,
} from './process/project-registrations.ts';
import { noHeadSigner, startHeadSigner } from './process/sign-heads.ts';
import type { LedgerTables } from './store/database.ts';
import { createAppendQueue } from './store/log/append-queue.ts';
import { createLogFollower } from './store/log/follow.ts';
import type { LogTables } from './store/log/tables.ts';
import type { LogDeskTables } from './store/log-desk.ts';
import type { PublicationTables } from './store/publication/publications.ts';
import { createPublishedReader } from './store/publication/published-contents.ts';

/**
 * The ledger over a migrated database: opens the log (or refuses the start when it is of the other
 * kind), starts the projectors, and returns the app. `close` ends streams and projectors and
 * leaves the pool to the caller.
 */
export const createLedgerApp = async (deps: LedgerDeps) => {
  const { pool, log, clock, newId, newSalt } = deps;
  const rules = deps.rules ?? REGISTRATION_RULES;
  const db = openDatabase<LedgerTables>(pool);
  const queue = createAppendQueue(pool, deps.waitingCommandsMax);
  const sources = { newId, newSalt, now: clock };
  const store = { db, queue, sources };
  const startedAt = clock();
  await openLog(store, deps.logKind);
  const { headSigning } = deps;
  const signer = headSigning ? await startHeadSigner(pool, headSigning, log) : noHeadSigner(pool);

  const closing = new AbortController();
  const follower = createLogFollower(pool);
  const registrations = startRegistrationsProjector({ db, follower, log, rules });
  const index = startIndexProjector({ pool, follower, log });
  const family = startFamilyFollower({ pool, follower, log });

  const service = createService({ name: 'ledger', trustedKeys: deps.trustedKeys, log });
  const acts = { store, rules, clock, views: db };
  serveActs(service, acts);
  serveChangeActs(service, acts);
  const desk = { db, rules, clock };
  serveRegistrations(service, desk);
  serveRegistrationDesk(service, desk);
  serveRegistrationHistory(service, desk);
  serveRegisteredContracts(service, desk);
  serveRegisteredLists(service, { ...desk, store });
  serveRegistrationRules(service, rules);
  serveFeed(service, { db, follower, closing: closing.signal, log });
  serveYearTables(service, { family, clock });
  const publications = openDatabase<PublicationTables>(pool);
  const reader = createPublishedReader();
  const published = createPublishedValues(publications, reader);
  const indexed = indexDeps({ family, index, published, clock });
  serveIndexRoutes(service, { ...indexed, closing: closing.signal });
  serveFamily(service, { ...indexed, closing: closing.signal });
  servePublicationDesk(service, {
    ...{ db: publications, logDb: openDatabase<LogTables>(pool), family, reader, clock },
    ...{ composer: createComposer(family), rootOf: logRoots(pool, signer) },
  });
  serveLogDesk(service, { db: openDatabase<LogDeskTables>(pool), clock, newId, rules });
  servePublished(service, { db: publications, reader, index });
  const consumers = {
    [REGISTRATIONS_CURSOR]: registrations.state,
    [INDEX_CURSOR]: index.consumer,
    [FAMILY_FOLLOWER]: family.consumer,
  };
  serveProofs(service, { pool, signer });
  serveDisclosure(service, { db: openDatabase<LogDeskTables>(pool), pool, signer });
  serveHealth(service, { db, pool, queue, startedAt, clock, consumers, signer });
  serveDocuments(service, 'ledger', '技市账本 Jishi ledger');

  return {
    app: service.app,
    served: service.served,
    close: async (): Promise<void> => {
      closing.abort();
      await queue.close();
      await Promise.all([registrations.stop(), index.stop(), family.stop(), signer.stop()]);
      await follower.stop();
    },
  };
};
