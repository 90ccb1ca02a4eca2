import * as api from '@jishi/contracts/market/drafts';
import type { Principal } from '@jishi/contracts/principal';
import type { Service } from '@jishi/runtime/service';
import { inTenant } from '../store/accounts/tenant.ts';
import { lockAnnouncement } from '../store/trade/announcements.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { type TradeContext, type Trader, traderOf } from './trade-context.ts';
import {
  discardDraft,
  listingDraftView,
  needDraftView,
  saveDraft,
  submitDraft,
} from './trade-draft-acts.ts';
import { listingView, needView } from './trade-views.ts';

type Work<T> = (trx: TradeTrx, trader: Trader, now: string) => Promise<T>;

/** Drafts of listings and of needs: saved as far as they go, refused by name when submitted. */
export const serveDrafts = ({ serve }: Service, { db, clock }: TradeContext): void => {
  const as = <T>(principal: Principal | undefined, work: Work<T>): Promise<T> => {
    const trader = traderOf(principal);
    return inTenant(db, principal, (trx) => work(trx, trader, clock()));
  };
  serve(api.readListingDraft, ({ params, principal }) =>
    as(principal, (trx, trader) => listingDraftView(trx, params.listingId, trader)),
  );
  serve(api.saveListingDraft, ({ params, body, principal }) =>
    as(principal, async (trx, trader, now) => {
      await saveDraft(trx, 'listing', params.listingId, body, trader, now);
      return listingDraftView(trx, params.listingId, trader);
    }),
  );
  serve(api.submitListingDraft, ({ params: { listingId: id }, body, principal }) =>
    as(principal, async (trx, trader, now) => {
      await submitDraft(trx, 'listing', id, body, trader, now);
      return listingView(await lockAnnouncement(trx, 'listing', id), trader.person);
    }),
  );
  serve(api.discardListingDraft, ({ params, body, principal }) =>
    as(principal, (trx, trader, now) =>
      discardDraft(trx, 'listing', params.listingId, body, trader, now),
    ),
  );
  serve(api.readNeedDraft, ({ params, principal }) =>
    as(principal, (trx, trader) => needDraftView(trx, params.needId, trader)),
  );
  serve(api.saveNeedDraft, ({ params, body, principal }) =>
    as(principal, async (trx, trader, now) => {
      await saveDraft(trx, 'need', params.needId, body, trader, now);
      return needDraftView(trx, params.needId, trader);
    }),
  );
  serve(api.submitNeedDraft, ({ params: { needId: id }, body, principal }) =>
    as(principal, async (trx, trader, now) => {
      await submitDraft(trx, 'need', id, body, trader, now);
      return needView(await lockAnnouncement(trx, 'need', id), trader.person);
    }),
  );
  serve(api.discardNeedDraft, ({ params, body, principal }) =>
    as(principal, (trx, trader, now) =>
      discardDraft(trx, 'need', params.needId, body, trader, now),
    ),
  );
};
