import type { Person, Principal } from '@jishi/contracts/principal';
import { type Kysely, sql, type Transaction } from 'kysely';

interface Scope {
  readonly partyId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly roles: string;
  readonly service: string;
}

const NOBODY: Scope = { partyId: '', organisationId: '', userId: '', roles: '', service: '' };

const scopeOfPerson = (person: Person): Scope => ({
  partyId: person.partyId ?? '',
  organisationId: person.organisationId,
  userId: person.userId,
  roles: person.roles.join(','),
  service: '',
});

/**
 * A service is scoped as the person for whom it acts; without one it is named as itself, and a
 * policy must let that service in by name.
 */
const scopeOf = (principal: Principal | undefined): Scope => {
  if (!principal) return NOBODY;
  if (principal.kind === 'person') return scopeOfPerson(principal);
  const { actor, service } = principal;
  return { ...(actor ? scopeOfPerson(actor) : NOBODY), service };
};

const inScope = <Tables, Result>(
  db: Kysely<Tables>,
  scope: Scope,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> =>
  db.transaction().execute(async (trx) => {
    // The third argument makes each setting end with the transaction: the connection goes back to
    // the pool with nothing on it. After that it reads '' rather than null, so policies compare
    // with nullif(current_setting('app.party_id', true), '').
    await sql`select set_config('app.party_id', ${scope.partyId}, true),
      set_config('app.organisation_id', ${scope.organisationId}, true),
      set_config('app.user_id', ${scope.userId}, true),
      set_config('app.roles', ${scope.roles}, true),
      set_config('app.service', ${scope.service}, true)`.execute(trx);
    return work(trx);
  });

/** A transaction in which row-level security shows what this caller may see, and nothing else. */
export const inTenant = <Tables, Result>(
  db: Kysely<Tables>,
  principal: Principal | undefined,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> => inScope(db, scopeOf(principal), work);

/** The same for a job of the service itself, such as the outbox; policies name it. */
export const inJob = <Tables, Result>(
  db: Kysely<Tables>,
  job: string,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> => inScope(db, { ...NOBODY, service: `job:${job}` }, work);
