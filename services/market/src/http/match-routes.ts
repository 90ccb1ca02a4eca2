import type { Id } from '@jishi/contracts/ids';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import {
  matchListing,
  matchNeed,
  type NeedSketch,
  previewMatches,
  rejectMatch,
  withdrawRejection as withdrawRejectionEndpoint,
} from '@jishi/contracts/market/matching';
import type { Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Clock, type LocalDate } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { Service } from '@jishi/runtime/service';
import type { Pool } from 'pg';
import type { DocumentKind, SearchText } from '../domain/matching/document.ts';
import { hintFor } from '../domain/matching/hint.ts';
import { type PhraseFields, type Telling, tellingTerms } from '../domain/matching/phrases.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import { inverseFrequencies } from '../store/matching/ranking.ts';
import { insertRejection, rejectionsOf, withdrawRejection } from '../store/matching/rejections.ts';
import { searchOpen } from '../store/matching/search.ts';
import { findAnnouncement, type StoredAnnouncement } from '../store/trade/announcements.ts';
import { searchText } from '../store/trade/search-hook.ts';
import type { TradeDb, TradeTables, TradeTrx } from '../store/trade/tables.ts';
import { serveSearch } from './match-search.ts';
import {
  type Judged,
  judged,
  listingFields,
  listingMatch,
  needFields,
  needMatch,
} from './match-views.ts';
import { personOf, traderOf } from './trade-context.ts';

export interface MatchingDeps {
  readonly pool: Pool;
  readonly clock: Clock;
}

/** Matches are judged among the best of these ranks; what ranks lower is not looked at. */
const CANDIDATES_MAX = 100;

interface PageAsked {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of what was judged, and where the next one begins. */
const pageOf = <T>(all: readonly T[], { cursor, limit }: PageAsked) => {
  const from = Number(cursor ?? 0);
  const next = from + limit < all.length ? String(from + limit) : null;
  return { shown: all.slice(from, from + limit), next };
};

const tellingOf = async (
  trx: TradeTrx,
  kind: DocumentKind,
  asked: PhraseFields,
): Promise<Telling> => {
  const known = await inverseFrequencies(trx, kind, tellingTerms(asked));
  return (term) => known.get(term) ?? 0;
};

/** The record that looks for its counterpart: for its owner's people, or it is not there. */
const ownRecord = async (
  trx: TradeTrx,
  kind: DocumentKind,
  id: Id,
  principal: Principal | undefined,
): Promise<StoredAnnouncement> => {
  const { partyId } = traderOf(principal);
  const stored = await findAnnouncement(trx, kind, id);
  if (!stored || stored.owner.partyId !== partyId) throw new Refusal('not-found');
  return stored;
};

const candidates = (trx: TradeTrx, kind: DocumentKind, by: SearchText, today: LocalDate) =>
  searchOpen(trx, { kind, by, today, limit: CANDIDATES_MAX });

/** Listings for a need, saved or not. */
const matchesOfNeed = async (
  trx: TradeTrx,
  need: NeedSketch,
  page: PageAsked,
  rejectedOf: (stored: StoredAnnouncement) => Judged['rejected'],
  today: LocalDate,
) => {
  const ranked = await candidates(trx, 'listing', need, today);
  const contents = ranked.map((stored) => stored.content as ListingContent);
  const all = judged(ranked, (s) => [need, s.content as ListingContent], rejectedOf, today);
  const { shown, next } = pageOf(all, page);
  const asked = needFields(need);
  const telling = await tellingOf(trx, 'listing', asked);
  return {
    items: shown.map((match) => listingMatch(match, asked, telling, undefined)),
    hint: hintFor(need, contents),
    next,
  };
};

/** Needs for a listing. */
const matchesOfListing = async (
  trx: TradeTrx,
  listing: ListingContent,
  page: PageAsked,
  today: LocalDate,
) => {
  const ranked = await candidates(trx, 'need', searchText(listing), today);
  const all = judged(
    ranked,
    (s) => [s.content as NeedContent, listing],
    () => null,
    today,
  );
  const { shown, next } = pageOf(all, page);
  const asked = listingFields(listing);
  const telling = await tellingOf(trx, 'need', asked);
  return {
    items: shown.map((match) => needMatch(match, asked, telling, undefined)),
    hint: null,
    next,
  };
};

const serveMatches = (service: Service, db: TradeDb, clock: Clock): void => {
  service.serve(matchNeed, ({ params, query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const need = await ownRecord(trx, 'need', params.needId, principal);
      const aside = await rejectionsOf(trx, need.id);
      return matchesOfNeed(
        trx,
        need.content as NeedContent,
        query,
        (stored) => aside.get(stored.id) ?? null,
        businessDay(clock()),
      );
    }),
  );

  service.serve(matchListing, ({ params, query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const listing = await ownRecord(trx, 'listing', params.listingId, principal);
      return matchesOfListing(trx, listing.content as ListingContent, query, businessDay(clock()));
    }),
  );

  service.serve(previewMatches, ({ body, query, principal }) => {
    personOf(principal);
    return inTenant(db, principal, (trx) =>
      matchesOfNeed(trx, body, query, () => null, businessDay(clock())),
    );
  });
};

const serveRejections = (service: Service, db: TradeDb, clock: Clock): void => {
  service.serve(rejectMatch, ({ params, body, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { person } = traderOf(principal);
      const need = await ownRecord(trx, 'need', params.needId, principal);
      const listing = await findAnnouncement(trx, 'listing', body.listingId);
      if (!listing || listing.state.openedOn === null) throw new Refusal('not-found');
      const { rejectionId: id, listingId, reason } = body;
      const { organisationId, userId } = person;
      const rejection = { id, organisationId, userId, needId: need.id, listingId, reason };
      await insertRejection(trx, rejection, clock());
      return { rejectionId: id, withdrawn: false };
    }),
  );

  service.serve(withdrawRejectionEndpoint, ({ params, principal }) =>
    inTenant(db, principal, async (trx) => {
      await ownRecord(trx, 'need', params.needId, principal);
      await withdrawRejection(trx, params.rejectionId, params.needId, clock());
      return { rejectionId: params.rejectionId, withdrawn: true };
    }),
  );
};

/** Search for everybody; matches with reasons for the owner of a record. */
export const serveMatching = (service: Service, deps: MatchingDeps): void => {
  const db = openDatabase<TradeTables>(deps.pool);
  serveSearch(service, db, deps.clock);
  serveMatches(service, db, deps.clock);
  serveRejections(service, db, deps.clock);
};
