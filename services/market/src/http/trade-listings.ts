import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import * as api from '@jishi/contracts/market/trade-listings';
import type { Service } from '@jishi/runtime/service';
import { close, publish, renew, sendBack, submit } from '../domain/listing/life-cycle.ts';
import { listingRequired } from '../domain/listing/quality.ts';
import { needRequired } from '../domain/need/quality.ts';
import { announcementHandlers } from './trade-announcements.ts';
import type { TradeContext } from './trade-context.ts';
import { listingView, needView } from './trade-views.ts';

/** 成果. `mine` and `in-review` are mounted before `{listingId}`, which would take them too. */
export const serveListings = (service: Service, context: TradeContext): void => {
  const { serve } = service;
  const { openPeriod } = context;
  const on = announcementHandlers(context, 'listing', listingView);
  serve(api.listOwnListings, ({ query, principal }) => on.mine(query, principal));
  serve(api.listListingsInReview, ({ query, principal }) => on.inReview(query, principal));
  serve(api.listListings, ({ query, principal }) => on.open(query, principal));
  serve(api.readListing, ({ params, principal }) => on.read(params.listingId, principal));
  serve(api.createListing, ({ body: { listingId, ...body }, principal }) =>
    on.create(listingId, body, principal),
  );
  serve(api.reviseListing, ({ params, body, principal }) =>
    on.reviseOwn(params.listingId, body, principal),
  );
  serve(api.submitListing, ({ params, body, principal }) =>
    on.act('submit', 'owner', params.listingId, body, principal, (stored, person) =>
      submit(stored.state, person.userId, listingRequired(stored.content as ListingContent)),
    ),
  );
  serve(api.publishListing, ({ params, body, principal }) =>
    on.act('publish', 'reviewer', params.listingId, body, principal, (stored, person, today) =>
      publish(stored.state, person, today, openPeriod, {
        expiresOn: body.expiresOn,
        latestOn: null,
      }),
    ),
  );
  serve(api.returnListing, ({ params, body, principal }) =>
    on.act('return', 'reviewer', params.listingId, body, principal, (stored, person) =>
      sendBack(stored.state, person, body.reasons),
    ),
  );
  serve(api.renewListing, ({ params, body, principal }) =>
    on.act('renew', 'owner', params.listingId, body, principal, (stored, _, today) =>
      renew(stored.state, body.expiresOn, today, openPeriod),
    ),
  );
  serve(api.closeListing, ({ params, body, principal }) =>
    on.act('close', 'owner', params.listingId, body, principal, (stored) =>
      close(stored.state, body.reason),
    ),
  );
};

/** 需求. */
export const serveNeeds = (service: Service, context: TradeContext): void => {
  const { serve } = service;
  const { openPeriod } = context;
  const on = announcementHandlers(context, 'need', needView);
  serve(api.listOwnNeeds, ({ query, principal }) => on.mine(query, principal));
  serve(api.listNeedsInReview, ({ query, principal }) => on.inReview(query, principal));
  serve(api.listNeeds, ({ query, principal }) => on.open(query, principal));
  serve(api.readNeed, ({ params, principal }) => on.read(params.needId, principal));
  serve(api.createNeed, ({ body: { needId, ...body }, principal }) =>
    on.create(needId, body, principal),
  );
  serve(api.reviseNeed, ({ params, body, principal }) =>
    on.reviseOwn(params.needId, body, principal),
  );
  serve(api.submitNeed, ({ params, body, principal }) =>
    on.act('submit', 'owner', params.needId, body, principal, (stored, person) =>
      submit(stored.state, person.userId, needRequired(stored.content as NeedContent)),
    ),
  );
  serve(api.publishNeed, ({ params, body, principal }) =>
    on.act('publish', 'reviewer', params.needId, body, principal, (stored, person, today) =>
      publish(stored.state, person, today, openPeriod, {
        expiresOn: body.expiresOn,
        latestOn: (stored.content as NeedContent).deadline,
      }),
    ),
  );
  serve(api.returnNeed, ({ params, body, principal }) =>
    on.act('return', 'reviewer', params.needId, body, principal, (stored, person) =>
      sendBack(stored.state, person, body.reasons),
    ),
  );
  serve(api.renewNeed, ({ params, body, principal }) =>
    on.act('renew', 'owner', params.needId, body, principal, (stored, _, today) =>
      renew(stored.state, body.expiresOn, today, openPeriod),
    ),
  );
  serve(api.closeNeed, ({ params, body, principal }) =>
    on.act('close', 'owner', params.needId, body, principal, (stored) =>
      close(stored.state, body.reason),
    ),
  );
};
