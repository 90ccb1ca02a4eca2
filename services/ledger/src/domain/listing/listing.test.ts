import { test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import { type ListingEvent, type ListingFact, listingDecider } from './listing.ts';

const { given } = specify(listingDecider);
const listingId = '0192f0c1-7a3b-7c11-8f52-000000000001';
const by = { actor: { kind: 'service', service: 'market' }, partyId: null } as const;
const opened: ListingFact = {
  type: 'ListingOpened',
  data: {
    ...{ listingId, district: 'sip', fieldCode: 'electronics', industryCode: 'C' },
    ...{ openedOn: '2026-11-20', expiresOn: '2027-11-20' },
  },
};
const renewed: ListingFact = { type: 'ListingRenewed', data: { listingId, expiresOn: null } };
const closed: ListingFact = {
  type: 'ListingClosed',
  data: { listingId, closedOn: '2026-12-01', reason: 'sold' },
};
const event = (fact: ListingFact): ListingEvent =>
  ({
    type: fact.type,
    data: { public: fact.data, private: null },
    metadata: { actor: by.actor },
  }) as ListingEvent;
const say = (fact: ListingFact) => ({ type: 'RecordListingEvent', data: { fact, by } }) as const;

test('opened, renewed, closed, and opened again', () => {
  given().when(say(opened)).thenEvents(event(opened));
  given(event(opened)).when(say(renewed)).thenEvents(event(renewed));
  given(event(opened), event(renewed)).when(say(closed)).thenEvents(event(closed));
  given(event(opened), event(closed)).when(say(opened)).thenEvents(event(opened));
});

test('the last fact again: nothing', () => {
  given(event(opened)).when(say(opened)).thenEvents();
  given(event(opened), event(closed)).when(say(closed)).thenEvents();
});

test('not opened when open, not renewed or closed when not open', () => {
  const later = { ...opened, data: { ...opened.data, openedOn: '2026-11-21' } } as ListingFact;
  given(event(opened)).when(say(later)).thenRefused('listing-state');
  given().when(say(renewed)).thenRefused('listing-state');
  given().when(say(closed)).thenRefused('listing-state');
  given(event(opened), event(closed)).when(say(renewed)).thenRefused('listing-state');
});
