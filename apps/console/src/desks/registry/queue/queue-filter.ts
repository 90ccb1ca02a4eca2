import type { CallOf } from '@jishi/contracts/endpoint';
import type { listRegistrationQueue } from '@jishi/contracts/ledger/registry-endpoints';

type Query = NonNullable<CallOf<typeof listRegistrationQueue>['query']>;

/** What the chips above the queue show; `all` stands in no address. */
export const SHOWN = ['all', 'mine', 'unclaimed', 'resubmitted', 'second', 'returned'] as const;
export type Shown = (typeof SHOWN)[number] | 'to-confirm';

const QUERIES: Readonly<Record<Shown, Query>> = {
  all: {},
  mine: { mine: 'true' },
  unclaimed: { unclaimed: 'true' },
  resubmitted: { resubmitted: 'true' },
  second: { needsSecondReview: 'true' },
  returned: { status: 'returned' },
  /** The senior registrar's queue: passed by one person, waiting for another. */
  'to-confirm': { status: 'first-reviewed' },
};

export const shownOf = (text: string | null): Shown =>
  text === 'to-confirm' ? text : (SHOWN.find((shown) => shown === text) ?? 'all');

export const queryOf = (shown: Shown): Query => QUERIES[shown];

/** Enough to step through with J and K; the list itself grows beyond. */
export const STEP_LIMIT = 200;

/** The address of a case, which remembers the queue from which it was opened. */
export const caseAddress = (contractId: string, shown: Shown): string =>
  `/registry/cases/${contractId}${shown === 'all' ? '' : `?show=${shown}`}`;

export const queueAddress = (shown: Shown): string => {
  if (shown === 'to-confirm') return '/registry/second-review';
  return `/registry/queue${shown === 'all' ? '' : `?show=${shown}`}`;
};
