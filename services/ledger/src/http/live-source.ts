import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type { FeedConsumerState } from '@jishi/runtime/feed-consumer';
import type { IndexState } from '../domain/index/state.ts';
import type { PublishedMethod } from '../store/index/method.ts';

/** What the routes need of the projector (process/project-index.ts makes one). */
export interface IndexSource {
  readonly method: PublishedMethod;
  readonly latest: () => IndexState;
  readonly published: () => IndexState;
  readonly logHead: () => Promise<LogHead>;
  readonly consumer: () => FeedConsumerState;
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly waitFor: (seq?: number) => Promise<void>;
  readonly stateAt: (seq: number) => Promise<IndexState>;
  readonly isPublicStep: (seq: number) => Promise<boolean>;
}
