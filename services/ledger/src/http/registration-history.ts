import {
  readRegistrationHistory,
  readRegistrationVersions,
} from '@jishi/contracts/ledger/registry-endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import {
  factsForParties,
  historyOf,
  type PastFact,
  versionsOf,
} from '../domain/registration/history.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readRegistrationDocument } from '../store/registration-view.ts';
import { readStream } from '../store/stream-history.ts';
import { contractStreamOf } from './act-on.ts';
import { isInSight, personOf, sightOf } from './caller.ts';
import type { DeskDeps } from './registration-desk.ts';

const OFFICERS: readonly string[] = ['registrar', 'senior-registrar', 'auditor'];

/** GET /registrations/{contractId}/history and /versions: for whoever sees the registration. */
export const serveRegistrationHistory = (service: Service, { db }: DeskDeps): void => {
  const factsOf = async (
    principal: Principal | undefined,
    contractId: string,
    atLeast: number | undefined,
  ): Promise<PastFact[]> => {
    await waitForCursor(db, REGISTRATIONS_CURSOR, atLeast);
    const document = await readRegistrationDocument(db, contractId);
    if (!document || !isInSight(sightOf(principal), document)) throw new Refusal('not-found');
    const events = await readStream(db, contractStreamOf(contractId));
    return events.flatMap(({ event, seq, version, recordedAt }) =>
      event
        ? [
            {
              ...{ type: event.type, public: event.data.public, private: event.data.private },
              ...{ actor: event.metadata.actor, seq, version, recordedAt },
            },
          ]
        : [],
    );
  };

  service.serve(readRegistrationHistory, async ({ principal, params, query }) => {
    const facts = await factsOf(principal, params.contractId, query.atLeast);
    const roles = personOf(principal)?.roles ?? [];
    const seesOfficers = roles.some((role) => OFFICERS.includes(role));
    const told = seesOfficers ? facts : factsForParties(facts);
    return { items: [...historyOf(told, seesOfficers)] };
  });

  service.serve(readRegistrationVersions, async ({ principal, params, query }) => {
    const facts = await factsOf(principal, params.contractId, query.atLeast);
    return { items: [...versionsOf(facts)] };
  });
};
