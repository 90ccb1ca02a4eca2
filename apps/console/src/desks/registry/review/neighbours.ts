import { listRegistrationQueue } from '@jishi/contracts/ledger/registry-endpoints';
import { useRead } from '../../../api/queries.ts';
import { queryOf, type Shown, STEP_LIMIT } from '../queue/queue-filter.ts';
import { useWritten } from '../written.ts';

export interface Neighbours {
  readonly before: string | null;
  readonly after: string | null;
  /** «3 / 12»; null for a case that the queue does not hold. */
  readonly place: { readonly n: number; readonly of: number } | null;
}

/** The cases before and after one in the order of the queue from which it was opened. */
export const neighboursIn = (ids: readonly string[], contractId: string): Neighbours => {
  const here = ids.indexOf(contractId);
  if (here < 0) return { before: null, after: ids[0] ?? null, place: null };
  return {
    before: ids[here - 1] ?? null,
    after: ids[here + 1] ?? null,
    place: { n: here + 1, of: ids.length },
  };
};

/** Which case follows when this one is decided: the next one, or what was left behind before. */
export const nextAfterDeciding = (ids: readonly string[], contractId: string): string | null => {
  const { before, after } = neighboursIn(ids, contractId);
  return after ?? (before === null ? null : (ids[0] ?? null));
};

export const useQueueOrder = (shown: Shown): readonly string[] => {
  const written = useWritten();
  const query = useRead(
    listRegistrationQueue,
    { query: { ...queryOf(shown), limit: STEP_LIMIT, ...written } },
    { keep: true },
  );
  return query.data?.items.map((row) => row.contractId) ?? [];
};
