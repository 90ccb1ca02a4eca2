import type { ListingContent } from '@jishi/contracts/market/listing';
import type { PriceNotice, PriceNoticeRule } from '@jishi/contracts/market/price-notice';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import type { MissingItem } from '@jishi/contracts/market/registration-papers';
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

/**
 * What to say before a contract on the listing is signed; null without a rule, and once a notice
 * is over. Of earlier notices the newest that is not withdrawn counts. It warns and never refuses.
 */
export const unfinishedNotice = (
  rule: PriceNoticeRule | null,
  notices: readonly (NoticeDays & { readonly withdrawnBecause: string | null })[],
  today: LocalDate,
): Extract<MissingItem, { what: 'price-notice' }> | null => {
  if (!rule) return null;
  const standing = notices.find(({ withdrawnBecause }) => withdrawnBecause === null);
  if (!standing) {
    return {
      what: 'price-notice',
      zh: `卖方为公办单位且协议定价:拟交易价格还没有公示。公示 ${rule.days} 天(设定值)期满后再签署`,
      en:
        'The seller is a public body and the price is negotiated: the proposed price has not been ' +
        `publicised. Sign after a notice of ${rule.days} days (a setting)`,
    };
  }
  if (noticeState(standing, false, today) === 'over') return null;
  return {
    what: 'price-notice',
    zh: `卖方为公办单位且协议定价:拟交易价格公示到 ${standing.lastOn},期满后再签署`,
    en:
      'The seller is a public body and the price is negotiated: the notice of the proposed price ' +
      `runs through ${standing.lastOn}. Sign after that`,
  };
};

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
