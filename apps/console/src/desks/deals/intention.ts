import type { NegotiationView } from '@jishi/contracts/market/negotiation';
import { useState } from 'react';

/** Names of the organisations of a room, by party. */
export const namesOf = (
  room: Pick<NegotiationView, 'seller' | 'buyer' | 'broker'>,
): ReadonlyMap<string, string> =>
  new Map(
    [room.seller, room.buyer, room.broker]
      .filter((party) => party !== null)
      .map((party) => [party.partyId, party.name]),
  );

/** A command id for one intention: the same until it succeeded, then a new one. */
export const useIntention = (newId: () => string): readonly [string, () => void] => {
  const [id, setId] = useState(newId);
  return [id, () => setId(newId())];
};
