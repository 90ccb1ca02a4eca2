import type { ListingContent } from '@jishi/contracts/market/listing';
import type { PriceNotice, PriceNoticeRule } from '@jishi/contracts/market/price-notice';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import type { PartyNature } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import { addDays, type LocalDate } from '@jishi/contracts/time';

export interface NoticeDays {
  readonly startedOn: LocalDate;
  readonly lastOn: LocalDate;
}

/** A withdrawn notice is over for nothing; a running one ends after its last day. */
export const noticeState = (
  { lastOn }: NoticeDays,
  withdrawn: boolean,
  today: LocalDate,
): PriceNotice['state'] => (withdrawn ? 'withdrawn' : today <= lastOn ? 'running' : 'over');

/** From today on, the first day counted; refused without a rule and beside a running notice. */
export const startNotice = (
  listing: {
    readonly isOpen: boolean;
    readonly content: ListingContent;
    readonly nature: PartyNature;
  },
  earlier: readonly PriceNotice['state'][],
  today: LocalDate,
): NoticeDays & { readonly rule: PriceNoticeRule } => {
  if (!listing.isOpen) throw new Refusal('listing-state');
  const rule = priceNoticeRule(listing.nature, listing.content.price.mode);
  if (!rule) {
    throw new Refusal('price-notice-state', {
      zh: '公办单位协议定价的成果才公示',
      en: 'Only a negotiated price of a public body has a notice',
    });
  }
  if (earlier.includes('running')) {
    throw new Refusal('price-notice-state', {
      zh: '已有一个公示在进行',
      en: 'A notice is running already',
    });
  }
  return { startedOn: today, lastOn: addDays(today, rule.days - 1), rule };
};
