import type { Id } from '@jishi/contracts/ids';
import type { CloseReason, ListingStatus, ReturnReason } from '@jishi/contracts/market/listing';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { addDays, type LocalDate } from '@jishi/contracts/time';

/**
 * What decisions about an announcement need. An announcement (发布) is a listing (成果) or a need
 * (需求): both live the same life. draft → submitted → published | returned → draft;
 * published → closed | expired, for good.
 */
export interface Announcement {
  readonly status: ListingStatus;
  readonly version: number;
  readonly ownerOrganisationId: Id;
  /** Everybody who wrote or submitted it: none of them may review it. */
  readonly makers: readonly Id[];
  readonly openedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
  readonly reasons: readonly ReturnReason[];
  readonly closeReason: CloseReason | 'expired' | null;
}

export interface Reviewer {
  readonly userId: Id;
  readonly organisationId: Id;
}

/** Days that an announcement stays open: usual and longest, from the day it opens or is renewed. */
export interface OpenPeriod {
  readonly usualDays: number;
  readonly longestDays: number;
}

const requireStatus = (announcement: Announcement, ...allowed: readonly ListingStatus[]): void => {
  if (allowed.includes(announcement.status)) return;
  throw new Refusal('listing-state', {
    zh: `现状态:${announcement.status}`,
    en: `The status is ${announcement.status}`,
  });
};

const next = (announcement: Announcement, change: Partial<Announcement>): Announcement => ({
  ...announcement,
  ...change,
  version: announcement.version + 1,
});

const withMaker = (announcement: Announcement, userId: Id): readonly Id[] =>
  announcement.makers.includes(userId) ? announcement.makers : [...announcement.makers, userId];

export const draft = (ownerOrganisationId: Id, userId: Id): Announcement => ({
  status: 'draft',
  version: 1,
  ownerOrganisationId,
  makers: [userId],
  openedOn: null,
  expiresOn: null,
  reasons: [],
  closeReason: null,
});

/** A draft, or one that came back: it is a draft again, and the reasons stay to be read. */
export const revise = (announcement: Announcement, userId: Id): Announcement => {
  requireStatus(announcement, 'draft', 'returned');
  return next(announcement, { status: 'draft', makers: withMaker(announcement, userId) });
};

/** `required` names the fields without which a review has nothing to look at. */
export const submit = (
  announcement: Announcement,
  userId: Id,
  required: readonly string[],
): Announcement => {
  requireStatus(announcement, 'draft', 'returned');
  const [field] = required;
  if (field !== undefined) {
    throw new Refusal('listing-incomplete', {
      fields: required.map((name) => ({
        field: `content.${name}`,
        rule: 'required-for-review',
        zh: '提交审核前须填写',
        en: 'Needed before a review',
      })),
    });
  }
  return next(announcement, {
    status: 'submitted',
    makers: withMaker(announcement, userId),
    reasons: [],
  });
};

/** The reviewer made no part of it and is of another organisation. */
const requireIndependent = (announcement: Announcement, reviewer: Reviewer): void => {
  const involved =
    announcement.makers.includes(reviewer.userId) ||
    announcement.ownerOrganisationId === reviewer.organisationId;
  if (involved) throw new Refusal('duties-not-separated');
};

const requireWithin = (today: LocalDate, expiresOn: LocalDate, period: OpenPeriod): void => {
  if (expiresOn >= today && expiresOn <= addDays(today, period.longestDays)) return;
  throw refuseField(
    'invalid-input',
    'expiresOn',
    'expiry-out-of-range',
    `到期日应在今日起 ${period.longestDays} 日以内`,
    `The expiry lies within ${period.longestDays} days from today`,
  );
};

/**
 * Opens it to everybody from `today`. Without a date it stays open for the usual time, but not
 * beyond `latestOn` (a need's own deadline).
 */
export const publish = (
  announcement: Announcement,
  reviewer: Reviewer,
  today: LocalDate,
  period: OpenPeriod,
  wish: { readonly expiresOn?: LocalDate | undefined; readonly latestOn: LocalDate | null },
): Announcement => {
  requireStatus(announcement, 'submitted');
  requireIndependent(announcement, reviewer);
  const usual = addDays(today, period.usualDays);
  const latest = wish.latestOn !== null && wish.latestOn < usual ? wish.latestOn : usual;
  const expiresOn = wish.expiresOn ?? latest;
  requireWithin(today, expiresOn, period);
  return next(announcement, { status: 'published', openedOn: today, expiresOn });
};

export const sendBack = (
  announcement: Announcement,
  reviewer: Reviewer,
  reasons: readonly ReturnReason[],
): Announcement => {
  requireStatus(announcement, 'submitted');
  requireIndependent(announcement, reviewer);
  return next(announcement, { status: 'returned', reasons });
};

/** Open means published and not past its last day, whether or not the expiry has been run. */
export const isOpen = (
  announcement: Pick<Announcement, 'status' | 'expiresOn'>,
  today: LocalDate,
): boolean =>
  announcement.status === 'published' &&
  (announcement.expiresOn === null || today <= announcement.expiresOn);

/** Only what is still open is renewed, and only to a later day. */
export const renew = (
  announcement: Announcement,
  expiresOn: LocalDate,
  today: LocalDate,
  period: OpenPeriod,
): Announcement => {
  requireStatus(announcement, 'published');
  if (!isOpen(announcement, today))
    throw new Refusal('listing-state', { zh: '已到期', en: 'Expired' });
  requireWithin(today, expiresOn, period);
  if (announcement.expiresOn !== null && expiresOn <= announcement.expiresOn) {
    throw refuseField(
      'invalid-input',
      'expiresOn',
      'not-later',
      '续期应晚于现到期日',
      'A renewal ends later than the present expiry',
    );
  }
  return next(announcement, { expiresOn });
};

export const close = (announcement: Announcement, reason: CloseReason): Announcement => {
  requireStatus(announcement, 'published');
  return next(announcement, { status: 'closed', closeReason: reason });
};

/** Due on the day after its last day. */
export const expire = (announcement: Announcement, today: LocalDate): Announcement => {
  requireStatus(announcement, 'published');
  if (isOpen(announcement, today)) throw new Refusal('listing-state');
  return next(announcement, { status: 'expired', closeReason: 'expired' });
};
