import type { Id } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { SearchText } from '../../domain/matching/document.ts';
import { indexListing, indexNeed, removeDocument } from '../matching/documents.ts';
import type { TradeTrx } from './tables.ts';

const listingText = (content: ListingContent): string =>
  [
    content.problemSolved,
    content.summary,
    content.gain ? `${content.gain.text}${content.gain.unit}` : '',
    content.closestAlternative,
    content.trlEvidence,
  ]
    .filter((part) => part !== '')
    .join('\n');

/** What is searched of a record, and what it searches by; contacts are no part of it. */
export const searchText = (content: ListingContent | NeedContent): SearchText => ({
  title: content.title,
  text: 'summary' in content ? listingText(content) : content.text,
});

/** Called in the transaction that publishes: what is found and what is published never differ. */
export const indexAnnouncement = (
  trx: TradeTrx,
  id: Id,
  content: ListingContent | NeedContent,
): Promise<void> =>
  'summary' in content
    ? indexListing(trx, id, searchText(content))
    : indexNeed(trx, id, searchText(content));

/** Called in the transaction that closes it or lets it expire. */
export const removeAnnouncement = (
  trx: TradeTrx,
  kind: 'listing' | 'need',
  id: Id,
): Promise<void> => removeDocument(trx, kind, id);
