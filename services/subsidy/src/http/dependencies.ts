import type { Id } from '@jishi/contracts/ids';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { CASE_OFFICER_ROLES } from '@jishi/contracts/subsidy/endpoints';
import type { Clock } from '@jishi/contracts/time';
import type { ConsumerHealth } from '@jishi/runtime/consumer-health';
import type { Log } from '@jishi/runtime/log';
import type { TrustedKeys } from '@jishi/runtime/tokens';
import type { Actor } from '../store/audit.ts';
import type { LoadedPolicy } from '../store/policy-files.ts';
import type { Sealer } from '../store/seal.ts';
import type { Sight, Viewer } from '../store/sight.ts';
import type { SubsidyDatabase } from '../store/tables.ts';

/** How far the cases are behind the ledger; null when nothing follows it (some tests). */
export type FollowState = Omit<ConsumerHealth, 'name'>;

export interface SubsidyDependencies {
  readonly db: SubsidyDatabase;
  readonly log: Log;
  readonly trustedKeys: TrustedKeys;
  readonly policies: readonly LoadedPolicy[];
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly newId: () => Id;
  readonly follow: () => FollowState | null;
}

/** The person behind a call; a service is nobody's officer here. */
export const personOf = (principal: Principal | undefined): Person => {
  if (principal?.kind !== 'person') throw new Refusal('role-missing');
  return principal;
};

export const actorOf = (
  asked: { readonly principal: Principal | undefined; readonly requestId: string },
  clock: Clock,
): Actor => ({ person: personOf(asked.principal), at: clock(), requestId: asked.requestId });

/** The nil UUID is no party's id: an organisation that does not trade sees no case. */
const NO_PARTY = '00000000-0000-0000-0000-000000000000';

/**
 * The party that a person acts for: none until somebody has checked who stands behind the
 * organisation. A party's id follows from its public credit code, so anybody could sign up with it.
 */
export const partyOfPerson = (person: Person): Id | null =>
  person.organisationVerified === true ? person.partyId : null;

/** Officers see every case; others their own party's. */
export const sightOf = (person: Person): Sight => {
  const isOfficer = CASE_OFFICER_ROLES.some((role) => person.roles.includes(role));
  return isOfficer
    ? { sees: 'all' }
    : { sees: 'party', partyId: partyOfPerson(person) ?? NO_PARTY };
};

/** Who looks at records: what may be seen, whose own acts are marked, and when it is. */
export const viewerOf = (
  { policies, clock }: Pick<SubsidyDependencies, 'policies' | 'clock'>,
  person: Person,
): Viewer => ({ sight: sightOf(person), userId: person.userId, policies, at: clock() });
