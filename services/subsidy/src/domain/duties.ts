import type { Id } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';

/** Who has an interest in something, and who has acted on it already. */
export interface Involved {
  /** Parties whose people must keep out: of the contract, or the payees of a batch. */
  readonly partyIds: readonly Id[];
  /** People who did an earlier step: accepted, registered, verified, decided, prepared. */
  readonly userIds: readonly Id[];
}

/**
 * Refuses a person who acted before (`duties-not-separated`) or whose organisation is a party
 * (`conflict-of-interest`); in this order when both are so. The database refuses the first again.
 */
export const requireSeparateDuty = (person: Person, involved: Involved): void => {
  if (involved.userIds.includes(person.userId)) throw new Refusal('duties-not-separated');
  if (person.partyId !== null && involved.partyIds.includes(person.partyId)) {
    throw new Refusal('conflict-of-interest');
  }
};
