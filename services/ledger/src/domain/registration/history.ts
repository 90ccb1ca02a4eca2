import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type { EventType } from '@jishi/contracts/ledger/events';
import type { HistoryLine, RegistrationVersion } from '@jishi/contracts/ledger/registry';
import type { Instant } from '@jishi/contracts/time';

/** What a line is made of: an event as it was recorded, and its place. */
export interface PastFact {
  readonly type: EventType;
  readonly public: Readonly<Record<string, unknown>>;
  readonly private: Readonly<Record<string, unknown>> | null;
  readonly actor: EventActor;
  readonly seq: number;
  readonly version: number;
  readonly recordedAt: Instant;
}

/** In which part somebody acted follows from what was done. */
const BY: Partial<Record<EventType, HistoryLine['by']>> = {
  ContractSubmitted: 'registrant',
  ReceiptRecorded: 'seller',
  ReceiptConfirmed: 'buyer',
  ContractAmended: 'senior',
  ContractDeregistered: 'senior',
  ContractRevoked: 'senior',
  ReceiptReversed: 'senior',
  PrivatePartErased: 'senior',
};

const textAt = (data: PastFact['public'], key: string): string | null => {
  const value = data[key];
  return typeof value === 'string' ? value : null;
};

/** The one day that each public part carries (`…On`), when it is the day of the act. */
const dayOf = ({ type, public: data }: PastFact): string | null => {
  const keys: Partial<Record<EventType, string>> = {
    ContractSubmitted: 'submittedOn',
    ContractRegistered: 'registeredOn',
    ContractAmended: 'amendedOn',
  };
  const key = keys[type] ?? Object.keys(data).find((name) => name.endsWith('On'));
  return key ? textAt(data, key) : null;
};

const reasonsOf = ({ private: hidden }: PastFact): HistoryLine['reasons'] => {
  const reasons = hidden?.reasons;
  return Array.isArray(reasons) ? (reasons as HistoryLine['reasons']) : [];
};

const PROPOSALS: readonly EventType[] = ['ChangeProposed', 'ReceiptReversalProposed'];
const CONFIRMED: readonly EventType[] = [
  'ContractAmended',
  'ContractDeregistered',
  'ContractRevoked',
  'PrivatePartErased',
];

/** Whether what a fact proposes came to be. A reversal is known by its receipt. */
const isConfirmed = (fact: PastFact, later: readonly PastFact[]): boolean => {
  const changeId = textAt(fact.public, 'changeId');
  const receiptId = textAt(fact.public, 'receiptId');
  const end = later.find((one) =>
    one.type === 'ReceiptReversed'
      ? receiptId !== null && textAt(one.public, 'receiptId') === receiptId
      : textAt(one.public, 'changeId') === changeId,
  );
  return end !== undefined && (end.type === 'ReceiptReversed' || CONFIRMED.includes(end.type));
};

/** What the parties are told: a change once it is confirmed, and nothing of one that never was. */
export const factsForParties = (facts: readonly PastFact[]): readonly PastFact[] =>
  facts.filter((fact, i) => {
    if (fact.type === 'ChangeRejected') return false;
    return !PROPOSALS.includes(fact.type) || isConfirmed(fact, facts.slice(i + 1));
  });

/**
 * Every act of a contract's life. Officers are named (by pseudonym) to the desk alone. A second
 * reviewer is told by what came before.
 */
export const historyOf = (
  facts: readonly PastFact[],
  seesOfficers: boolean,
): readonly HistoryLine[] =>
  facts.map((fact, i) => {
    const second = fact.type === 'ContractRegistered' && facts[i - 1]?.type === 'FirstReviewPassed';
    const by = second ? 'senior' : (BY[fact.type] ?? 'desk');
    const { actor } = fact;
    return {
      ...{ seq: fact.seq, version: fact.version, type: fact.type, recordedAt: fact.recordedAt },
      on: dayOf(fact),
      by: actor.kind === 'person' ? by : 'service',
      userId: actor.kind === 'person' && seesOfficers ? actor.userId : null,
      reasons: reasonsOf(fact),
      changeId: textAt(fact.public, 'changeId'),
      receiptId: textAt(fact.public, 'receiptId'),
    };
  });

/** The facts as registered and after each amendment, oldest first. */
export const versionsOf = (facts: readonly PastFact[]): readonly RegistrationVersion[] =>
  facts.flatMap((fact) => {
    if (fact.type !== 'ContractRegistered' && fact.type !== 'ContractAmended') return [];
    const { contractId: _, registrationNumber: __, valueBand: ___, ...rest } = fact.public;
    const { registeredOn: ____, amendedOn: _____, changeId, amendment, ...open } = rest;
    return [
      {
        amendment: typeof amendment === 'number' ? amendment : 0,
        on: dayOf(fact) ?? '',
        seq: fact.seq,
        changeId: typeof changeId === 'string' ? changeId : null,
        public: open as RegistrationVersion['public'],
        private: fact.private as RegistrationVersion['private'],
      },
    ];
  });
