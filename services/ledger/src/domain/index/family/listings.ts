import type { LocalDate, LocalMonth } from '@jishi/contracts/time';
import { cellsOf } from './deal-unit.ts';
import {
  addSpan,
  type Exposure,
  listingDays,
  measureSpan,
  noExposure,
  type OpenSpan,
} from './exposure.ts';
import type { OpeningFact } from './facts.ts';
import { yearCellOf } from './year-cells.ts';

/** One opening of a listing or need, and how it has ended so far. */
interface Opening extends OpeningFact {
  readonly closedOn: LocalDate | null;
}

/** All listings and needs as the log tells them, and the listing-days of each cell. */
export interface Listings {
  /** By id, in the order of their events: a listing that was closed may be opened again. */
  readonly openings: Map<string, Opening[]>;
  readonly exposures: Map<string, Exposure>;
}

export const noListings = (): Listings => ({ openings: new Map(), exposures: new Map() });

/** Open on [openedOn, min(closedOn, expiresOn)) (B3). */
const spanOf = ({ openedOn, expiresOn, closedOn }: Opening): OpenSpan => {
  if (expiresOn === null) return { from: openedOn, to: closedOn };
  return { from: openedOn, to: closedOn !== null && closedOn < expiresOn ? closedOn : expiresOn };
};

/** The cells in which a listing is open. */
export const cellsOfListing = (opening: OpeningFact): readonly string[] => [
  ...cellsOf(opening.district, opening.industryCode, opening.fieldCode),
  yearCellOf(opening.district, opening.fieldCode),
];

const count = ({ exposures }: Listings, opening: Opening, sign: 1 | -1): void => {
  const span = measureSpan(spanOf(opening));
  if (!span) return;
  for (const cell of cellsOfListing(opening)) {
    let exposure = exposures.get(cell);
    if (!exposure) {
      exposure = noExposure();
      exposures.set(cell, exposure);
    }
    addSpan(exposure, span, sign);
  }
};

export const openListing = (listings: Listings, fact: OpeningFact): void => {
  const opening: Opening = { ...fact, closedOn: null };
  const known = listings.openings.get(fact.listingId);
  if (known) known.push(opening);
  else listings.openings.set(fact.listingId, [opening]);
  count(listings, opening, 1);
};

/** A renewal or a closing of the latest opening; of a listing that was never opened: nothing. */
export const changeListing = (
  listings: Listings,
  listingId: string,
  change: Partial<Pick<Opening, 'expiresOn' | 'closedOn'>>,
): void => {
  const openings = listings.openings.get(listingId);
  const latest = openings?.pop();
  if (!openings || !latest) return;
  const changed = { ...latest, ...change };
  count(listings, latest, -1);
  openings.push(changed);
  count(listings, changed, 1);
};

/** The opening that a renewal or a closing would change; null: it was never opened. */
export const latestOpening = ({ openings }: Listings, listingId: string): OpeningFact | null =>
  openings.get(listingId)?.at(-1) ?? null;

/** The latest opening on or before a day; else the earliest there is; null: not in the log. */
export const openingOn = (
  { openings }: Listings,
  listingId: string,
  day: LocalDate,
): LocalDate | null => {
  let before: LocalDate | null = null;
  let earliest: LocalDate | null = null;
  for (const { openedOn } of openings.get(listingId) ?? []) {
    if (openedOn <= day && (before === null || openedOn > before)) before = openedOn;
    if (earliest === null || openedOn < earliest) earliest = openedOn;
  }
  return before ?? earliest;
};

export const listingDaysOf = ({ exposures }: Listings, cell: string, month: LocalMonth): number => {
  const exposure = exposures.get(cell);
  return exposure ? listingDays(exposure, month) : 0;
};
