import type { IndexFact } from '../../domain/index/registered-contract.ts';
import { NO_STANDING } from '../../domain/index/standing.ts';
import { EMPTY_STATE, evolve, type IndexState, withRestatement } from '../../domain/index/state.ts';
import type { StepRule } from '../../domain/index/step-rule.ts';

/** Where a fold came from and went to, with the public steps and checkpoints on the way. */
export interface Folded {
  readonly from: number;
  readonly state: IndexState;
  /** The facts with what their changes did: what a later fold on a checkpoint needs. */
  readonly facts: readonly IndexFact[];
  /** The states at the public steps that were made; the last one is the public view. */
  readonly steps: readonly number[];
  readonly published: IndexState | null;
  readonly checkpoints: readonly IndexState[];
  readonly sinceCheckpoint: number;
}

/** An as-of read folds at most this many contracts on top of a checkpoint. */
const CHECKPOINT_EVERY = 1_000;
/** States of other heads that are kept for the next read. */
const REMEMBERED_MAX = 16;

/**
 * The latest state in memory, the public one, and checkpoints on the way: states are immutable and
 * share what they have in common, so forty of them cost little more than one. (The standing by
 * contract is left out of checkpoints: an as-of read does not ask for it.)
 */
export interface IndexHistory {
  readonly latest: () => IndexState;
  readonly published: () => IndexState;
  /** Folds facts over the latest state and says what came out; nothing is kept yet. */
  readonly fold: (facts: readonly IndexFact[]) => Folded;
  /** Keeps a fold, unless somebody was faster. */
  readonly accept: (folded: Folded) => void;
  /** The nearest kept state at or before a sequence: where an as-of read begins. */
  readonly before: (seq: number) => IndexState;
  readonly remembered: (seq: number) => IndexState | undefined;
  readonly remember: (state: IndexState) => void;
}

export const createIndexHistory = (parameters: StepRule): IndexHistory => {
  let latest = EMPTY_STATE;
  let published = EMPTY_STATE;
  let sinceCheckpoint = 0;
  const checkpoints: IndexState[] = [];
  const memory = new Map<number, IndexState>();

  const fold = (facts: readonly IndexFact[]): Folded => {
    let state = latest;
    let shown: IndexState | null = null;
    let counted = sinceCheckpoint;
    const steps: number[] = [];
    const kept: IndexState[] = [];
    const known: IndexFact[] = [];
    for (const plain of facts) {
      const fact = withRestatement(state, plain, parameters);
      known.push(fact);
      const next = evolve(state, fact, parameters);
      if (next.stepSeq !== state.stepSeq) {
        steps.push(next.stepSeq);
        shown = state.held?.state ?? shown;
      }
      state = next;
      counted += fact.registered || fact.changed ? 1 : 0;
      if (counted >= CHECKPOINT_EVERY) {
        kept.push({ ...state, standing: NO_STANDING });
        counted = 0;
      }
    }
    return {
      from: latest.seq,
      state,
      facts: known,
      steps,
      published: shown,
      checkpoints: kept,
      sinceCheckpoint: counted,
    };
  };

  const accept = (folded: Folded): void => {
    if (folded.from !== latest.seq) return;
    latest = folded.state;
    published = folded.published ?? published;
    checkpoints.push(...folded.checkpoints);
    sinceCheckpoint = folded.sinceCheckpoint;
  };

  return {
    latest: () => latest,
    published: () =>
      published.seq > 0 ? published : { ...EMPTY_STATE, kind: latest.kind, city: latest.city },
    fold,
    accept,
    before: (seq) => checkpoints.findLast((state) => state.seq <= seq) ?? EMPTY_STATE,
    remembered: (seq) => memory.get(seq),
    remember: (state) => {
      memory.set(state.seq, state);
      const oldest = memory.keys().next();
      if (memory.size > REMEMBERED_MAX && !oldest.done) memory.delete(oldest.value);
    },
  };
};
