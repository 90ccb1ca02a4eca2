import type { Clock } from '@jishi/contracts/time';
import { beyondHead } from './beyond-head.ts';
import type { FamilySource } from './family-source.ts';
import { createFamilyValues, type FamilyValues } from './family-values.ts';
import type { IndexSource } from './live-source.ts';
import { createPublicValues, type PublicValues } from './public-values.ts';
import type { PublishedValues } from './published-values.ts';

/** What the routes of the index share. */
export interface IndexDeps {
  readonly family: FamilySource;
  readonly values: FamilyValues;
  readonly index: IndexSource;
  readonly published: PublishedValues;
  readonly shown: PublicValues;
  readonly clock: Clock;
  /** Refuses an as-of beyond the log, before anything is waited for. */
  readonly refuseBeyondHead: (asOf: number | undefined) => Promise<void>;
}

export const indexDeps = (
  given: Pick<IndexDeps, 'family' | 'index' | 'published' | 'clock'>,
): IndexDeps => ({
  ...given,
  values: createFamilyValues(given.family),
  shown: createPublicValues(given.family, given.index, given.published),
  refuseBeyondHead: async (asOf) => {
    if (asOf === undefined) return;
    const { seq } = await given.index.logHead();
    if (asOf > seq) throw beyondHead('query.asOf', asOf, seq);
  },
});
