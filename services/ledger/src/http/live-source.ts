import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { Instant } from '@jishi/contracts/time';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import type { GaugeRule } from '../domain/index/snapshot.ts';
import type { IndexState } from '../domain/index/state.ts';

/** What the routes need of the projector (process/project-index.ts makes one). */
export interface IndexSource {
  readonly method: GaugeRule;
  readonly latest: () => IndexState;
  readonly published: () => IndexState;
  readonly logHead: () => Promise<LogHead>;
  readonly consumer: () => FeedConsumerState;
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly waitFor: (seq?: number) => Promise<void>;
  readonly stateAt: (seq: number) => Promise<IndexState>;
  readonly isPublicStep: (seq: number) => Promise<boolean>;
  /** The last public step at or before a sequence; 0: none. */
  readonly stepBefore: (seq: number) => Promise<number>;
  /** When an event was recorded; null for 0. */
  readonly recordedAt: (seq: number) => Promise<Instant | null>;
  /** The public steps after a sequence, up to another one, in order. */
  readonly stepsBetween: (after: number, upTo: number) => Promise<readonly number[]>;
}
