import { EVENT_SCHEMA } from '@jishi/contracts/ledger/event-schema';
import { EVENT_DATA, type EventType } from '@jishi/contracts/ledger/events';
import { FeedBroken } from '@jishi/runtime/feed-consumer';

/** An event's content as it was recorded, in the schema of its day. */
export interface StoredContent {
  readonly type: string;
  readonly schema: number;
  readonly public: Record<string, unknown>;
  readonly private: Record<string, unknown> | null;
}

type Parts = Pick<StoredContent, 'public' | 'private'>;
/** From one schema of a type to the next. */
type Step = (parts: Parts) => Parts;

/**
 * 1 → 2: the registration form and the attachments came without a number of their own, so schema 1
 * stands for rows with and without them. Absent, nothing was handed in. `origin` stays as it is:
 * absent means the market, in schema 2 as well.
 */
const withForm: Step = ({ public: open, private: hidden }) => ({
  public: open,
  private: hidden && { form: null, attachments: [], ...hidden },
});

/** The first step reads schema 1 as 2, and so on. A type that is not here has had one schema. */
export const STEPS: Partial<Record<EventType, readonly Step[]>> = {
  ContractSubmitted: [withForm],
  ContractRegistered: [withForm],
  ContractAmended: [withForm],
};

const isKnown = (type: string): type is EventType => Object.hasOwn(EVENT_DATA, type);

/**
 * Whether this program can read such an event. A later program wrote what it cannot: passing over
 * it would be a silent error, so whoever follows the log stops and says so.
 */
export function requireKnown(type: string, schema: number): asserts type is EventType {
  if (!isKnown(type) || schema < 1 || schema > EVENT_SCHEMA[type]) {
    throw new FeedBroken('event-unknown', `event ${type} of schema ${schema} is not known here`);
  }
}

/** The same content in today's type and schema. */
export const upcast = (stored: StoredContent): StoredContent & { readonly type: EventType } => {
  const { type, schema } = stored;
  requireKnown(type, schema);
  const steps = (STEPS[type] ?? []).slice(schema - 1);
  const parts: Parts = { public: stored.public, private: stored.private };
  return { type, schema: EVENT_SCHEMA[type], ...steps.reduce((now, step) => step(now), parts) };
};
