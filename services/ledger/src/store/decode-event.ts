import type { Envelope, EventActor } from '@jishi/contracts/ledger/envelope';
import type { EventType, PrivatePart } from '@jishi/contracts/ledger/events';
import { upcast } from './upcast.ts';

/** A recorded event as deciders and read models take it. */
export interface DecodedEvent {
  readonly type: EventType;
  readonly data: {
    readonly public: Record<string, unknown>;
    readonly private: Record<string, unknown> | null;
  };
  readonly metadata: { readonly actor: EventActor };
}

const actorOf = (envelope: Envelope, hidden: PrivatePart | null): EventActor => {
  if (hidden) return hidden.actor;
  if (envelope.actor.kind === 'service') return envelope.actor;
  throw new Error(`event ${envelope.seq}: a person without a private part`);
};

/**
 * Reads our own hashed bytes, which were parsed by the contract when they were written. The private
 * text may be what is left of an erased one; null when there is not even that.
 */
export const decodeEvent = (
  envelope: Envelope,
  privateText: string | null,
): DecodedEvent | null => {
  if (envelope.commit !== null && privateText === null) return null;
  const hidden = privateText === null ? null : (JSON.parse(privateText) as PrivatePart);
  const content = upcast({
    type: envelope.type,
    schema: envelope.schema,
    public: envelope.data,
    private: hidden?.facts ?? null,
  });
  return {
    type: content.type,
    data: { public: content.public, private: content.private },
    metadata: { actor: actorOf(envelope, hidden) },
  };
};
