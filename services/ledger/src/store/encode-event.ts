import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import { EVENT_DATA, EVENT_PRIVATE, type EventType } from '@jishi/contracts/ledger/events';
import type { Instant } from '@jishi/contracts/time';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { Claim, NewEvent } from './log/append.ts';

export type AnyLedgerEvent = LedgerEvent<EventType>;

const hasPrivate = (type: string): type is keyof typeof EVENT_PRIVATE => type in EVENT_PRIVATE;

/** Where ids, salts and times come from: arguments, so that tests and seeding own them. */
export interface EventSources {
  readonly newId: () => string;
  /** 32 random bytes. */
  readonly newSalt: () => Buffer;
  readonly now: () => Instant | null;
}

/** Who acted and the private facts; nothing when a service acted and there are none. */
const privateText = ({ metadata: { actor } }: AnyLedgerEvent, facts: object | null) =>
  actor.kind === 'service' && facts === null ? null : JSON.stringify({ actor, facts });

/** Parses an event by the contract and gives it its bytes: what is hashed is what was checked. */
export const encodeEvent = (event: AnyLedgerEvent, sources: EventSources): NewEvent => {
  const data = EVENT_DATA[event.type].parse(event.data.public);
  const facts = hasPrivate(event.type) ? EVENT_PRIVATE[event.type].parse(event.data.private) : null;
  const { actor } = event.metadata;
  const body = privateText(event, facts);
  return {
    type: event.type,
    schema: EVENT_SCHEMA[event.type],
    id: sources.newId(),
    actor: actor.kind === 'person' ? { kind: 'person' } : actor,
    data: JSON.stringify(data),
    private: body === null ? null : { salt: sources.newSalt(), body },
    recordedAt: sources.now(),
  };
};

/** What an event claims for its stream alone, over the whole log. */
export const claimsOf = (event: AnyLedgerEvent): Claim[] => {
  switch (event.type) {
    case 'ContractSubmitted':
      return [{ kind: 'contract-text', key: event.data.private.contractTextHash }];
    case 'ContractRegistered':
      return [{ kind: 'registration-number', key: event.data.public.registrationNumber }];
    case 'ReceiptRecorded':
      return [{ kind: 'evidence', key: event.data.private.evidenceHash }];
    default:
      return [];
  }
};
