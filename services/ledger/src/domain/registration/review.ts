import type { ValueBand } from '@jishi/contracts/ledger/events';
import { Refusal } from '@jishi/contracts/problem';
import { isSamePerson, type LedgerEvent } from '../ledger-event.ts';
import type {
  AcceptRegistration,
  ApproveRegistration,
  By,
  ConfirmSecondReview,
  RefuseRegistration,
  ReturnRegistration,
} from './commands.ts';
import { needsSecondReview, regimeByKey, regimeFor } from './regime.ts';
import type { RegistrationRules } from './regimes.ts';
import type { Known, Registration, RegistrationEvent } from './registration.ts';

const MILLION_YUAN_FEN = 100_000_000n;

/** Band of the contract value in yuan: the lower bound belongs to the band. */
export const valueBandOf = (contractValueFen: string): ValueBand => {
  const millions = BigInt(contractValueFen) / MILLION_YUAN_FEN;
  if (millions < 1n) return 'below-1m';
  if (millions < 5n) return '1m-5m';
  if (millions < 10n) return '5m-10m';
  if (millions < 100n) return '10m-100m';
  return 'from-100m';
};

/** A registrar may not act on a contract of the own organisation, or on one they submitted. */
export const requireIndependent = (by: By, state: Known): void => {
  const { seller, buyer, broker } = state.private;
  const parties = [seller.partyId, buyer.partyId, broker?.partyId];
  const ownParty = by.partyId !== null && parties.includes(by.partyId);
  const submitter = state.submittedBy;
  const ownOrganisation =
    by.actor.kind === 'person' &&
    submitter.kind === 'person' &&
    by.actor.organisationId === submitter.organisationId;
  if (ownParty || ownOrganisation) throw new Refusal('duties-not-separated');
};

/** Guards of every review step, in this order: missing, already so, state, separation. */
const inReview = <S extends Known['status']>(
  state: Registration,
  by: By,
  from: readonly S[],
): Extract<Known, { status: S }> => {
  if (state.status === 'none') throw new Refusal('not-found');
  if (!(from as readonly string[]).includes(state.status)) throw new Refusal('registration-state');
  requireIndependent(by, state);
  return state as Extract<Known, { status: S }>;
};

/** 受理. Refusals in order: not-found, registration-state, duties-not-separated. */
export const accept = (
  { data: { by } }: AcceptRegistration,
  state: Registration,
  rules: RegistrationRules,
): RegistrationEvent[] => {
  if (state.status === 'accepted') return [];
  const { contractId, public: open, submittedOn } = inReview(state, by, ['submitted']);
  const acceptedOn = by.today;
  const regime = regimeFor(rules, { signedOn: open.signedOn, submittedOn, acceptedOn });
  return [
    {
      type: 'ContractAccepted',
      data: { public: { contractId, acceptedOn, regime: regime.key }, private: null },
      metadata: { actor: by.actor },
    },
  ];
};

/** 退回补正, before or during the review. Refusals in the order of accept. */
export const returnForSupplement = (
  { data, data: { by } }: ReturnRegistration,
  state: Registration,
): RegistrationEvent[] => {
  if (state.status === 'returned') return [];
  const { contractId } = inReview(state, by, ['submitted', 'accepted', 'first-reviewed']);
  return [
    {
      type: 'SupplementRequested',
      data: {
        public: { contractId, returnedOn: by.today },
        private: { reasons: data.reasons },
      },
      metadata: { actor: by.actor },
    },
  ];
};

/** 不予登记. Refusals in the order of accept. */
export const refuse = (
  { data, data: { by } }: RefuseRegistration,
  state: Registration,
): RegistrationEvent[] => {
  if (state.status === 'refused') return [];
  const { contractId } = inReview(state, by, ['submitted', 'accepted', 'first-reviewed']);
  return [
    {
      type: 'RegistrationRefused',
      data: {
        public: { contractId, refusedOn: by.today },
        private: { reasons: data.reasons },
      },
      metadata: { actor: by.actor },
    },
  ];
};

/** Repeats every fact of the contract: whoever reads one event knows all of it. */
const registered = (
  state: Known,
  by: By,
  registrationNumber: string | null,
): LedgerEvent<'ContractRegistered'> => {
  if (registrationNumber === null) throw new Error('no registration number was drawn');
  return {
    type: 'ContractRegistered',
    data: {
      public: {
        ...state.public,
        contractId: state.contractId,
        registrationNumber,
        registeredOn: by.today,
        valueBand: valueBandOf(state.private.contractValueFen),
      },
      private: state.private,
    },
    metadata: { actor: by.actor },
  };
};

/** Whether an approval in this state registers; then a number must be drawn before it. */
export const numberIsNeeded = (
  state: Registration,
  rules: RegistrationRules,
  splitWith: readonly string[] = [],
): boolean =>
  state.status === 'first-reviewed' ||
  (state.status === 'accepted' &&
    splitWith.length === 0 &&
    !needsSecondReview(regimeByKey(rules, state.regime), state.private));

/**
 * 审核通过: registers below the regime's threshold; at or over it (≥), or when it is split off from
 * other contracts of the two parties, it passes to the second review.
 * Asked again by the same first reviewer: no events. Refusals in the order of accept.
 */
export const approve = (
  { data, data: { by } }: ApproveRegistration,
  state: Registration,
  rules: RegistrationRules,
): RegistrationEvent[] => {
  if (state.status === 'registered') return [];
  if (state.status === 'first-reviewed' && isSamePerson(state.firstReviewer, by.actor)) return [];
  const accepted = inReview(state, by, ['accepted']);
  if (numberIsNeeded(accepted, rules, data.splitWith)) {
    return [registered(accepted, by, data.registrationNumber)];
  }
  return [
    {
      type: 'FirstReviewPassed',
      data: {
        public: { contractId: accepted.contractId, reviewedOn: by.today },
        private: null,
      },
      metadata: { actor: by.actor },
    },
  ];
};

/** 二次审核通过, by another person than the first. Refusals in the order of accept. */
export const confirmSecond = (
  { data, data: { by } }: ConfirmSecondReview,
  state: Registration,
): RegistrationEvent[] => {
  if (state.status === 'registered') return [];
  const reviewed = inReview(state, by, ['first-reviewed']);
  if (isSamePerson(reviewed.firstReviewer, by.actor)) throw new Refusal('duties-not-separated');
  return [registered(reviewed, by, data.registrationNumber)];
};
