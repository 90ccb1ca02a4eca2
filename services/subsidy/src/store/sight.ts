import type { Id } from '@jishi/contracts/ids';
import type { Instant } from '@jishi/contracts/time';
import { sql } from 'kysely';
import type { LoadedPolicy } from './policy-files.ts';
import type { SubsidyDatabase, SubsidyTransaction } from './tables.ts';

/** Whose eyes a transaction has: an officer or the service itself sees all, a party its own. */
export type Sight = { readonly sees: 'all' } | { readonly sees: 'party'; readonly partyId: Id };

export const SEES_ALL: Sight = { sees: 'all' };

/** Who looks at a record: some of it is told to officers only, and own acts are marked. */
export interface Viewer {
  readonly sight: Sight;
  readonly userId: Id;
  readonly policies: readonly LoadedPolicy[];
  readonly at: Instant;
}

/**
 * Every touch of a case goes through here: row-level security shows nothing to a connection that
 * has not said for whom it reads. The settings end with the transaction.
 */
export const withSight = <Result>(
  db: SubsidyDatabase,
  sight: Sight,
  work: (trx: SubsidyTransaction) => Promise<Result>,
): Promise<Result> =>
  db.transaction().execute(async (trx) => {
    const desk = sight.sees === 'all' ? 'on' : 'off';
    const party = sight.sees === 'party' ? sight.partyId : '';
    await sql`select set_config('jishi.desk', ${desk}, true),
      set_config('jishi.party', ${party}, true)`.execute(trx);
    return work(trx);
  });
