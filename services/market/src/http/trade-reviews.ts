import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { listReviews, type ReviewView, readReview } from '@jishi/contracts/market/reviews';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Instant } from '@jishi/contracts/time';
import { countWorkingDays } from '@jishi/contracts/working-days';
import type { Service } from '@jishi/runtime/service';
import { qualityOfListing } from '../domain/listing/quality.ts';
import { reviewChecks } from '../domain/listing/review-checks.ts';
import { qualityOfNeed } from '../domain/need/quality.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  countWaiting,
  decisionsOn,
  findReviewed,
  listWaiting,
  sameElsewhere,
  type WaitingRecord,
} from '../store/trade/reviews.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { nextOf, personOf, type TradeContext } from './trade-context.ts';
import { listingView, needView, ownerView } from './trade-views.ts';

const waited = (submittedAt: Instant, now: Instant): number =>
  countWorkingDays(businessDay(submittedAt), businessDay(now)).days;

const rowOf = ({ stored, submittedAt, returned }: WaitingRecord, now: Instant) => {
  const { id, kind, content, owner } = stored;
  const quality =
    'summary' in content ? qualityOfListing(content) : qualityOfNeed(content as NeedContent);
  return {
    kind,
    id,
    title: content.title,
    owner: ownerView(owner),
    fieldCode: content.fieldCode,
    score: quality.score,
    submittedAt,
    waitingDays: waited(submittedAt, now),
    returned,
  };
};

const viewOf = async (
  trx: TradeTrx,
  { stored, submittedAt }: WaitingRecord,
  person: Person,
  now: Instant,
): Promise<ReviewView> => {
  const { id, kind, content, owner, state } = stored;
  const elsewhere = await sameElsewhere(trx, stored);
  const [following] = await listWaiting(trx, { after: id, limit: 1 });
  const [first] = await listWaiting(trx, { limit: 1 });
  const next = following ?? (first?.stored.id === id ? undefined : first);
  return {
    kind,
    submittedAt,
    waitingDays: waited(submittedAt, now),
    listing: kind === 'listing' ? listingView(stored, person) : null,
    need: kind === 'need' ? needView(stored, person) : null,
    checks: reviewChecks({
      content: content as ListingContent,
      nature: owner.nature,
      sameTitles: elsewhere.titles,
      numbersElsewhere: elsewhere.numbers,
    }),
    history: await decisionsOn(trx, id),
    own:
      state.makers.includes(person.userId) || state.ownerOrganisationId === person.organisationId,
    next: next?.stored.id ?? null,
  };
};

/** 挂牌审核: the queue, and one record with what the system has looked at. */
export const serveReviews = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(listReviews, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const now = clock();
      const found = await listWaiting(trx, query);
      const ids = found.map(({ stored }) => stored.id);
      return {
        items: found.map((waiting) => rowOf(waiting, now)),
        total: await countWaiting(trx, query.kind),
        next: nextOf(ids, query.limit),
      };
    }),
  );
  serve(readReview, ({ params, principal }) =>
    inTenant(db, principal, async (trx) => {
      const found = await findReviewed(trx, params.id);
      if (!found) throw new Refusal('not-found');
      return viewOf(trx, found, personOf(principal), clock());
    }),
  );
};
