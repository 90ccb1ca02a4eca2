import type { Id } from '@jishi/contracts/ids';
import type {
  NegotiationEntry,
  NegotiationStatus,
  RejectionReason,
  Side,
  Terms,
} from '@jishi/contracts/market/negotiation';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';

/** What decisions about a negotiation need; the log itself only grows and is not read for them. */
export interface Negotiation {
  readonly status: NegotiationStatus;
  readonly version: number;
  readonly sellerPartyId: Id;
  readonly buyerPartyId: Id;
  readonly openOffer: Offer | null;
  /** The offer that was accepted; gone again when the broker named in it declines. */
  readonly agreed: Offer | null;
  readonly brokerConfirmed: boolean;
  readonly contractId: Id | null;
}

export interface Offer {
  readonly offerId: Id;
  readonly by: Side;
  readonly terms: Terms;
  /** Last day on which it can be accepted; null or absent: until it is answered. */
  readonly expiresOn?: LocalDate | null;
}

/** A decision: how the negotiation stands now, and the one entry that its log gets. */
export interface Step {
  readonly negotiation: Negotiation;
  readonly entry: NegotiationEntry;
}

type Said = Partial<Pick<NegotiationEntry, 'offerId' | 'terms' | 'expiresOn' | 'note' | 'reasons'>>;

const step = (
  before: Negotiation,
  change: Partial<Negotiation>,
  kind: NegotiationEntry['kind'],
  by: NegotiationEntry['by'],
  at: Instant,
  said: Said = {},
): Step => {
  const version = before.version + 1;
  return {
    negotiation: { ...before, ...change, version },
    entry: { version, kind, by, at, offerId: null, terms: null, note: '', reasons: [], ...said },
  };
};

const requireStatus = (
  negotiation: Negotiation,
  ...allowed: readonly NegotiationStatus[]
): void => {
  if (allowed.includes(negotiation.status)) return;
  throw new Refusal('negotiation-state', {
    zh: `现状态:${negotiation.status}`,
    en: `The status is ${negotiation.status}`,
  });
};

/** The seller and the buyer are two parties. */
export const open = (
  parties: { readonly sellerPartyId: Id; readonly buyerPartyId: Id },
  by: Side,
  at: Instant,
  note: string,
): Step => {
  if (parties.sellerPartyId === parties.buyerPartyId) throw new Refusal('own-record');
  const nothing: Negotiation = {
    ...parties,
    status: 'open',
    version: 0,
    openOffer: null,
    agreed: null,
    brokerConfirmed: false,
    contractId: null,
  };
  return step(nothing, {}, 'opened', by, at, { note });
};

/** An offer replaces whatever offer was open, of either side: there is one thing to answer. */
export const offer = (before: Negotiation, made: Offer, at: Instant, note: string): Step => {
  requireStatus(before, 'open');
  const { brokerPartyId } = made.terms;
  if (brokerPartyId === before.sellerPartyId || brokerPartyId === before.buyerPartyId) {
    throw refuseField(
      'broker-not-third-party',
      'terms.brokerPartyId',
      'third-party',
      '中介方不能是买卖任何一方',
      'The broker is neither the seller nor the buyer',
    );
  }
  const { offerId, terms, expiresOn = null } = made;
  if (expiresOn !== null && expiresOn < businessDay(at)) {
    throw refuseField(
      'invalid-input',
      'expiresOn',
      'day-past',
      '有效期不能早于今天',
      'The last day of an offer is not before today',
    );
  }
  const said = { offerId, terms, note, ...(expiresOn === null ? {} : { expiresOn }) };
  return step(before, { openOffer: made }, 'offered', made.by, at, said);
};

/** An offer is open to the end of its last business day. */
export const isExpired = (made: Offer, today: LocalDate): boolean =>
  made.expiresOn != null && made.expiresOn < today;

/** Who acts next: the side that was made an offer, the broker that was asked, or either side. */
export const turnOf = (
  { status, openOffer, agreed, brokerConfirmed }: Negotiation,
  today: LocalDate,
): Side | 'broker' | 'either' | null => {
  if (status === 'agreed') {
    return agreed?.terms.brokerPartyId != null && !brokerConfirmed ? 'broker' : 'either';
  }
  if (status !== 'open') return null;
  if (!openOffer || isExpired(openOffer, today)) return 'either';
  return openOffer.by === 'seller' ? 'buyer' : 'seller';
};

/** The open offer by this id, of the other side. */
const othersOffer = (before: Negotiation, by: Side, offerId: Id): Offer => {
  const { openOffer } = before;
  if (openOffer?.offerId !== offerId) throw new Refusal('offer-not-open');
  if (openOffer.by === by) throw new Refusal('own-offer');
  return openOffer;
};

export const accept = (before: Negotiation, by: Side, offerId: Id, at: Instant): Step => {
  requireStatus(before, 'open');
  const agreed = othersOffer(before, by, offerId);
  if (isExpired(agreed, businessDay(at))) {
    throw new Refusal('offer-not-open', {
      zh: `该报价有效期至 ${agreed.expiresOn}`,
      en: `The offer could be accepted until ${agreed.expiresOn}`,
    });
  }
  const change = { status: 'agreed', openOffer: null, agreed, brokerConfirmed: false } as const;
  return step(before, change, 'accepted', by, at, { offerId, terms: agreed.terms });
};

/** Rejects the other side's open offer (null: what was asked for as a whole); `final` ends it. */
export const reject = (
  before: Negotiation,
  by: Side,
  rejected: {
    readonly offerId: Id | null;
    readonly final: boolean;
    readonly reasons: readonly RejectionReason[];
  },
  at: Instant,
): Step => {
  requireStatus(before, 'open');
  if (rejected.offerId !== null) othersOffer(before, by, rejected.offerId);
  const status = rejected.final ? 'rejected' : 'open';
  return step(before, { status, openOffer: null }, 'rejected', by, at, {
    offerId: rejected.offerId,
    reasons: [...rejected.reasons],
  });
};

/** Either side may leave until a contract is drawn up. */
export const withdraw = (
  before: Negotiation,
  by: Side,
  reasons: readonly RejectionReason[],
  at: Instant,
): Step => {
  requireStatus(before, 'open', 'agreed');
  const change = { status: 'withdrawn', openOffer: null } as const;
  return step(before, change, 'withdrawn', by, at, { reasons: [...reasons] });
};

/** A broker that declines puts the parties back to bargaining: the terms named it. */
export const answerAsBroker = (before: Negotiation, confirm: boolean, at: Instant): Step => {
  requireStatus(before, 'agreed');
  if (before.brokerConfirmed) throw new Refusal('negotiation-state');
  return confirm
    ? step(before, { brokerConfirmed: true }, 'broker-confirmed', 'broker', at)
    : step(before, { status: 'open', agreed: null }, 'broker-declined', 'broker', at);
};

/** A contract is drawn once from agreed terms, after the broker named in them has confirmed. */
export const drawContract = (
  before: Negotiation,
  by: Side,
  contractId: Id,
  at: Instant,
): Step & { readonly terms: Terms } => {
  requireStatus(before, 'agreed');
  const { agreed } = before;
  if (!agreed) throw new Refusal('negotiation-state');
  if (agreed.terms.brokerPartyId !== null && !before.brokerConfirmed) {
    throw new Refusal('broker-not-confirmed');
  }
  const change = { status: 'contracted', contractId } as const;
  return { ...step(before, change, 'contract-drawn', by, at), terms: agreed.terms };
};

/** The contract was discarded before both had signed: the terms stay agreed. */
export const releaseContract = (before: Negotiation, by: Side, at: Instant): Step => {
  requireStatus(before, 'contracted');
  return step(before, { status: 'agreed', contractId: null }, 'contract-discarded', by, at);
};
