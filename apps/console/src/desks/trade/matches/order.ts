import type { ListingMatch } from '@jishi/contracts/market/matching';

export type MatchOrder = 'fit' | 'price' | 'readiness';

const NO_PRICE = 10n ** 18n;

const priceOf = ({ listing }: ListingMatch): bigint => {
  const { price } = listing.content;
  return price.mode === 'fixed' ? BigInt(price.priceFen) : NO_PRICE;
};

/** Hard misses below every other, what was put aside below them, whatever the order. */
const placeOf = (match: ListingMatch): number =>
  (match.rejected === null ? 0 : 2) + (match.hardMiss ? 1 : 0);

/** Criteria met; who does not speak of the same thing is not the better for its other facts. */
const fitOf = ({ met, criteria }: ListingMatch): number => {
  const words = criteria.find((line) => line.criterion === 'words')?.verdict;
  return met - (words === 'met' ? 0 : words === 'near' ? 1 : 3);
};

const compare = (order: MatchOrder, a: ListingMatch, b: ListingMatch): number => {
  if (order === 'price') return priceOf(a) < priceOf(b) ? -1 : priceOf(a) > priceOf(b) ? 1 : 0;
  if (order === 'readiness') return b.listing.content.trl - a.listing.content.trl;
  return fitOf(b) - fitOf(a);
};

/** In the wanted order within each place; equal ones stand as they were ranked. */
export const inOrder = (matches: readonly ListingMatch[], order: MatchOrder): ListingMatch[] =>
  [...matches].sort((a, b) => placeOf(a) - placeOf(b) || compare(order, a, b));

/** 较强: nothing rules it out and at least three quarters of what is known are met. */
export const isStrong = ({ hardMiss, rejected, met, known }: ListingMatch): boolean =>
  !hardMiss && rejected === null && known > 0 && met * 4 >= known * 3;

/** By fit, without those that share no word: they were found by single characters. */
export const worthShowing = (matches: readonly ListingMatch[]): ListingMatch[] =>
  inOrder(
    matches.filter(
      ({ criteria, rejected }) =>
        rejected !== null ||
        criteria.some((line) => line.criterion === 'words' && line.verdict !== 'missed'),
    ),
    'fit',
  );
