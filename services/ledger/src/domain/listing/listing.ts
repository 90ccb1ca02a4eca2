import type { Command, Decider } from '@event-driven-io/emmett';
import type { EventDataOf } from '@jishi/contracts/ledger/events';
import { Refusal } from '@jishi/contracts/problem';
import { type Acting, isSameContent, type LedgerEvent } from '../ledger-event.ts';

/** A listing or a need, as the index sees it: opened, renewed, closed; it may be opened again. */
type Opened = 'ListingOpened' | 'NeedOpened';
type Renewed = 'ListingRenewed' | 'NeedRenewed';
type Closed = 'ListingClosed' | 'NeedClosed';
export type ListingEventType = Opened | Renewed | Closed;
export type ListingEvent = LedgerEvent<ListingEventType>;

/** Market says what happened there; the ledger decides only whether that can have happened. */
type Stated<T extends ListingEventType> = T extends ListingEventType
  ? { readonly type: T; readonly data: EventDataOf<T> }
  : never;
export type ListingFact = Stated<ListingEventType>;
export type RecordListingEvent = Command<'RecordListingEvent', { fact: ListingFact; by: Acting }>;

export type Listing =
  | { readonly status: 'none' }
  | { readonly status: 'open' | 'closed'; readonly last: ListingFact };

/** One stream per listing or need. */
export const listingIdOf = (fact: ListingFact): string =>
  'listingId' in fact.data ? fact.data.listingId : fact.data.needId;
export const listingStreamOf = (fact: ListingFact): string =>
  `${'listingId' in fact.data ? 'listing' : 'need'}-${listingIdOf(fact)}`;

const CLOSING: readonly string[] = ['ListingClosed', 'NeedClosed'] satisfies Closed[];
const OPENING: readonly string[] = ['ListingOpened', 'NeedOpened'] satisfies Opened[];

const toEvent = (fact: ListingFact, { actor }: Acting): ListingEvent =>
  ({
    type: fact.type,
    data: { public: fact.data, private: null },
    metadata: { actor },
  }) as ListingEvent;

const toFact = (event: ListingEvent): ListingFact =>
  ({ type: event.type, data: event.data.public }) as ListingFact;

/**
 * Opened when not open, renewed or closed when open; the same fact as the last one again gives no
 * events. Refusal: listing-state.
 */
const decide = (command: RecordListingEvent, state: Listing): ListingEvent[] => {
  const { fact, by } = command.data;
  if (state.status !== 'none' && isSameContent(state.last, fact)) return [];
  const isOpen = state.status === 'open';
  if (OPENING.includes(fact.type) === isOpen) throw new Refusal('listing-state');
  return [toEvent(fact, by)];
};

export const listingDecider: Decider<Listing, RecordListingEvent, ListingEvent> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve: (_, event) => ({
    status: CLOSING.includes(event.type) ? 'closed' : 'open',
    last: toFact(event),
  }),
};
