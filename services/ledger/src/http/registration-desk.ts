import {
  claimRegistration,
  listRegistrationQueue,
  readRegistrationChecks,
  releaseRegistration,
} from '@jishi/contracts/ledger/registry-endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import { countOk } from '../domain/registration/checks.ts';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { claim, readClaims, release } from '../store/claims.ts';
import type { LedgerTables } from '../store/database.ts';
import { readHead } from '../store/head.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readSamePairs } from '../store/pairs.ts';
import { readQueue, totalQueue } from '../store/queue.ts';
import { readRegistrationDocument } from '../store/registration-view.ts';
import { personOf, readerOf } from './caller.ts';
import {
  type Case,
  checksOfCase,
  claimView,
  cursorOf,
  type Desk,
  queueRow,
  readCursor,
  splitOfCase,
} from './desk-rows.ts';

export interface DeskDeps {
  readonly db: Kysely<LedgerTables>;
  readonly rules: RegistrationRules;
  readonly clock: Clock;
}

export const deskOf = ({ rules, clock }: DeskDeps, principal: Principal | undefined): Desk => ({
  ...{ rules, today: businessDay(clock()), reader: readerOf(principal) },
});

const casesOf = async (
  db: Kysely<LedgerTables>,
  documents: readonly RegistrationDocument[],
): Promise<Case[]> => {
  const ids = documents.map(({ contractId }) => contractId);
  const [pairs, claims] = await Promise.all([readSamePairs(db, ids), readClaims(db, ids)]);
  return documents.map((document) => ({
    document,
    neighbours: pairs.get(document.contractId) ?? [],
    claim: claims.get(document.contractId),
  }));
};

/** GET /registration-queue. */
const serveQueue = (service: Service, deps: DeskDeps): void => {
  const { db } = deps;
  service.serve(listRegistrationQueue, async ({ principal, query }) => {
    const { after, limit, atLeast, mine, unclaimed, status, resubmitted, needsSecondReview } =
      query;
    const place = readCursor(after);
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const desk = deskOf(deps, principal);
    const claimedBy = mine ? (desk.reader.userId ?? undefined) : undefined;
    const filter = { status, claimedBy, unclaimed, resubmitted, needsSecondReview };
    const found = await readQueue(db, filter, {
      after: place && { queueOn: place[0], contractId: place[1] },
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const cases = await casesOf(
      db,
      page.map(({ document }) => document),
    );
    const last = page.at(-1)?.place;
    return {
      items: cases.map((one) => queueRow(desk, one)),
      next: found.length > limit && last ? cursorOf(last.queueOn, last.contractId) : null,
      totals: await totalQueue(db, filter),
      head: await readHead(db),
    };
  });
};

/** GET /registrations/{contractId}/checks. */
const serveChecks = (service: Service, deps: DeskDeps): void => {
  const { db } = deps;
  service.serve(readRegistrationChecks, async ({ principal, params, query }) => {
    await waitForCursor(db, REGISTRATIONS_CURSOR, query.atLeast);
    const document = await readRegistrationDocument(db, params.contractId);
    if (!document) throw new Refusal('not-found');
    const desk = deskOf(deps, principal);
    const [one] = await casesOf(db, [document]);
    if (!one) throw new Refusal('not-found');
    const items = checksOfCase(desk, one);
    const { userId } = desk.reader;
    return {
      ...{ contractId: document.contractId, version: document.version },
      ...{ count: countOk(items), items: [...items], splitWith: [...splitOfCase(desk, one)] },
      claim: claimView(one.claim, desk.reader),
      firstReviewedByMe:
        document.status === 'first-reviewed' &&
        userId !== null &&
        document.firstReviewer === userId,
    };
  });
};

const DECIDED: readonly string[] = ['registered', 'refused', 'deregistered', 'revoked'];

/** POST /registrations/{contractId}/claim and /release: who works on a case. */
const serveClaims = (service: Service, deps: DeskDeps): void => {
  const { db, clock } = deps;
  const claimingOf = (principal: Principal | undefined, contractId: string) => {
    const person = personOf(principal);
    if (!person) throw new Refusal('not-signed-in');
    const { userId, organisationId, roles } = person;
    return { claiming: { contractId, userId, organisationId, at: clock() }, roles };
  };
  const answer = async (principal: Principal | undefined, contractId: string) => {
    const claims = await readClaims(db, [contractId]);
    return { contractId, claim: claimView(claims.get(contractId), readerOf(principal)) };
  };

  service.serve(claimRegistration, async ({ principal, params: { contractId } }) => {
    const document = await readRegistrationDocument(db, contractId);
    if (!document) throw new Refusal('not-found');
    if (DECIDED.includes(document.status)) throw new Refusal('registration-state');
    const { claiming } = claimingOf(principal, contractId);
    if (!(await claim(db, claiming))) throw new Refusal('case-claimed');
    return answer(principal, contractId);
  });

  service.serve(releaseRegistration, async ({ principal, params: { contractId } }) => {
    if (!(await readRegistrationDocument(db, contractId))) throw new Refusal('not-found');
    const { claiming, roles } = claimingOf(principal, contractId);
    const freed = await release(db, claiming, roles.includes('senior-registrar'));
    if (!freed) throw new Refusal('case-claimed');
    return answer(principal, contractId);
  });
};

export const serveRegistrationDesk = (service: Service, deps: DeskDeps): void => {
  serveQueue(service, deps);
  serveChecks(service, deps);
  serveClaims(service, deps);
};
