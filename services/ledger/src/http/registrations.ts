import { listRegistrations, readRegistration } from '@jishi/contracts/ledger/endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { splitOfDocument } from '../domain/registration/split.ts';
import { viewOfDocument } from '../domain/registration/view.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import type { LedgerTables } from '../store/database.ts';
import { readHead } from '../store/head.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readSamePairs } from '../store/pairs.ts';
import { listRegistrationDocuments, readRegistrationDocument } from '../store/registration-view.ts';
import { readStreamHead } from '../store/stream-history.ts';
import { contractStreamOf } from './act-on.ts';
import { isInSight, readerOf, sightOf } from './caller.ts';

export interface RegistrationsDeps {
  readonly db: Kysely<LedgerTables>;
  readonly rules: RegistrationRules;
  readonly clock: Clock;
}

/**
 * A contract as far as its own stream goes: a page that is loaded anew knows no sequence to wait
 * for, and would show an act that was just answered as not done. Where the view does not come as
 * far within two seconds, it is told as it stands.
 */
const readUpToDate = async (
  db: Kysely<LedgerTables>,
  contractId: string,
): Promise<RegistrationDocument | null> => {
  const [document, seq] = await Promise.all([
    readRegistrationDocument(db, contractId),
    readStreamHead(db, contractStreamOf(contractId)),
  ]);
  if ((document?.seq ?? 0) >= seq) return document;
  await waitForCursor(db, REGISTRATIONS_CURSOR, seq).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  return readRegistrationDocument(db, contractId);
};

/** GET /registrations and /registrations/{contractId}: the desk sees all, a party its own. */
export const serveRegistrations = (
  service: Service,
  { db, rules, clock }: RegistrationsDeps,
): void => {
  const viewsOf = async (
    principal: Principal | undefined,
    documents: readonly RegistrationDocument[],
  ) => {
    const pairs = await readSamePairs(
      db,
      documents.map(({ contractId }) => contractId),
    );
    const today = businessDay(clock());
    const reader = readerOf(principal);
    return documents.map((document) => {
      const others = pairs.get(document.contractId) ?? [];
      const splitWith = splitOfDocument(rules, document, others);
      return viewOfDocument(document, rules, today, { splitWith, reader });
    });
  };

  service.serve(listRegistrations, async ({ principal, query }) => {
    const { status, after, limit, atLeast } = query;
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const sight = sightOf(principal);
    const head = await readHead(db);
    if (!sight.all && sight.partyId === null) return { items: [], next: null, head };
    const partyId = sight.all ? null : sight.partyId;
    const found = await listRegistrationDocuments(db, { partyId, status, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      items: await viewsOf(principal, page),
      next: found.length > limit ? (page.at(-1)?.contractId ?? null) : null,
      head,
    };
  });

  service.serve(readRegistration, async ({ principal, params, query }) => {
    await waitForCursor(db, REGISTRATIONS_CURSOR, query.atLeast);
    const document = await readUpToDate(db, params.contractId);
    if (!document || !isInSight(sightOf(principal), document)) throw new Refusal('not-found');
    const [view] = await viewsOf(principal, [document]);
    if (!view) throw new Refusal('not-found');
    return view;
  });
};
