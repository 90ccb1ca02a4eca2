import type { Id } from '@jishi/contracts/ids';
import type { ListingContent } from '@jishi/contracts/market/listing';
import * as api from '@jishi/contracts/market/price-notice';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type LocalDate } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { isOpen } from '../domain/listing/life-cycle.ts';
import { noticeState, startNotice } from '../domain/listing/price-notice.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  findAnnouncement,
  lockAnnouncement,
  type StoredAnnouncement,
} from '../store/trade/announcements.ts';
import { insertNotice, noticesOf, withdrawNotice } from '../store/trade/price-notices.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { isNew, type TradeContext, type Trader, traderOf } from './trade-context.ts';

const shown = async (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  today: LocalDate,
): Promise<api.PriceNotices> => {
  const { mode } = (stored.content as ListingContent).price;
  const found = await noticesOf(trx, stored.id);
  return {
    rule: api.priceNoticeRule(stored.owner.nature, mode),
    items: found.map(({ id, ...notice }) => ({
      noticeId: id,
      ...notice,
      state: noticeState(notice, notice.withdrawnBecause !== null, today),
    })),
  };
};

/** The owner's people act on it; for everybody else there is nothing to act on. */
const lockOwn = async (trx: TradeTrx, id: Id, trader: Trader): Promise<StoredAnnouncement> => {
  const stored = await lockAnnouncement(trx, 'listing', id);
  if (stored.owner.partyId !== trader.partyId) throw new Refusal('not-found');
  return stored;
};

/** 公示 of a proposed price: started by the owner, read by everybody. */
export const servePriceNotices = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(api.listPriceNotices, ({ params, principal }) =>
    inTenant(db, principal, async (trx) => {
      const stored = await findAnnouncement(trx, 'listing', params.listingId);
      if (!stored) throw new Refusal('not-found');
      return shown(trx, stored, businessDay(clock()));
    }),
  );
  serve(api.startPriceNotice, ({ params, body, principal }) => {
    const trader = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const today = businessDay(now);
      const stored = await lockOwn(trx, params.listingId, trader);
      const { noticeId: id, proposedPriceFen, objectionsTo } = body;
      const asking = { what: 'start-price-notice', recordId: stored.id, commandId: id, body };
      if (await isNew(trx, trader.person, asking, now)) {
        const earlier = (await shown(trx, stored, today)).items.map((notice) => notice.state);
        const { startedOn, lastOn } = startNotice(
          {
            isOpen: isOpen(stored.state, today),
            content: stored.content as ListingContent,
            nature: stored.owner.nature,
          },
          earlier,
          today,
        );
        const made = { id, proposedPriceFen, objectionsTo, startedOn, lastOn };
        const of = {
          listingId: stored.id,
          ownerPartyId: trader.partyId,
          userId: trader.person.userId,
        };
        await insertNotice(trx, { ...made, ...of, withdrawnBecause: null }, now);
      }
      return shown(trx, stored, today);
    });
  });
  serve(api.withdrawPriceNotice, ({ params, body, principal }) => {
    const trader = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const stored = await lockOwn(trx, params.listingId, trader);
      await withdrawNotice(trx, stored.id, params.noticeId, body.because, now);
      return shown(trx, stored, businessDay(now));
    });
  });
};
