import type { EventActor } from '@jishi/contracts/ledger/envelope';
import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import type { EVENT_PRIVATE, EventPrivateOf, EventType } from '@jishi/contracts/ledger/events';
import { REGISTRATION_REASONS } from './reasons.ts';

/**
 * What is left of private facts when they are erased. Ids, amounts, dates, codes and hashes stay,
 * so that decisions, index, subsidy and rebuilds go on to the fen; the names of persons and every
 * free text go. An organisation's name is a public fact and stays.
 */

/** How a value is redacted: kept, a text, a party, a reason's code, or field by field. */
export type Redaction =
  | 'keep'
  | 'text'
  | 'party'
  | 'reason-code'
  | readonly [Redaction]
  | { readonly [field: string]: Redaction };

/** A private part of the contract's stream that is still there, in the schema of its day. */
export interface PrivatePartOf {
  readonly seq: number;
  readonly type: EventType;
  readonly actor: EventActor;
  readonly facts: Readonly<Record<string, unknown>> | null;
}

const keep = 'keep';

const FORM: Redaction = {
  ...{ ipKinds: keep, patentNumbers: ['text'], planSource: keep, socioEconomicGoal: keep },
  ...{ paymentMethod: keep, validFrom: keep, validTo: keep, sellerNature: keep, buyerNature: keep },
  ...{ sellerCountry: keep, buyerCountry: keep, newInvestmentFen: keep, newOutputFen: keep },
};

const CONTRACT: Redaction = {
  ...{ title: 'text', listingId: keep, needId: keep, seller: 'party', buyer: 'party' },
  ...{ broker: 'party', contractValueFen: keep, technologyValueFen: keep },
  ...{ contractTextHash: keep, form: FORM, origin: keep },
  attachments: [{ kind: keep, sha256: keep }],
};

const REASONS: Redaction = { reasons: [{ code: 'reason-code', note: 'text' }] };

const RECEIPT: Redaction = {
  ...{ amountFen: keep, receivedOn: keep, evidenceHash: keep, bankReference: 'text' },
};

/** Every field of every private part: one that is not named here stops the erasure. */
export const REDACTIONS: Readonly<Record<keyof typeof EVENT_PRIVATE, Redaction>> = {
  ContractSubmitted: CONTRACT,
  ContractRegistered: CONTRACT,
  ContractAmended: CONTRACT,
  SupplementRequested: REASONS,
  RegistrationRefused: REASONS,
  ChangeProposed: { ...REASONS, amended: { public: keep, private: CONTRACT } },
  ChangeRejected: REASONS,
  ContractDeregistered: REASONS,
  ContractRevoked: REASONS,
  ReceiptReversalProposed: REASONS,
  ReceiptReversed: REASONS,
  ReceiptRecorded: RECEIPT,
  ReceiptVerified: RECEIPT,
  /** Redacted already when it was made. */
  PrivatePartErased: { kept: keep },
  RegisteredListIssued: { contractIds: keep },
};

export const PARTY: Redaction = {
  ...{ partyId: keep, key: keep, name: 'text', nature: keep, district: keep },
};
const ORGANISATION: Redaction = { ...PARTY, name: keep };

type Facts = Readonly<Record<string, unknown>>;

const isPerson = ({ key, nature }: Facts): boolean =>
  nature === 'person' || (key as Facts | undefined)?.kind === 'person';

/** A code that is not of the published list is somebody's own words. */
const isListed = (code: unknown): boolean => REGISTRATION_REASONS.some((one) => one.code === code);

const redactValue = (rule: Redaction, value: unknown, path: string): unknown => {
  if (rule === 'keep' || value === null || value === undefined) return value;
  if (rule === 'text') return value === '' ? '' : ERASED_TEXT;
  if (rule === 'reason-code') return isListed(value) ? value : 'other';
  if (rule === 'party') {
    return redactValue(isPerson(value as Facts) ? PARTY : ORGANISATION, value, path);
  }
  if (Array.isArray(rule)) {
    const [of] = rule as readonly [Redaction];
    return (value as readonly unknown[]).map((one, i) => redactValue(of, one, `${path}.${i}`));
  }
  const fields = rule as { readonly [field: string]: Redaction };
  return Object.fromEntries(
    Object.entries(value as Facts).map(([name, one]) => {
      const own = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (own === undefined) throw new Error(`${path}.${name} has no rule of redaction`);
      return [name, redactValue(own, one, `${path}.${name}`)];
    }),
  );
};

const hasRule = (type: EventType): type is keyof typeof REDACTIONS => type in REDACTIONS;

/** Facts in whichever schema they were recorded: redacting again changes nothing. */
export const redact = (type: EventType, facts: Facts): Facts => {
  if (!hasRule(type)) throw new Error(`${type} has no private facts`);
  return redactValue(REDACTIONS[type], facts, type) as Facts;
};

/** The same, of facts as the contract of today types them. */
export const redactFacts = <T extends keyof typeof EVENT_PRIVATE>(
  type: T,
  facts: EventPrivateOf<T>,
): EventPrivateOf<T> => redact(type, facts as Facts) as EventPrivateOf<T>;
