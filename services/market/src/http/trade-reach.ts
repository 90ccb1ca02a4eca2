import { createHash, randomBytes } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import { ListingDraft, NeedDraft } from '@jishi/contracts/market/drafts';
import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import { listingQuality, needQuality } from '@jishi/contracts/market/quality';
import * as api from '@jishi/contracts/market/reach';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { addDays, businessDay, type LocalDate } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { Context } from 'hono';
import type { AnnouncementKind } from '../domain/listing/ledger-event.ts';
import { isOpen } from '../domain/listing/life-cycle.ts';
import { qualityOfListing } from '../domain/listing/quality.ts';
import { qualityOfNeed } from '../domain/need/quality.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  contactsOf,
  findAnnouncement,
  type StoredAnnouncement,
} from '../store/trade/announcements.ts';
import { countOwn, listOwn, type OwnPage, type OwnRecord } from '../store/trade/own-rows.ts';
import {
  addView,
  funnelsOf,
  lockReveals,
  recordReveal,
  unreadMatches,
  viewsByDay,
} from '../store/trade/reach.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { addressOf } from './accounts/whence.ts';
import { nextOf, type TradeContext, type Trader, traderOf } from './trade-context.ts';

/** Contacts that an organisation is shown a day (ASSUMPTION: no rule of the city is known). */
const CONTACTS_PER_DAY = 20;
const VIEW_DAYS_SHOWN = 30;
const SEEN_TODAY_MAX = 200_000;
/** Programs that say what they are; one that pretends to be a browser is counted. */
const ROBOTS = /bot|crawl|spider|slurp|curl|wget|python|java\/|httpclient|go-http/i;

/**
 * Who has looked at what today, as hashes under a salt of this process and day, in memory alone:
 * nothing of it is ever stored, and a restart forgets it.
 */
const seenToday = () => {
  let day = '';
  let salt = '';
  let seen = new Set<string>();
  return (address: string, id: Id, today: LocalDate): boolean => {
    if (day !== today) {
      day = today;
      salt = randomBytes(16).toString('hex');
      seen = new Set();
    }
    const key = createHash('sha256').update(`${salt}:${address}:${id}`).digest('base64');
    if (seen.has(key) || seen.size >= SEEN_TODAY_MAX) return false;
    seen.add(key);
    return true;
  };
};

const isRobot = (c: Context): boolean => {
  const agent = c.req.header('user-agent');
  return agent === undefined || ROBOTS.test(agent);
};

const openOne = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id,
  today: LocalDate,
): Promise<StoredAnnouncement> => {
  const stored = await findAnnouncement(trx, kind, id);
  if (!stored || stored.state.openedOn === null) throw new Refusal('not-found');
  if (!isOpen(stored.state, today)) throw new Refusal('listing-state');
  return stored;
};

const revealed = async (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  { person, partyId }: Trader,
  now: string,
) => {
  const { id, owner } = stored;
  const day = businessDay(now);
  const shown = new Set(await lockReveals(trx, partyId, day));
  if (owner.partyId !== partyId) {
    if (!shown.has(id) && shown.size >= CONTACTS_PER_DAY) {
      throw new Refusal('rate-limited', {
        zh: `每单位每天最多查看 ${CONTACTS_PER_DAY} 个联系人,明天再看`,
        en: `An organisation is shown ${CONTACTS_PER_DAY} contacts a day; come back tomorrow`,
      });
    }
    const { userId } = person;
    await recordReveal(trx, { id, ownerPartyId: owner.partyId }, { partyId, userId }, day, now);
    shown.add(id);
  }
  const contact = (await contactsOf(trx, [id])).get(id);
  if (!contact) throw new Refusal('not-found');
  return { contact, leftToday: Math.max(0, CONTACTS_PER_DAY - shown.size) };
};

const rowQuality = ({ content, draft }: OwnRecord): number => {
  if (draft) {
    const asListing = ListingDraft.safeParse(draft);
    return asListing.success
      ? listingQuality(asListing.data).score
      : needQuality(NeedDraft.parse(draft)).score;
  }
  if (!content) return 0;
  const quality =
    'summary' in content
      ? qualityOfListing(content as ListingContent)
      : qualityOfNeed(content as NeedContent);
  return quality.score;
};

const ownRows = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  page: OwnPage,
  { person, partyId }: Trader,
) => {
  const found = await listOwn(trx, kind, partyId, page);
  const ids = found.map((record) => record.id);
  const funnels = await funnelsOf(trx, found);
  const matches = await unreadMatches(trx, person, ids);
  return {
    items: found.map((record) => ({
      id: record.id,
      title: record.draft?.title ?? record.content?.title ?? '',
      status: record.status,
      draftSavedAt: record.savedAt,
      submittedAt: record.submittedAt,
      version: record.version,
      score: rowQuality(record),
      openedOn: record.openedOn,
      expiresOn: record.expiresOn,
      funnel: funnels.get(record.id) ?? { openedOn: null, stages: [], contractIds: [] },
      newMatches: matches.get(record.id) ?? 0,
    })),
    counts: await countOwn(trx, kind, partyId),
    next: nextOf(ids, page.limit),
  };
};

const personIn = (principal: Principal | undefined): Person | undefined =>
  principal?.kind === 'person' ? principal : undefined;

/** Views, contacts shown, and what became of a record. */
export const serveReach = ({ serve }: Service, { db, clock }: TradeContext): void => {
  const isFirstToday = seenToday();
  const count = (
    kind: AnnouncementKind,
    id: Id,
    principal: Principal | undefined,
    c: Context,
  ): Promise<{ counted: boolean }> =>
    inTenant(db, principal, async (trx) => {
      const today = businessDay(clock());
      const { owner } = await openOne(trx, kind, id, today);
      const own = personIn(principal)?.partyId === owner.partyId;
      if (own || isRobot(c) || !isFirstToday(addressOf(c), id, today)) return { counted: false };
      await addView(trx, id, today);
      return { counted: true };
    });
  const reveal = (kind: AnnouncementKind, id: Id, principal: Principal | undefined) => {
    const trader = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      return revealed(trx, await openOne(trx, kind, id, businessDay(now)), trader, now);
    });
  };
  const rows = (kind: AnnouncementKind, page: OwnPage, principal: Principal | undefined) => {
    const trader = traderOf(principal);
    return inTenant(db, principal, (trx) => ownRows(trx, kind, page, trader));
  };
  serve(api.countListingView, ({ params, principal, context }) =>
    count('listing', params.listingId, principal, context),
  );
  serve(api.countNeedView, ({ params, principal, context }) =>
    count('need', params.needId, principal, context),
  );
  serve(api.revealListingContact, ({ params, principal }) =>
    reveal('listing', params.listingId, principal),
  );
  serve(api.revealNeedContact, ({ params, principal }) => reveal('need', params.needId, principal));
  serve(api.listOwnListingRows, ({ query, principal }) => rows('listing', query, principal));
  serve(api.listOwnNeedRows, ({ query, principal }) => rows('need', query, principal));
  serve(api.readFunnel, ({ params, principal }) => {
    const { partyId } = traderOf(principal);
    return inTenant(db, principal, async (trx) => {
      const stored = await findAnnouncement(trx, 'listing', params.listingId);
      if (!stored || stored.owner.partyId !== partyId) throw new Refusal('not-found');
      const { id } = stored;
      const { openedOn } = stored.state;
      const funnel = (await funnelsOf(trx, [{ id, openedOn }])).get(id);
      const from = addDays(businessDay(clock()), 1 - VIEW_DAYS_SHOWN);
      const found = funnel ?? { openedOn, stages: [], contractIds: [] };
      return { ...found, viewsByDay: await viewsByDay(trx, id, from) };
    });
  });
};
