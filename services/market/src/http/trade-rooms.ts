import type { Id } from '@jishi/contracts/ids';
import type { NegotiationView, Side } from '@jishi/contracts/market/negotiation';
import * as api from '@jishi/contracts/market/trade';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import type { AnnouncementKind } from '../domain/listing/ledger-event.ts';
import { isOpen } from '../domain/listing/life-cycle.ts';
import { open } from '../domain/negotiation/negotiation.ts';
import { inTenant } from '../store/accounts/tenant.ts';
import { contactsOf, findAnnouncement } from '../store/trade/announcements.ts';
import {
  entriesOf,
  findNegotiation,
  insertNegotiation,
  listNegotiationsOf,
  type StoredNegotiation,
} from '../store/trade/negotiations.ts';
import { titlesOf } from '../store/trade/subject-titles.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import {
  isNew,
  nextOf,
  partyOf,
  requireSideRole,
  type TradeContext,
  type Trader,
  traderOf,
} from './trade-context.ts';
import { tellOfStep } from './trade-notices.ts';
import { negotiationView, sideOf } from './trade-views.ts';

/** Whose side the room is shown from, and on which business day. */
export interface Reader {
  readonly partyId: Id | null;
  readonly today: LocalDate;
}

const showAll = async (
  trx: TradeTrx,
  found: readonly StoredNegotiation[],
  { partyId, today }: Reader,
): Promise<NegotiationView[]> => {
  const subjects = found.flatMap(({ listingId, needId }) => [listingId, needId]);
  const contacts = await contactsOf(
    trx,
    subjects.filter((id) => id !== null),
  );
  const titles = await titlesOf(trx, found);
  const logs = await entriesOf(
    trx,
    found.map((stored) => stored.id),
  );
  return found.map((stored) =>
    negotiationView(stored, sideOf(stored, partyId), logs.get(stored.id) ?? [], {
      contacts,
      titles,
      today,
    }),
  );
};

export const showNegotiation = async (
  trx: TradeTrx,
  stored: StoredNegotiation | undefined,
  reader: Reader,
): Promise<NegotiationView> => {
  const [view] = stored ? await showAll(trx, [stored], reader) : [];
  if (!view) throw new Refusal('not-found');
  return view;
};

interface Asked {
  readonly negotiationId: Id;
  readonly as: Side;
  readonly listingId: Id | null;
  readonly needId: Id | null;
  readonly note: string;
}

/**
 * The owner of a listing sells and the owner of a need buys. Both must be open: the ledger hears of
 * what was opened before it hears of a contract that names it.
 */
const ownerOf = async (
  trx: TradeTrx,
  kind: AnnouncementKind,
  id: Id | null,
  today: LocalDate,
): Promise<PartyRef | null> => {
  if (id === null) return null;
  const stored = await findAnnouncement(trx, kind, id);
  if (!stored || stored.state.openedOn === null) throw new Refusal('not-found');
  if (!isOpen(stored.state, today)) throw new Refusal('listing-state');
  return stored.owner;
};

const openFor = async (
  trx: TradeTrx,
  trader: Trader,
  asked: Asked,
  now: Instant,
): Promise<void> => {
  const today = businessDay(now);
  const me = await partyOf(trx, trader);
  const seller = (await ownerOf(trx, 'listing', asked.listingId, today)) ?? me;
  const buyer = (await ownerOf(trx, 'need', asked.needId, today)) ?? me;
  const opener = asked.as === 'seller' ? seller : buyer;
  if (opener.partyId !== me.partyId) {
    throw refuseField(
      'not-found',
      asked.as === 'seller' ? 'listingId' : 'needId',
      'own-record',
      '应为本单位发布的记录',
      'It is a record of the own organisation',
    );
  }
  const parties = { sellerPartyId: seller.partyId, buyerPartyId: buyer.partyId };
  const step = open(parties, asked.as, now, asked.note);
  const { negotiationId: id, listingId, needId } = asked;
  const opened = { id, seller, buyer, broker: null, listingId, needId, ...step };
  await insertNegotiation(trx, opened, { userId: trader.person.userId, partyId: me.partyId });
  await tellOfStep(trx, { ...opened, state: step.negotiation }, step.entry, now);
};

/** Opening, listing and reading. */
export const serveRooms = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(api.openNegotiation, ({ body, principal }) => {
    const trader = traderOf(principal);
    requireSideRole(trader.person, body.as);
    return inTenant(db, principal, async (trx) => {
      const now = clock();
      const id = body.negotiationId;
      const asking = { what: 'open-negotiation', recordId: id, commandId: id, body };
      if (await isNew(trx, trader.person, asking, now)) await openFor(trx, trader, body, now);
      const reader = { partyId: trader.partyId, today: businessDay(now) };
      return showNegotiation(trx, await findNegotiation(trx, id), reader);
    });
  });
  serve(api.listNegotiations, ({ query, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { partyId } = traderOf(principal);
      const reader = { partyId, today: businessDay(clock()) };
      const items = await showAll(trx, await listNegotiationsOf(trx, partyId, query), reader);
      const ids = items.map((item) => item.negotiationId);
      return { items, next: nextOf(ids, query.limit) };
    }),
  );
  serve(api.readNegotiation, ({ params, principal }) =>
    inTenant(db, principal, async (trx) => {
      const { partyId } = traderOf(principal);
      const reader = { partyId, today: businessDay(clock()) };
      return showNegotiation(trx, await findNegotiation(trx, params.negotiationId), reader);
    }),
  );
};
