import type { QueueRow, RegisteredRow, SystemCheck } from '@jishi/contracts/ledger/registry';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import type { LocalDate } from '@jishi/contracts/time';
import { countOk, systemChecks } from '../domain/registration/checks.ts';
import { reviewClock } from '../domain/registration/clock.ts';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import { sideOf } from '../domain/registration/list.ts';
import type { RegistrationRules } from '../domain/registration/regimes.ts';
import { splitOfDocument } from '../domain/registration/split.ts';
import {
  clockFactsOf,
  pendingChangeOf,
  type Reader,
  viewOfDocument,
} from '../domain/registration/view.ts';
import type { Claim } from '../store/claims.ts';
import type { SamePair } from '../store/pairs.ts';

/** Rows of the desk's lists, made of documents and of what stands beside them. */

const party = ({ partyId, name }: { partyId: string; name: string }) => ({ partyId, name });

const rowOf = (document: RegistrationDocument) => {
  const { public: open, private: hidden } = document;
  return {
    ...{ contractId: document.contractId, status: document.status, version: document.version },
    ...{ title: hidden.title, contractType: open.contractType },
    ...{ contractSubType: open.contractSubType, fieldCode: open.fieldCode },
    sellerDistrict: open.sellerDistrict,
    ...{ seller: party(hidden.seller), buyer: party(hidden.buyer) },
    contractValueFen: hidden.contractValueFen,
    technologyValueFen: hidden.technologyValueFen,
    ...{ signedOn: open.signedOn, submittedOn: document.submittedOn },
  };
};

export const claimView = (claim: Claim | undefined, { userId }: Reader) =>
  claim
    ? { userId: claim.userId, mine: claim.userId === userId, claimedAt: claim.claimedAt }
    : null;

export interface Desk {
  readonly rules: RegistrationRules;
  readonly today: LocalDate;
  readonly reader: Reader;
}

/** A contract with the others of its pair and who has it. */
export interface Case {
  readonly document: RegistrationDocument;
  readonly neighbours: readonly SamePair[];
  readonly claim: Claim | undefined;
}

export const splitOfCase = ({ rules }: Desk, { document, neighbours }: Case) =>
  splitOfDocument(rules, document, neighbours);

export const checksOfCase = (desk: Desk, one: Case): readonly SystemCheck[] =>
  systemChecks({
    ...{ contractId: one.document.contractId, public: one.document.public },
    ...{ private: one.document.private, today: desk.today, rules: desk.rules },
    ...{ neighbours: one.neighbours, splitWith: splitOfCase(desk, one) },
  });

export const queueRow = (desk: Desk, one: Case): QueueRow => {
  const { document } = one;
  const { rules, today, reader } = desk;
  const splitWith = [...splitOfCase(desk, one)];
  const view = viewOfDocument(document, rules, today, { splitWith, reader });
  return {
    ...rowOf(document),
    submissions: document.submissions,
    clock: reviewClock(rules, clockFactsOf(document), today),
    needsSecondReview: view.needsSecondReview,
    splitWith,
    checks: countOk(checksOfCase(desk, one)),
    claim: claimView(one.claim, reader),
  };
};

const standingOf = ({ status, amendment }: RegistrationDocument): RegisteredRow['standing'] => {
  if (status === 'deregistered' || status === 'revoked') return status;
  return amendment > 0 ? 'amended' : 'registered';
};

export const registeredRow = (
  { rules, reader }: Desk,
  one: RegistrationDocument,
): RegisteredRow => {
  const { registrationNumber, registeredOn } = one;
  if (registrationNumber === null || registeredOn === null) throw new Refusal('not-found');
  return {
    ...rowOf(one),
    ...{ registrationNumber, registeredOn, standing: standingOf(one) },
    amendment: one.amendment,
    pendingChange: pendingChangeOf(one, rules, reader),
    side: sideOf(rules, one.private.contractValueFen),
  };
};

const SEPARATOR = '~';

/** Where a page ended: a date and an id, as the caller sends them back. */
export const cursorOf = (day: string, id: string): string => `${day}${SEPARATOR}${id}`;

const CURSOR = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/;

export const readCursor = (text: string | undefined): readonly [string, string] | null => {
  if (text === undefined) return null;
  const [, day, id] = CURSOR.exec(text) ?? [];
  if (day === undefined || id === undefined) {
    throw refuseField('invalid-input', 'after', 'cursor', '翻页标记有误', 'Not a page marker');
  }
  return [day, id];
};
