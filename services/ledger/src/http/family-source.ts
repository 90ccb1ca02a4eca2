import type { Instant, LocalMonth } from '@jishi/contracts/time';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import type { FamilyFact } from '../domain/index/family/facts.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import type { Method } from '../domain/index/family/method.ts';

/** What moved since a sequence: the cells of the units and listings concerned, and which events. */
export interface Touched {
  /** Sequence up to which this tells; the next question starts here. */
  readonly upTo: number;
  /** Cell codes (`city`, `district:sip` …); null: too long ago, take all of them. */
  readonly cells: ReadonlySet<string> | null;
  /** Windows that end before this month stand as they were. */
  readonly fromMonth: LocalMonth;
  /** Sequences of the contract events among what moved. */
  readonly contractSeqs: readonly number[];
}

/** What the routes need of the family's follower (process/follow-family.ts makes one). */
export interface FamilySource {
  readonly method: Method;
  /**
   * The family as of the last event that was folded in. It is changed in place: read it in one go,
   * without an await between two readings that have to agree.
   */
  readonly latest: () => Family;
  readonly recordedAt: () => Instant | null;
  readonly consumer: () => FeedConsumerState;
  /** Resolves at the next event, or when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  /** Waits (2 s, then `not-caught-up`) until a sequence has been folded in. */
  readonly waitFor: (seq: number | undefined) => Promise<void>;
  /** The family as of a sequence, folded anew and never moved; refuses `as-of-beyond-head`. */
  readonly familyAt: (seq: number) => Promise<Family>;
  /**
   * Reads, in one go, a family that walks behind the latest: made for the public steps, whose
   * sequences only grow. Each call costs the events since the one before.
   */
  readonly walkTo: <T>(seq: number, read: (family: Family) => T) => Promise<T>;
  /** Every fact that has been folded in, in order. */
  readonly facts: () => readonly FamilyFact[];
  readonly touchedSince: (seq: number) => Touched;
}
