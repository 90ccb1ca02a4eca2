import type { Event } from '@event-driven-io/emmett';
import type { EventActor } from '@jishi/contracts/ledger/envelope';
import type { EventDataOf, EventPrivateOf, EventType } from '@jishi/contracts/ledger/events';

/** An event as deciders make and read it: the public part, the private part, and who did it. */
export type LedgerEvent<T extends EventType> = T extends EventType
  ? Event<T, { public: EventDataOf<T>; private: EventPrivateOf<T> }, { readonly actor: EventActor }>
  : never;

/** Who acts: the pseudonymous actor, and the party that the person's organisation is. */
export type Acting = {
  readonly actor: EventActor;
  readonly partyId: string | null;
};

export const isSamePerson = (a: EventActor | null, b: EventActor | null): boolean =>
  a?.kind === 'person' && b?.kind === 'person' && a.userId === b.userId;

/** Whether two contents are the same, whatever the order of their keys. */
export const isSameContent = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  const other = b as Record<string, unknown>;
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => isSameContent((a as Record<string, unknown>)[key], other[key]))
  );
};
