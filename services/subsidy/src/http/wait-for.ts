import { Refusal } from '@jishi/contracts/problem';
import { readCursor } from '../store/ledger-view.ts';
import type { SubsidyDatabase } from '../store/tables.ts';

const WAIT_MAX_MS = 2_000;
const WAIT_STEP_MS = 25;

/** Waits until the cases have reached a sequence of the ledger; after two seconds it refuses. */
export const waitFor = async (db: SubsidyDatabase, atLeast: number | undefined): Promise<void> => {
  if (atLeast === undefined) return;
  const giveUpAt = performance.now() + WAIT_MAX_MS;
  while ((await readCursor(db)) < atLeast) {
    if (performance.now() >= giveUpAt) throw new Refusal('not-caught-up');
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
};
