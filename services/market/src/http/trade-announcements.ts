import type { Id } from '@jishi/contracts/ids';
import type { Contact, ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';
import type { AnnouncementKind } from '../domain/listing/ledger-event.ts';
import { type Announcement, draft, revise } from '../domain/listing/life-cycle.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import {
  type Filter,
  listInReview,
  listOfOwner,
  listOpen,
  type Page,
} from '../store/trade/announcement-lists.ts';
import {
  contactsOf,
  findAnnouncement,
  insertAnnouncement,
  lockAnnouncement,
  type StoredAnnouncement,
  saveContent,
} from '../store/trade/announcements.ts';
import { saveDecision } from '../store/trade/save-announcement.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import {
  isNew,
  nextOf,
  partyOf,
  personOf,
  requireVersion,
  type TradeContext,
  traderOf,
} from './trade-context.ts';

type Content = ListingContent | NeedContent;
export type ViewOf<View> = (
  stored: StoredAnnouncement,
  reader: Person | undefined,
  contact?: Contact,
) => View;

interface ActBody {
  readonly commandId: Id;
  readonly version: number;
}

export type Decide = (stored: StoredAnnouncement, person: Person, today: LocalDate) => Announcement;

/** Listings or needs: their kind and how one of them is shown. */
interface Desk<View> extends TradeContext {
  readonly kind: AnnouncementKind;
  readonly view: ViewOf<View>;
}

const show = async <View>(
  { kind, view }: Desk<View>,
  trx: TradeTrx,
  id: Id,
  reader: Person | undefined,
): Promise<View> => {
  const stored = await findAnnouncement(trx, kind, id);
  if (!stored) throw new Refusal('not-found');
  return view(stored, reader, (await contactsOf(trx, [id])).get(id));
};

const showPage = async <View>(
  { view }: Desk<View>,
  trx: TradeTrx,
  found: readonly StoredAnnouncement[],
  page: Page,
  reader: Person | undefined,
) => {
  const ids = found.map((stored) => stored.id);
  const contacts = reader ? await contactsOf(trx, ids) : new Map<Id, Contact>();
  return {
    items: found.map((stored) => view(stored, reader, contacts.get(stored.id))),
    next: nextOf(ids, page.limit),
  };
};

const create = <View>(
  desk: Desk<View>,
  id: Id,
  body: { readonly content: Content; readonly contact: Contact },
  principal: Principal | undefined,
): Promise<View> => {
  const { db, clock, kind } = desk;
  const trader = traderOf(principal);
  const { person } = trader;
  return inTenant(db, principal, async (trx) => {
    const now = clock();
    const asking = { what: `create-${kind}`, recordId: id, commandId: id, body };
    if (await isNew(trx, person, asking, now)) {
      const owner = await partyOf(trx, trader);
      const state = draft(person.organisationId, person.userId);
      const made = { id, kind, owner, content: body.content, state };
      await insertAnnouncement(trx, made, body.contact, now);
    }
    return show(desk, trx, id, person);
  });
};

type Work = (
  trx: TradeTrx,
  stored: StoredAnnouncement,
  person: Person,
  now: Instant,
) => Promise<void>;

const actOnce = <View>(
  desk: Desk<View>,
  what: string,
  id: Id,
  body: ActBody,
  principal: Principal | undefined,
  work: Work,
): Promise<View> => {
  const person = personOf(principal);
  return inTenant(desk.db, principal, async (trx) => {
    const now = desk.clock();
    const { commandId } = body;
    const asking = { what: `${what}-${desk.kind}`, recordId: id, commandId, body };
    if (await isNew(trx, person, asking, now)) {
      const stored = await lockAnnouncement(trx, desk.kind, id);
      await work(trx, stored, person, now);
    }
    return show(desk, trx, id, person);
  });
};

/** For anybody but the owner's people there is nothing to act on. */
const requireOwner = (stored: StoredAnnouncement, person: Person): void => {
  if (person.partyId !== stored.owner.partyId) throw new Refusal('not-found');
};

const reviseOwn = <View>(
  desk: Desk<View>,
  id: Id,
  body: ActBody & { readonly content: Content; readonly contact: Contact },
  principal: Principal | undefined,
): Promise<View> => {
  const trader = traderOf(principal);
  return actOnce(desk, 'revise', id, body, principal, async (trx, stored, person, now) => {
    requireOwner(stored, person);
    requireVersion(body.version, stored.state.version);
    const after = revise(stored.state, person.userId);
    const owner = await partyOf(trx, trader);
    await saveDecision(trx, stored, after, { actor: person, now });
    await saveContent(trx, id, body.content, body.contact, owner);
  });
};

/** `what` names the act; a reviewer acts on others' records, everybody else on their own. */
const act = <View>(
  desk: Desk<View>,
  what: string,
  as: 'owner' | 'reviewer',
  id: Id,
  body: ActBody,
  principal: Principal | undefined,
  decide: Decide,
): Promise<View> =>
  actOnce(desk, what, id, body, principal, async (trx, stored, person, now) => {
    if (as === 'owner') requireOwner(stored, person);
    requireVersion(body.version, stored.state.version);
    const after = decide(stored, person, businessDay(now));
    await saveDecision(trx, stored, after, { actor: person, now });
  });

const readerOf = (principal: Principal | undefined): Person | undefined =>
  principal?.kind === 'person' ? personOf(principal) : undefined;

/**
 * What listings and needs have in common: create, revise, act, read and list. Each works in one
 * transaction under the caller's row-level security.
 */
export const announcementHandlers = <View>(
  context: TradeContext,
  kind: AnnouncementKind,
  view: ViewOf<View>,
) => {
  const desk: Desk<View> = { ...context, kind, view };
  const { db, clock } = context;
  type Rest<F> = F extends (first: Desk<View>, ...rest: infer R) => unknown ? R : never;
  return {
    create: (...rest: Rest<typeof create<View>>) => create(desk, ...rest),
    reviseOwn: (...rest: Rest<typeof reviseOwn<View>>) => reviseOwn(desk, ...rest),
    act: (...rest: Rest<typeof act<View>>) => act(desk, ...rest),
    read: (id: Id, principal: Principal | undefined): Promise<View> =>
      inTenant(db, principal, (trx) => show(desk, trx, id, readerOf(principal))),
    mine: (page: Page, principal: Principal | undefined) =>
      inTenant(db, principal, async (trx) => {
        const { person, partyId } = traderOf(principal);
        return showPage(desk, trx, await listOfOwner(trx, kind, partyId, page), page, person);
      }),
    inReview: (page: Page, principal: Principal | undefined) =>
      inTenant(db, principal, async (trx) => {
        const found = await listInReview(trx, kind, page);
        return showPage(desk, trx, found, page, personOf(principal));
      }),
    open: (query: Filter & Page, principal: Principal | undefined) =>
      inTenant(db, principal, async (trx) => {
        const found = await listOpen(trx, kind, query, query, businessDay(clock()));
        return showPage(desk, trx, found, query, readerOf(principal));
      }),
  };
};
