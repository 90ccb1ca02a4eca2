import type { PendingChange, RegistrationView } from '@jishi/contracts/ledger/registration';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { type ClockFacts, regimeOf, reviewClock } from './clock.ts';
import type { RegistrationDocument } from './document.ts';
import { needsSecondReview } from './regime.ts';
import type { RegistrationRules } from './regimes.ts';

export const clockFactsOf = (document: RegistrationDocument): ClockFacts => ({
  status: document.status,
  signedOn: document.public.signedOn,
  submittedOn: document.submittedOn,
  acceptedOn: document.acceptedOn,
  acceptedBefore: document.acceptedBefore,
  regime: document.regime,
  values: document.reviewedValues,
  decidedOn: document.decidedOn,
});

/** Who looks: an officer is told what they may do next; a party is not (null). */
export interface Reader {
  readonly userId: string | null;
  /** What is only proposed is for the desk and the auditor, until it is confirmed. */
  readonly seesProposals: boolean;
}

export const PARTY: Reader = { userId: null, seesProposals: false };
/** Reads all that the desk reads, and acts on nothing. */
export const ONLOOKER: Reader = { userId: null, seesProposals: true };

/** A change that waits, as a reader sees it. */
export const pendingChangeOf = (
  { pendingChange, handledBy, receipts }: RegistrationDocument,
  rules: RegistrationRules,
  { userId, seesProposals }: Reader,
): PendingChange | null => {
  if (!pendingChange || !seesProposals) return null;
  const { proposedBy, ...pending } = pendingChange;
  const receipt = receipts.find(({ receiptId }) => receiptId === pending.receiptId);
  const involved = [proposedBy, ...(receipt ?? { handledBy }).handledBy];
  return {
    ...pending,
    expiresOn: addDays(pending.proposedOn, rules.proposalDays.value),
    mine: userId !== null && proposedBy === userId,
    mayConfirm: userId !== null && !involved.includes(userId),
  };
};

/** As people see it on a day: the legal clock, and whether a second review is due. */
export const viewOfDocument = (
  document: RegistrationDocument,
  rules: RegistrationRules,
  today: LocalDate,
  { splitWith, reader }: { readonly splitWith: readonly string[]; readonly reader: Reader },
): RegistrationView => {
  const { submittedBy: _, acceptedBefore: __, decidedOn: ___, handledBy: ____, ...rest } = document;
  const { firstReviewer: _____, reviewedValues, ...shown } = rest;
  const facts = clockFactsOf(document);
  const clock = reviewClock(rules, facts, today);
  const second = needsSecondReview(regimeOf(rules, facts), reviewedValues);
  return {
    ...shown,
    dueOn: clock?.dueOn ?? null,
    needsSecondReview: second || splitWith.length > 0,
    clock,
    pendingChange: pendingChangeOf(document, rules, reader),
    receipts: document.receipts.map(
      ({ receiptId, status, amountFen, receivedOn, evidenceHash, bankReference }) => ({
        ...{ receiptId, status, amountFen, receivedOn, evidenceHash, bankReference },
      }),
    ),
  };
};
