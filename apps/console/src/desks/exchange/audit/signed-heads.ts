import { listSignedHeads, type SignedHead } from '@jishi/contracts/ledger/proofs';
import { call } from '../../../api/call.ts';
import { keysOf } from '../proof/head-check.ts';
import { publishedKeys } from '../proof/log-reader.ts';
import { type Checkpoint, checkpointOf, stateOfNote } from '../proof/note.ts';

const PAGE_SIZE = 1_000;
const PAGES_MAX = 200;

/** Every signed head, newest first. */
export const allHeads = async (): Promise<readonly SignedHead[]> => {
  const heads: SignedHead[] = [];
  let before: number | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query: { limit: number; before?: number } = {
      limit: PAGE_SIZE,
      ...(before === null ? {} : { before }),
    };
    const { items, next } = await call(listSignedHeads, { query });
    heads.push(...items);
    if (next === null) break;
    before = next;
  }
  return heads;
};

export interface CheckedHeads {
  readonly heads: readonly Checkpoint[];
  /** Sizes of heads whose signature does not fit. */
  readonly wrong: readonly number[];
  /** False where this browser cannot judge signatures: the roots are compared all the same. */
  readonly isSigned: boolean;
}

/** The heads that may be relied on: each signature is checked here. */
export const checkedHeads = async (): Promise<CheckedHeads> => {
  const [all, texts] = await Promise.all([allHeads(), publishedKeys()]);
  const keys = await keysOf(texts);
  const heads: Checkpoint[] = [];
  const wrong: number[] = [];
  let isSigned = true;
  for (const { note, size } of all) {
    const state = await stateOfNote(note, keys);
    const head = checkpointOf(note);
    if (state === 'cannot') isSigned = false;
    if (head && (state === 'signed' || state === 'cannot')) heads.push(head);
    else wrong.push(size);
  }
  return { heads, wrong, isSigned };
};
