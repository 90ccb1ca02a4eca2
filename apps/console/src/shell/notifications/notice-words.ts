import type { Notification, NotificationKind } from '@jishi/contracts/market/notifications';
import type { Named } from '../navigation.ts';

/** What each kind says; the titles of the records stand beside it. */
export const NOTICE_WORDS: Readonly<Record<NotificationKind, Named>> = {
  'match-found': { zh: '有新的匹配', en: 'A new match' },
  'listing-published': { zh: '成果已发布', en: 'Listing published' },
  'listing-returned': { zh: '成果退回修改', en: 'Listing returned' },
  'need-published': { zh: '需求已发布', en: 'Need published' },
  'need-returned': { zh: '需求退回修改', en: 'Need returned' },
  'negotiation-opened': { zh: '对方发起洽谈', en: 'A negotiation was opened' },
  'offer-received': { zh: '收到报价', en: 'Offer received' },
  'offer-accepted': { zh: '报价已被接受', en: 'Offer accepted' },
  'offer-rejected': { zh: '报价被拒绝', en: 'Offer rejected' },
  'negotiation-ended': { zh: '洽谈已结束', en: 'Negotiation ended' },
  'broker-asked': { zh: '请确认担任中介方', en: 'Asked to act as broker' },
  'broker-answered': { zh: '中介方已答复', en: 'The broker answered' },
  'contract-drawn': { zh: '合同已起草', en: 'Contract drawn up' },
  'contract-signed': { zh: '合同有新的签署', en: 'Contract signed' },
};

/** Where a notice leads: the reader's own record. */
export const noticeTarget = ({ subject, kind }: Notification): string => {
  switch (subject.type) {
    case 'listing':
      return `/desk/listings/${subject.id}`;
    case 'need':
      return kind === 'match-found'
        ? `/desk/needs/${subject.id}/matches`
        : `/desk/needs/${subject.id}`;
    case 'negotiation':
      return `/desk/negotiations/${subject.id}`;
    default:
      return `/desk/contracts/${subject.id}`;
  }
};
