import type { Id } from '@jishi/contracts/ids';
import type {
  Contact,
  ListingContent,
  ListingView,
  NeedContent,
  NeedView,
  Owner,
} from '@jishi/contracts/market/listing';
import type { NegotiationEntry, NegotiationView } from '@jishi/contracts/market/negotiation';
import type { PartyRef } from '@jishi/contracts/party';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalDate } from '@jishi/contracts/time';
import { qualityOfListing } from '../domain/listing/quality.ts';
import { qualityOfNeed } from '../domain/need/quality.ts';
import { isExpired, type Negotiation, turnOf } from '../domain/negotiation/negotiation.ts';
import type { StoredAnnouncement } from '../store/trade/announcements.ts';
import type { StoredNegotiation } from '../store/trade/negotiations.ts';

export const ownerView = ({ partyId, name, nature, district }: PartyRef): Owner => ({
  partyId,
  name,
  nature,
  district,
});

/** The owner's people see their contact and the reasons; a reviewer the reasons alone. */
const ownPart = (
  { owner, state }: StoredAnnouncement,
  reader: Person | undefined,
  contact: Contact | undefined,
): ListingView['own'] => {
  const reasons = [...state.reasons];
  if (reader && reader.partyId === owner.partyId) return { contact: contact ?? null, reasons };
  return reader?.roles.includes('exchange-operator') ? { contact: null, reasons } : null;
};

const commonView = (
  stored: StoredAnnouncement,
  reader: Person | undefined,
  contact: Contact | undefined,
) => ({
  status: stored.state.status,
  version: stored.state.version,
  owner: ownerView(stored.owner),
  openedOn: stored.state.openedOn,
  expiresOn: stored.state.expiresOn,
  own: ownPart(stored, reader, contact),
});

export const listingView = (
  stored: StoredAnnouncement,
  reader: Person | undefined,
  contact?: Contact,
): ListingView => {
  const content = stored.content as ListingContent;
  const common = commonView(stored, reader, contact);
  return { listingId: stored.id, content, quality: qualityOfListing(content), ...common };
};

export const needView = (
  stored: StoredAnnouncement,
  reader: Person | undefined,
  contact?: Contact,
): NeedView => {
  const content = stored.content as NeedContent;
  const common = commonView(stored, reader, contact);
  return { needId: stored.id, content, quality: qualityOfNeed(content), ...common };
};

type You = NegotiationView['you'];

/** Which side a party is on; a party on none is told that there is nothing. */
export const sideOf = (
  record: {
    readonly seller: PartyRef;
    readonly buyer: PartyRef;
    readonly broker: PartyRef | null;
  },
  partyId: Id | null,
): You => {
  if (partyId === record.seller.partyId) return 'seller';
  if (partyId === record.buyer.partyId) return 'buyer';
  if (partyId !== null && partyId === record.broker?.partyId) return 'broker';
  throw new Refusal('not-found');
};

/** What a broker may read of the log: what was agreed and what concerns itself. */
const BROKER_READS: ReadonlySet<NegotiationEntry['kind']> = new Set([
  'accepted',
  'broker-confirmed',
  'broker-declined',
  'contract-drawn',
  'contract-discarded',
]);

const openOfferView = (
  { openOffer }: Negotiation,
  today: LocalDate,
): NegotiationView['openOffer'] => {
  if (openOffer === null) return null;
  const { expiresOn = null } = openOffer;
  return { ...openOffer, expiresOn, expired: isExpired(openOffer, today) };
};

/** What a room is shown with beside its own record. */
export interface RoomFacts {
  readonly contacts: ReadonlyMap<Id, Contact>;
  /** Of listings and needs. */
  readonly titles: ReadonlyMap<Id, string>;
  readonly today: LocalDate;
}

export const negotiationView = (
  stored: StoredNegotiation,
  you: You,
  log: readonly NegotiationEntry[],
  { contacts, titles, today }: RoomFacts,
): NegotiationView => {
  const { state, broker } = stored;
  const contactOf = (id: Id | null): Contact | null =>
    you === 'broker' || id === null ? null : (contacts.get(id) ?? null);
  return {
    negotiationId: stored.id,
    status: state.status,
    version: state.version,
    you,
    seller: ownerView(stored.seller),
    buyer: ownerView(stored.buyer),
    broker: broker && ownerView(broker),
    brokerState: broker === null ? 'none' : state.brokerConfirmed ? 'confirmed' : 'asked',
    listingId: stored.listingId,
    needId: stored.needId,
    listingTitle: stored.listingId && (titles.get(stored.listingId) ?? null),
    needTitle: stored.needId && (titles.get(stored.needId) ?? null),
    openOffer: you === 'broker' ? null : openOfferView(state, today),
    turn: turnOf(state, today),
    agreedTerms: state.agreed?.terms ?? null,
    contractId: state.contractId,
    contacts: { seller: contactOf(stored.listingId), buyer: contactOf(stored.needId) },
    log: log.filter((entry) => you !== 'broker' || BROKER_READS.has(entry.kind)),
  };
};
