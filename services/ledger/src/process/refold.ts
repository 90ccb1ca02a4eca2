import { Refusal } from '@jishi/contracts/problem';
import { turn } from '@jishi/runtime/turns';
import type { FamilyFact } from '../domain/index/family/facts.ts';
import { applyToFamily } from '../domain/index/family/family.ts';
import { emptyFamily, type Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';

/** Facts folded between two turns of the event loop: about ten milliseconds. */
const SLICE_FACTS = 1_000;
/** Families of earlier heads that are kept for the next question. */
const KEPT_MAX = 4;
/** Anybody may ask for a head: so many wait for a fold, one more is told to come again. */
const WAITING_MAX = 8;

export interface Refold {
  /** Takes the next fact; all of them are needed, for the head moves with each. */
  readonly keep: (fact: FamilyFact) => void;
  /** All that have been kept, in order. */
  readonly facts: () => readonly FamilyFact[];
  /** The family as of a sequence that has been kept, folded from the first fact on. */
  readonly upTo: (seq: number) => Promise<Family>;
  /** Reads one that walks behind: folded on from where it was, so that a step costs its events. */
  readonly walkTo: <T>(seq: number, read: (family: Family) => T) => Promise<T>;
}

/** Families of earlier heads. They are never folded on, so that askers may share one. */
export const createRefold = (method: Method): Refold => {
  const facts: FamilyFact[] = [];
  const kept = new Map<number, Promise<Family>>();

  /** Folds on from the fact at a place; the place of the first one beyond the sequence. */
  const foldOn = async (family: Family, from: number, seq: number): Promise<number> => {
    for (let i = from; ; i += 1) {
      const fact = facts[i];
      if (!fact || fact.seq > seq) return i;
      applyToFamily(family, fact);
      if (i % SLICE_FACTS === SLICE_FACTS - 1) await turn();
    }
  };

  /** One folds at a time: each holds a whole family in memory. */
  let folding: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const fold = (seq: number): Promise<Family> => {
    if (waiting >= WAITING_MAX) throw new Refusal('service-busy');
    waiting += 1;
    const folded = folding.then(async () => {
      const family = emptyFamily(method);
      await foldOn(family, 0, seq);
      return family;
    });
    folding = folded
      .catch(() => {})
      .finally(() => {
        waiting -= 1;
      });
    return folded;
  };

  let walker = { family: emptyFamily(method), next: 0 };
  /** One walks at a time: the next begins where the one before has ended. */
  let walking: Promise<unknown> = Promise.resolve();
  const walk = async (seq: number): Promise<Family> => {
    if (seq < walker.family.market.seq) walker = { family: emptyFamily(method), next: 0 };
    walker.next = await foldOn(walker.family, walker.next, seq);
    return walker.family;
  };

  return {
    facts: () => facts,
    keep: (fact) => {
      facts.push(fact);
    },
    walkTo: (seq, read) => {
      const walked = walking.then(async () => read(await walk(seq)));
      walking = walked.catch(() => {});
      return walked;
    },
    upTo: (seq) => {
      const known = kept.get(seq) ?? fold(seq);
      kept.delete(seq);
      kept.set(seq, known);
      const oldest = kept.keys().next();
      if (kept.size > KEPT_MAX && !oldest.done) kept.delete(oldest.value);
      return known;
    },
  };
};
