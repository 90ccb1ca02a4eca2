import type { Id } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
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

/** Called in the transaction that publishes: what is found and what is published never differ. */
export const indexAnnouncement = (
  trx: TradeTrx,
  id: Id,
  content: ListingContent | NeedContent,
): Promise<void> => {
  const { title } = content;
  return 'summary' in content
    ? indexListing(trx, id, { title, text: listingText(content) })
    : indexNeed(trx, id, { title, text: content.text });
};

/** Called in the transaction that closes it or lets it expire. */
export const removeAnnouncement = (
  trx: TradeTrx,
  kind: 'listing' | 'need',
  id: Id,
): Promise<void> => removeDocument(trx, kind, id);
