import type { NegotiationEntry, Terms } from './negotiation.ts';

/** The parts of terms that are bargained about one by one, in the order in which they are read. */
export const TERM_PARTS = [
  'contractType',
  'contractValueFen',
  'technologyValueFen',
  'payment',
  'royalty',
  'deferredPayment',
  'milestones',
  'licence',
  'deliverables',
  'performance',
  'brokerPartyId',
] as const;
export type TermPart = (typeof TERM_PARTS)[number];

/** Keys in order, whatever order they came in; null and absent are the same. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, plain(part)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

const partOf = (terms: Terms, part: TermPart): unknown =>
  part === 'contractType' ? [terms.contractType, terms.contractSubType] : terms[part];

const isSame = (a: Terms, b: Terms, part: TermPart): boolean =>
  JSON.stringify(plain(partOf(a, part))) === JSON.stringify(plain(partOf(b, part)));

/** Which parts of the terms differ; all of them when there were none before. */
export const changedParts = (before: Terms | null, after: Terms): readonly TermPart[] =>
  before === null ? TERM_PARTS : TERM_PARTS.filter((part) => !isSame(before, after, part));

export interface OfferInLog {
  readonly entry: NegotiationEntry;
  /** The offer before it, of either side; null for the first. */
  readonly before: Terms | null;
  readonly changed: readonly TermPart[];
  /** What became of it; `open` is the one that can be answered now. */
  readonly fate: 'open' | 'replaced' | 'accepted' | 'declined' | 'withdrawn' | 'expired';
}

type Fate = OfferInLog['fate'];

const fateOf = (
  offerId: string | null,
  later: readonly NegotiationEntry[],
  isExpired: boolean,
): Fate => {
  for (const { kind, offerId: answered } of later) {
    if (kind === 'offered') return 'replaced';
    if (kind === 'accepted' && answered === offerId) return 'accepted';
    if (kind === 'rejected') return 'declined';
    if (kind === 'withdrawn') return 'withdrawn';
  }
  return isExpired ? 'expired' : 'open';
};

/** The offers of a log, each with what it changed and what became of it, as of a business day. */
export const offersInLog = (
  log: readonly NegotiationEntry[],
  today: string,
): readonly OfferInLog[] => {
  const offers: OfferInLog[] = [];
  let before: Terms | null = null;
  log.forEach((entry, i) => {
    if (entry.kind !== 'offered' || entry.terms === null) return;
    const isExpired = entry.expiresOn != null && entry.expiresOn < today;
    offers.push({
      entry,
      before,
      changed: changedParts(before, entry.terms),
      fate: fateOf(entry.offerId, log.slice(i + 1), isExpired),
    });
    before = entry.terms;
  });
  return offers;
};

/** Parts that both sides' last offers say alike: agreed in all but name. */
export const settledParts = (log: readonly NegotiationEntry[]): ReadonlySet<TermPart> => {
  const last = (by: 'seller' | 'buyer'): Terms | null =>
    log.filter((e) => e.kind === 'offered' && e.by === by).at(-1)?.terms ?? null;
  const [seller, buyer] = [last('seller'), last('buyer')];
  if (seller === null || buyer === null) return new Set();
  return new Set(TERM_PARTS.filter((part) => isSame(seller, buyer, part)));
};
