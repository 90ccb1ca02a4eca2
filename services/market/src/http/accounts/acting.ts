import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Role } from '@jishi/contracts/roles';
import { loadStanding, personOf, type Standing } from '../../store/accounts/people.ts';
import type { AccountDb } from '../../store/accounts/tables.ts';

export interface Acting {
  readonly person: Person;
  readonly standing: Standing;
}

/**
 * Who acts, as of now rather than as of their token: here a role taken back or a suspension works
 * at once, not after the token's five minutes.
 */
export const actingNow = async (
  db: AccountDb,
  principal: Principal | undefined,
): Promise<Acting> => {
  if (principal?.kind !== 'person') throw new Refusal('not-signed-in');
  const standing = await loadStanding(db, principal.userId);
  if (!standing) throw new Refusal('not-signed-in');
  if (standing.suspended) throw new Refusal('account-suspended');
  const person = personOf(standing);
  if (!person) throw new Refusal('membership-pending');
  return { person, standing };
};

export const actingAs = async (
  db: AccountDb,
  principal: Principal | undefined,
  roles: readonly Role[],
): Promise<Acting> => {
  const acting = await actingNow(db, principal);
  if (!roles.some((role) => acting.person.roles.includes(role))) throw new Refusal('role-missing');
  return acting;
};
