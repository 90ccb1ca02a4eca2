import {
  acceptRegistration,
  approveRegistration,
  confirmReceipt,
  confirmSecondReview,
  recordListingEvent,
  recordReceipt,
  refuseRegistration,
  returnRegistration,
  submitContract,
  verifyReceipt,
} from '@jishi/contracts/ledger/endpoints';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock, yearOf } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Kysely } from 'kysely';
import { type ListingFact, listingDecider, listingStreamOf } from '../domain/listing/listing.ts';
import type { By, RegistrationCommand } from '../domain/registration/commands.ts';
import { registrationDecider } from '../domain/registration/decider.ts';
import {
  needsSecondReview,
  pointFor,
  regimeByKey,
  registrationNumber,
} from '../domain/registration/regime.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import type { Registration, RegistrationEvent } from '../domain/registration/registration.ts';
import { numberIsNeeded } from '../domain/registration/review.ts';
import { splitWith } from '../domain/registration/split.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { drawSerials } from '../store/counter.ts';
import type { LedgerTables } from '../store/database.ts';
import { type EventStoreDependencies, handleCommand } from '../store/event-store.ts';
import { readHead } from '../store/head.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readSamePairs } from '../store/pairs.ts';
import { actingOf, isInSight, issuedBy, sightOf } from './caller.ts';

export interface ActsDeps {
  readonly store: EventStoreDependencies;
  readonly rules: RegistrationRules;
  readonly clock: Clock;
  readonly views: Kysely<LedgerTables>;
}

/** An act on one contract, before it is known what the contract's state is. */
interface Asked {
  readonly principal: Principal | undefined;
  readonly contractId: string;
  readonly commandId: string;
  readonly name: string;
  /** Hashed: the same id with another content is refused. */
  readonly content: unknown;
  /** The version that the person saw; receipts and submissions have none. */
  readonly version?: number;
  readonly command: (
    by: By,
    state: Registration,
  ) => RegistrationCommand | Promise<RegistrationCommand>;
}

/** The stream of a contract; everything about it, receipts included, is in it. */
export const contractStreamOf = (contractId: string): string => `contract-${contractId}`;

/** A contract that a person does not see answers like a missing one, before anything else. */
const requireSight = (principal: Principal | undefined, state: Registration): void => {
  if (state.status === 'none') return;
  const sight = principal?.kind === 'service' ? { all: true as const } : sightOf(principal);
  if (!isInSight(sight, state)) throw new Refusal('not-found');
};

const actOn = async ({ store, rules, clock }: ActsDeps, asked: Asked) => {
  const { decide, evolve, initialState } = registrationDecider(rules);
  const { principal, contractId, commandId, name, content, version, command } = asked;
  const handle = async (state: Registration): Promise<RegistrationEvent[]> => {
    requireSight(principal, state);
    const by = { ...actingOf(principal), today: businessDay(clock()) };
    const events = decide(await command(by, state), state);
    return Array.isArray(events) ? events : [events];
  };
  const issued = issuedBy(principal, commandId, name, [contractId, content]);
  const written = await handleCommand<Registration, RegistrationEvent>(store, issued, {
    ...{ stream: contractStreamOf(contractId), evolve, initialState, handle },
    ...(version === undefined ? {} : { expectedVersion: version }),
  });
  return { contractId, ...written };
};

/** POST /registrations and /listing-events: from market alone, in the name of a person. */
const serveFromMarket = (service: Service, deps: ActsDeps): void => {
  service.serve(submitContract, ({ principal, body }) => {
    const { contractId, public: open, private: hidden } = body.submission;
    const data = { contractId, public: open, private: hidden };
    return actOn(deps, {
      ...{ principal, contractId, commandId: body.commandId, name: 'submit' },
      content: body.submission,
      command: (by, state) => ({
        type: state.status === 'returned' ? 'ResubmitContract' : 'SubmitContract',
        data: { ...data, by },
      }),
    });
  });

  service.serve(recordListingEvent, async ({ principal, body }) => {
    const fact = body.event as ListingFact;
    const issued = issuedBy(principal, body.commandId, 'listing-event', fact);
    const { decide, evolve, initialState } = listingDecider;
    const { seq } = await handleCommand(deps.store, issued, {
      ...{ stream: listingStreamOf(fact), evolve, initialState },
      handle: (state) => {
        const by = actingOf(principal);
        const events = decide({ type: 'RecordListingEvent', data: { fact, by } }, state);
        return Array.isArray(events) ? events : [events];
      },
    });
    return { seq };
  });
};

/** Draws a number of the registrant's point when this act will register, and none otherwise. */
const drawNumber = async (
  { store, rules }: ActsDeps,
  by: By,
  state: Registration,
  splitWith: readonly string[] = [],
): Promise<string | null> => {
  if (state.status === 'none' || !numberIsNeeded(state, rules, splitWith)) return null;
  const year = yearOf(by.today);
  const { code } = pointFor(rules, state.public.sellerDistrict);
  return registrationNumber(year, code, await drawSerials(store.db, code, year));
};

/**
 * With which contracts this one is split. Every submission that the log has is looked at: the view
 * first comes as far as the log is now.
 */
const findSplit = async (
  { store, rules, views }: ActsDeps,
  state: Registration,
): Promise<readonly string[]> => {
  if (state.status !== 'accepted') return [];
  const regime = regimeByKey(rules, state.regime);
  if (needsSecondReview(regime, state.private)) return [];
  const head = await readHead(store.db);
  await waitForCursor(views, REGISTRATIONS_CURSOR, head.seq);
  const { contractId, public: open, private: hidden } = state;
  const others = (await readSamePairs(views, [contractId])).get(contractId) ?? [];
  const { contractValueFen, technologyValueFen } = hidden;
  const own = { contractId, signedOn: open.signedOn, contractValueFen, technologyValueFen };
  return splitWith(rules, regime, own, others);
};

/** The desk's acts: accept, return, approve, second review, refuse. */
const serveDesk = (service: Service, deps: ActsDeps): void => {
  service.serve(acceptRegistration, ({ principal, params, body }) =>
    actOn(deps, {
      ...{ principal, ...params, ...body, name: 'accept', content: body },
      command: (by) => ({ type: 'AcceptRegistration', data: { by } }),
    }),
  );
  service.serve(returnRegistration, ({ principal, params, body }) =>
    actOn(deps, {
      ...{ principal, ...params, ...body, name: 'return', content: body },
      command: (by) => ({ type: 'ReturnRegistration', data: { by, reasons: body.reasons } }),
    }),
  );
  service.serve(refuseRegistration, ({ principal, params, body }) =>
    actOn(deps, {
      ...{ principal, ...params, ...body, name: 'refuse', content: body },
      command: (by) => ({ type: 'RefuseRegistration', data: { by, reasons: body.reasons } }),
    }),
  );
  service.serve(approveRegistration, ({ principal, params, body }) =>
    actOn(deps, {
      ...{ principal, ...params, ...body, name: 'approve', content: body },
      command: async (by, state) => {
        const split = await findSplit(deps, state);
        const registrationNumber =
          state.status === 'accepted' ? await drawNumber(deps, by, state, split) : null;
        return {
          type: 'ApproveRegistration',
          data: { by, registrationNumber, splitWith: split },
        };
      },
    }),
  );
  service.serve(confirmSecondReview, ({ principal, params, body }) =>
    actOn(deps, {
      ...{ principal, ...params, ...body, name: 'second-review', content: body },
      command: async (by, state) => ({
        type: 'ConfirmSecondReview',
        data: {
          by,
          registrationNumber:
            state.status === 'first-reviewed' ? await drawNumber(deps, by, state) : null,
        },
      }),
    }),
  );
};

/** 到账: the seller records, the buyer confirms, a registrar verifies. */
const serveReceipts = (service: Service, deps: ActsDeps): void => {
  service.serve(recordReceipt, ({ principal, params, body }) => {
    const { commandId, receiptId, amountFen, receivedOn, evidenceHash, bankReference } = body;
    const content = { amountFen, receivedOn, evidenceHash, bankReference };
    return actOn(deps, {
      ...{ principal, ...params, commandId, name: 'record-receipt', content: body },
      command: (by) => ({ type: 'RecordReceipt', data: { by, receiptId, content } }),
    });
  });
  service.serve(confirmReceipt, ({ principal, params: { contractId, receiptId }, body }) =>
    actOn(deps, {
      ...{ principal, contractId, ...body, name: 'confirm-receipt', content: receiptId },
      command: (by) => ({ type: 'ConfirmReceipt', data: { by, receiptId } }),
    }),
  );
  service.serve(verifyReceipt, ({ principal, params: { contractId, receiptId }, body }) =>
    actOn(deps, {
      ...{ principal, contractId, ...body, name: 'verify-receipt', content: receiptId },
      command: (by) => ({ type: 'VerifyReceipt', data: { by, receiptId } }),
    }),
  );
};

export const serveActs = (service: Service, deps: ActsDeps): void => {
  serveFromMarket(service, deps);
  serveDesk(service, deps);
  serveReceipts(service, deps);
};
