import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { ContractPrivate, ContractPublic, EventDataOf } from '@jishi/contracts/ledger/events';
import type { Instant, LocalDate } from '@jishi/contracts/time';

/** A registered contract as the family needs it. Amounts in fen. */
export interface ContractFact {
  readonly contractId: string;
  readonly registeredOn: LocalDate;
  readonly contractType: string;
  readonly fieldCode: string;
  readonly industryCode: string;
  /** District of the registrant: the seller's, for an import the domestic buyer's. */
  readonly district: string;
  /** District of the buyer, `outside` or `abroad`; empty when unknown. */
  readonly buyerRegion: string;
  readonly isImport: boolean;
  readonly relatedParty: boolean;
  readonly subcontract: boolean;
  /** Both sides let its value be known, so that it covers no other (publication). */
  readonly isValuePublished: boolean;
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
  readonly sellerId: string;
  readonly buyerId: string;
  /** The listings and needs that the contract names; each is converted by it. */
  readonly origins: readonly string[];
}

/** An amendment: everything but the date of registration, which stays as it was. */
export type AmendedFact = Omit<ContractFact, 'registeredOn'>;

export interface OpeningFact {
  readonly listingId: string;
  readonly district: string;
  readonly industryCode: string;
  readonly fieldCode: string;
  readonly openedOn: LocalDate;
  readonly expiresOn: LocalDate | null;
}

/** One event of the log, reduced to what the fold uses. `seq` alone orders events. */
export type FamilyFact = { readonly seq: number; readonly recordedAt: Instant } & (
  | { readonly kind: 'registered'; readonly contract: ContractFact }
  | { readonly kind: 'amended'; readonly contract: AmendedFact }
  | { readonly kind: 'left'; readonly contractId: string }
  | { readonly kind: 'opened'; readonly listing: OpeningFact }
  | { readonly kind: 'renewed'; readonly listingId: string; readonly expiresOn: LocalDate | null }
  | { readonly kind: 'closed'; readonly listingId: string; readonly closedOn: LocalDate }
  | { readonly kind: 'other' }
);

/** What the index needs of a private part: the remainder left by an erasure has no more. */
interface PrivateFacts {
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
  readonly seller: { readonly partyId: string };
  readonly buyer: { readonly partyId: string };
  readonly listingId?: string | null;
  readonly needId?: string | null;
}

/** A row of the log, as its reader gives it; an erased private part may leave a remainder. */
export interface FamilyRow {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly privateText: string | null;
}

const privateOf = ({ seq, privateText }: FamilyRow): PrivateFacts => {
  // Counting it as nothing would be a silent error, so the reader of the log has to stop.
  if (privateText === null) throw new Error(`event ${seq}: private part is missing`);
  const part = JSON.parse(privateText) as { facts?: ContractPrivate } & PrivateFacts;
  return part.facts ?? part;
};

const contractOf = (row: FamilyRow): AmendedFact => {
  const data = row.envelope.data as ContractPublic & { contractId: string };
  const facts = privateOf(row);
  return {
    contractId: data.contractId,
    contractType: data.contractType,
    fieldCode: data.fieldCode,
    industryCode: data.industryCode,
    district: data.sellerDistrict,
    buyerRegion: data.buyerDistrict ?? '',
    isImport: data.isImport,
    relatedParty: data.relatedParty,
    subcontract: data.subcontract,
    isValuePublished: (data.publishedValueFen ?? null) !== null,
    contractValueFen: BigInt(facts.contractValueFen),
    technologyValueFen: BigInt(facts.technologyValueFen),
    sellerId: facts.seller.partyId,
    buyerId: facts.buyer.partyId,
    origins: [facts.listingId, facts.needId].filter((id) => typeof id === 'string'),
  };
};

type ListingData = Partial<EventDataOf<'ListingOpened'> & EventDataOf<'NeedOpened'>>;
const listingIdOf = (data: ListingData): string => data.listingId ?? data.needId ?? '';

const openingOf = (envelope: Envelope): OpeningFact => {
  const data = envelope.data as EventDataOf<'ListingOpened'>;
  return {
    listingId: listingIdOf(data),
    district: data.district,
    industryCode: data.industryCode,
    fieldCode: data.fieldCode,
    openedOn: data.openedOn,
    expiresOn: data.expiresOn,
  };
};

/** The types of events that the index reads. */
export const READ_TYPES: ReadonlySet<string> = new Set([
  ...['ContractRegistered', 'ContractAmended', 'ContractDeregistered', 'ContractRevoked'],
  ...['ListingOpened', 'ListingRenewed', 'ListingClosed'],
  ...['NeedOpened', 'NeedRenewed', 'NeedClosed'],
]);

/**
 * Reduces a row of the log. Trusts the ledger's own hashed bytes; throws when a needed private
 * part is missing. Event types that no index reads give `other`, which moves the head alone.
 */
export const familyFactOf = (row: FamilyRow): FamilyFact => {
  const { seq, envelope } = row;
  const at = { seq, recordedAt: envelope.recordedAt };
  switch (envelope.type) {
    case 'ContractRegistered': {
      const { registeredOn } = envelope.data as EventDataOf<'ContractRegistered'>;
      return { ...at, kind: 'registered', contract: { ...contractOf(row), registeredOn } };
    }
    case 'ContractAmended':
      return { ...at, kind: 'amended', contract: contractOf(row) };
    case 'ContractDeregistered':
    case 'ContractRevoked':
      return { ...at, kind: 'left', contractId: String(envelope.data.contractId) };
    case 'ListingOpened':
    case 'NeedOpened':
      return { ...at, kind: 'opened', listing: openingOf(envelope) };
    case 'ListingRenewed':
    case 'NeedRenewed': {
      const data = envelope.data as EventDataOf<'ListingRenewed'>;
      return { ...at, kind: 'renewed', listingId: listingIdOf(data), expiresOn: data.expiresOn };
    }
    case 'ListingClosed':
    case 'NeedClosed': {
      const data = envelope.data as EventDataOf<'ListingClosed'>;
      return { ...at, kind: 'closed', listingId: listingIdOf(data), closedOn: data.closedOn };
    }
    default:
      return { ...at, kind: 'other' };
  }
};
