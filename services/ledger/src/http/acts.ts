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
import type { Submission } from '@jishi/contracts/ledger/registration';
import { yearOf } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { type ListingFact, listingDecider, listingStreamOf } from '../domain/listing/listing.ts';
import type { By } from '../domain/registration/commands.ts';
import {
  needsSecondReview,
  pointFor,
  regimeByKey,
  registrationNumber,
} from '../domain/registration/regime.ts';
import type { Registration } from '../domain/registration/registration.ts';
import { numberIsNeeded } from '../domain/registration/review.ts';
import { splitWith } from '../domain/registration/split.ts';
import { REGISTRATIONS_CURSOR } from '../process/project-registrations.ts';
import { drawSerials } from '../store/counter.ts';
import { handleCommand } from '../store/event-store.ts';
import { waitForCursor } from '../store/log/follow.ts';
import { readSamePairs } from '../store/pairs.ts';
import { type ActsDeps, actOn } from './act-on.ts';
import { actingOf, issuedBy } from './caller.ts';

/**
 * What is hashed of a submission: without form and attachments where there are none, as it was
 * hashed before they existed. A delivery that is tried again after an upgrade is still the same.
 */
const asSubmitted = (submission: Submission): unknown => {
  const { form, attachments, ...rest } = submission.private;
  const more = { ...(form ? { form } : {}), ...(attachments.length > 0 ? { attachments } : {}) };
  return { ...submission, private: { ...rest, ...more } };
};

/** POST /registrations and /listing-events: from market alone, in the name of a person. */
const serveFromMarket = (service: Service, deps: ActsDeps): void => {
  service.serve(submitContract, ({ principal, body }) => {
    const { contractId, public: open, private: hidden } = body.submission;
    const data = { contractId, public: open, private: hidden };
    return actOn(deps, {
      ...{ principal, contractId, commandId: body.commandId, name: 'submit' },
      content: asSubmitted(body.submission),
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
 * With which contracts this one is split. The view is waited for as far as this contract's own
 * stream: so the last of a pair's contracts to be accepted sees all the others, and they can never
 * all be registered by one person each.
 */
const findSplit = async (
  { rules, views }: ActsDeps,
  state: Registration,
  seq: number,
): Promise<readonly string[]> => {
  if (state.status !== 'accepted') return [];
  const regime = regimeByKey(rules, state.regime);
  if (needsSecondReview(regime, state.private)) return [];
  await waitForCursor(views, REGISTRATIONS_CURSOR, seq);
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
      command: async (by, state, seq) => {
        const split = await findSplit(deps, state, seq);
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
