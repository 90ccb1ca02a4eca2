import type { FieldCode } from '@jishi/contracts/codes';
import { addDays, daysBetween, type LocalDate } from '@jishi/contracts/time';
import type { ListingFact } from '@jishi/ledger/domain/listing/listing';
import { type Act, momentOn } from './acts.ts';
import { DISTRICT_MIX, FIELD_MIX, INDUSTRY_MIX } from './calibration.ts';
import { actorOf } from './parties.ts';
import type { Random } from './random.ts';

/** A listing or need of the synthetic world, open over a span of days. */
export interface Offer {
  readonly kind: 'listing' | 'need';
  readonly id: string;
  readonly fieldCode: FieldCode;
  readonly openedOn: LocalDate;
  /** The day it closed or will expire. */
  readonly endsOn: LocalDate;
}

const LISTINGS_PER_CONTRACT = 0.1;
const NEEDS_PER_CONTRACT = 0.05;
const OPEN_DAYS = 365;

const marketActor = actorOf('market desk');

/** What happened to an offer, as market tells the ledger: opened, perhaps renewed, closed. */
const actsOf = (random: Random, offer: Offer, closes: boolean): readonly Act[] => {
  const content = {
    district: random.weighted(DISTRICT_MIX),
    fieldCode: offer.fieldCode,
    industryCode: random.weighted(INDUSTRY_MIX[offer.fieldCode]),
    openedOn: offer.openedOn,
    expiresOn: addDays(offer.openedOn, OPEN_DAYS),
  };
  const end = { closedOn: offer.endsOn, reason: random.pick(['withdrawn', 'transferred']) };
  const facts: readonly ListingFact[] =
    offer.kind === 'listing'
      ? [
          { type: 'ListingOpened', data: { listingId: offer.id, ...content } },
          { type: 'ListingClosed', data: { listingId: offer.id, ...end } },
        ]
      : [
          { type: 'NeedOpened', data: { needId: offer.id, ...content } },
          { type: 'NeedClosed', data: { needId: offer.id, ...end } },
        ];
  const days = [offer.openedOn, offer.endsOn];
  return facts.slice(0, closes ? 2 : 1).map((fact, i) => ({
    kind: 'listing',
    stream: `${offer.kind}-${offer.id}`,
    atMs: momentOn(random, days[i] ?? offer.openedOn),
    fact,
    by: { actor: marketActor, partyId: null },
  }));
};

export interface Offers {
  readonly acts: readonly Act[];
  /** An offer of a field that was open on a day; undefined when none is found at once. */
  readonly openOn: (kind: Offer['kind'], field: FieldCode, day: LocalDate) => Offer | undefined;
}

const LOOKS = 4;

/** Listings and needs opened evenly over the span, each closed by somebody or left to expire. */
export const createOffers = (
  random: Random,
  span: { readonly first: LocalDate; readonly last: LocalDate },
  contracts: number,
): Offers => {
  const days = daysBetween(span.first, span.last);
  const byField = new Map<string, Offer[]>();
  const acts: Act[] = [];
  const make = (kind: Offer['kind']): void => {
    const openedOn = addDays(span.first, random.whole(0, days));
    const closes = random.chance(0.7);
    const endsOn = addDays(openedOn, closes ? random.whole(20, OPEN_DAYS - 10) : OPEN_DAYS);
    const id = random.id(Date.parse(`${openedOn}T01:00:00Z`));
    const offer: Offer = { kind, id, fieldCode: random.weighted(FIELD_MIX), openedOn, endsOn };
    const key = `${kind} ${offer.fieldCode}`;
    byField.set(key, [...(byField.get(key) ?? []), offer]);
    acts.push(...actsOf(random, offer, closes));
  };
  for (let i = 0; i < contracts * LISTINGS_PER_CONTRACT; i++) make('listing');
  for (let i = 0; i < contracts * NEEDS_PER_CONTRACT; i++) make('need');
  return {
    acts,
    openOn: (kind, field, day) => {
      const offers = byField.get(`${kind} ${field}`) ?? [];
      for (let look = 0; look < LOOKS && offers.length > 0; look++) {
        const offer = random.pick(offers);
        if (offer.openedOn <= day && day < offer.endsOn) return offer;
      }
      return undefined;
    },
  };
};
