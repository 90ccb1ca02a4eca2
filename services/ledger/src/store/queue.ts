import type { Kysely } from 'kysely';
import type { RegistrationDocument } from '../domain/registration/document.ts';
import type { LedgerTables } from './database.ts';
import { parseDocument } from './registration-view.ts';

/** What waits for the desk. */
const AT_THE_DESK: readonly string[] = ['submitted', 'accepted', 'first-reviewed'];

export interface QueueFilter {
  readonly status?: string | undefined;
  /** Claimed by this person. */
  readonly claimedBy?: string | undefined;
  readonly unclaimed?: boolean | undefined;
  readonly resubmitted?: boolean | undefined;
  readonly needsSecondReview?: boolean | undefined;
}

export interface QueuePlace {
  readonly queueOn: string;
  readonly contractId: string;
}

const filtered = (db: Kysely<LedgerTables>, filter: QueueFilter) => {
  const { status, claimedBy, unclaimed, resubmitted, needsSecondReview } = filter;
  return db
    .selectFrom('registration_view as view')
    .leftJoin('registration_claim as claim', 'claim.contract_id', 'view.contract_id')
    .where('view.status', 'in', status ? [status] : AT_THE_DESK)
    .$if(claimedBy !== undefined, (query) => query.where('claim.user_id', '=', claimedBy ?? ''))
    .$if(unclaimed !== undefined, (query) =>
      query.where('claim.user_id', unclaimed ? 'is' : 'is not', null),
    )
    .$if(resubmitted !== undefined, (query) =>
      query.where('view.submissions', resubmitted ? '>' : '=', 1),
    )
    .$if(needsSecondReview !== undefined, (query) =>
      query.where((where) =>
        needsSecondReview
          ? where.or([where('view.large', '=', true), where('view.split', '=', true)])
          : where.and([where('view.large', '=', false), where('view.split', '=', false)]),
      ),
    );
};

export interface Totalled {
  readonly count: number;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
}

export interface Queued {
  readonly place: QueuePlace;
  readonly document: RegistrationDocument;
}

/** By due day, then by id; after a place. */
export const readQueue = async (
  db: Kysely<LedgerTables>,
  filter: QueueFilter,
  page: { readonly after: QueuePlace | null; readonly limit: number },
): Promise<Queued[]> => {
  const { after, limit } = page;
  const rows = await filtered(db, filter)
    .select(['view.contract_id', 'view.queue_on', 'view.body'])
    .$if(after !== null, (query) =>
      query.where((where) =>
        where(
          where.refTuple('view.queue_on', 'view.contract_id'),
          '>',
          where.tuple(after?.queueOn ?? '', after?.contractId ?? ''),
        ),
      ),
    )
    .orderBy('view.queue_on')
    .orderBy('view.contract_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    place: { queueOn: row.queue_on, contractId: row.contract_id },
    document: parseDocument(row.body),
  }));
};

/** Count and both values of everything that the filter finds. */
export const totalQueue = async (
  db: Kysely<LedgerTables>,
  filter: QueueFilter,
): Promise<Totalled> => {
  const row = await filtered(db, filter)
    .select((select) => [
      select.fn.countAll<bigint>().as('count'),
      select.fn.sum<string | null>('view.contract_value_fen').as('contract'),
      select.fn.sum<string | null>('view.technology_value_fen').as('technology'),
    ])
    .executeTakeFirstOrThrow();
  return {
    count: Number(row.count),
    contractValueFen: row.contract ?? '0',
    technologyValueFen: row.technology ?? '0',
  };
};
