import type { BodyOf } from '@jishi/contracts/endpoint';
import type { Id } from '@jishi/contracts/ids';
import type { recordListingEvent } from '@jishi/contracts/ledger/endpoints';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { LocalDate } from '@jishi/contracts/time';
import type { Announcement } from './life-cycle.ts';

export type ListingEvent = BodyOf<typeof recordListingEvent>['event'];
export type AnnouncementKind = 'listing' | 'need';
type Classified = Pick<ListingContent | NeedContent, 'fieldCode' | 'industryCode' | 'district'>;

/** What the ledger is told when everybody may see it: classification and days, no text, no name. */
export const openedEvent = (
  kind: AnnouncementKind,
  id: Id,
  content: Classified,
  announcement: Announcement,
  today: LocalDate,
): ListingEvent => {
  const data = {
    district: content.district,
    fieldCode: content.fieldCode,
    industryCode: content.industryCode,
    openedOn: announcement.openedOn ?? today,
    expiresOn: announcement.expiresOn,
  };
  return kind === 'listing'
    ? { type: 'ListingOpened', data: { listingId: id, ...data } }
    : { type: 'NeedOpened', data: { needId: id, ...data } };
};

export const renewedEvent = (
  kind: AnnouncementKind,
  id: Id,
  announcement: Announcement,
): ListingEvent => {
  const { expiresOn } = announcement;
  return kind === 'listing'
    ? { type: 'ListingRenewed', data: { listingId: id, expiresOn } }
    : { type: 'NeedRenewed', data: { needId: id, expiresOn } };
};

export const closedEvent = (
  kind: AnnouncementKind,
  id: Id,
  announcement: Announcement,
  closedOn: LocalDate,
): ListingEvent => {
  const reason = announcement.closeReason ?? 'other';
  return kind === 'listing'
    ? { type: 'ListingClosed', data: { listingId: id, closedOn, reason } }
    : { type: 'NeedClosed', data: { needId: id, closedOn, reason } };
};
