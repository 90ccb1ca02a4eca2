import { draftOfListing } from '@jishi/contracts/market/completeness';
import type { ListingContent, Quality } from '@jishi/contracts/market/listing';
import { listingQuality, TEXT_LENGTH_MIN } from '@jishi/contracts/market/quality';

/** The score of a whole record, by the same criteria as a draft's. */
export const qualityOfListing = (content: ListingContent): Quality =>
  listingQuality(draftOfListing(content));

/** Fields without which a review has nothing to look at. */
export const listingRequired = (content: ListingContent): string[] =>
  (['problemSolved', 'summary'] as const).filter((f) => content[f].length < TEXT_LENGTH_MIN);
