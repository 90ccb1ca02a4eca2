import { createHash } from 'node:crypto';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Acting } from '../domain/ledger-event.ts';
import { ONLOOKER, PARTY, type Reader } from '../domain/registration/view.ts';
import type { Issued } from '../store/answers.ts';

/** The person behind a call: the caller, or the one for whom a service acts. */
export const personOf = (principal: Principal | undefined): Person | null => {
  if (!principal) return null;
  return principal.kind === 'person' ? principal : principal.actor;
};

/** Whose name goes into the event: the person, also when a service acts for one. */
export const actingOf = (principal: Principal | undefined): Acting => {
  const person = personOf(principal);
  if (person) {
    const { userId, organisationId, partyId } = person;
    return { actor: { kind: 'person', userId, organisationId }, partyId };
  }
  if (principal?.kind !== 'service') throw new Refusal('not-signed-in');
  return { actor: { kind: 'service', service: principal.service }, partyId: null };
};

/** A command id belongs to the caller's organisation: another's id never answers with content. */
export const issuedBy = (
  principal: Principal | undefined,
  commandId: string,
  name: string,
  asked: unknown,
): Issued => {
  const { actor } = actingOf(principal);
  return {
    org: actor.kind === 'person' ? actor.organisationId : `service:${actor.service}`,
    id: commandId,
    hash: createHash('sha256')
      .update(JSON.stringify([name, asked]))
      .digest(),
  };
};

const DESK: readonly string[] = ['registrar', 'senior-registrar'];

/** Officers of the desk are told what they may do; and they alone see who did what. */
export const readerOf = (principal: Principal | undefined): Reader => {
  const person = personOf(principal);
  if (!person) return principal ? ONLOOKER : PARTY;
  const { userId, roles } = person;
  if (roles.some((role) => DESK.includes(role))) return { userId, seesProposals: true };
  return roles.includes('auditor') ? ONLOOKER : PARTY;
};

/**
 * The party in whose name a person reads and acts. Anybody can sign up with any company's credit
 * code: until somebody has checked who stands behind the organisation, it is no party here.
 */
const partyOf = ({ partyId, organisationVerified }: Person): string | null =>
  organisationVerified === true ? partyId : null;

/** The party in whose name the person behind a call reads; null: none. */
export const partyIn = (principal: Principal | undefined): string | null => {
  const person = personOf(principal);
  return person && partyOf(person);
};

/** Which registrations a caller sees: all, those of a party, or none. */
export type Sight =
  | { readonly all: true }
  | { readonly all: false; readonly partyId: string | null };

export const sightOf = (principal: Principal | undefined): Sight => {
  const person = personOf(principal);
  if (!person) return principal ? { all: true } : { all: false, partyId: null };
  if (person.roles.some((role) => DESK.includes(role) || role === 'auditor')) return { all: true };
  return { all: false, partyId: partyOf(person) };
};

interface WithParties {
  readonly private: {
    readonly seller: { readonly partyId: string };
    readonly buyer: { readonly partyId: string };
    readonly broker: { readonly partyId: string } | null;
  };
}

export const isInSight = (sight: Sight, record: WithParties): boolean => {
  if (sight.all) return true;
  if (sight.partyId === null) return false;
  const { seller, buyer, broker } = record.private;
  return [seller.partyId, buyer.partyId, broker?.partyId].includes(sight.partyId);
};
