import { z } from '@hono/zod-openapi';
import { FenString } from '../money.ts';
import { LocalMonth } from '../time.ts';
import { LogHead } from './envelope.ts';
import { Contributions, HiddenReason, Points, ValueLine } from './index-family.ts';

export const ContentHash = z.string().regex(/^[0-9a-f]{64}$/);

const Count = z.int().nonnegative();
const Whole = z.string().regex(/^\d+$/);
/** An exact fraction in lowest terms, `9` or `9/2`. */
const Exact = z.string().regex(/^\d+(\/[1-9]\d*)?$/);
/** A logarithm to forty decimals. */
const Logarithm = z.string().regex(/^-?\d+\.\d{40}$/);

/** The whole numbers of one cell and window from which its components follow (B4, B10). */
export const WindowPrimitives = z.object({
  contracts: Count,
  /** N: deal units. */
  units: Count,
  /** Distinct parties: what the evidence grade counts. */
  parties: Count,
  /** S: Σ min(v, U), in fen. */
  cappedFen: FenString,
  /** Σ v_i² over sellers of capped fen: H = squares / S². */
  squares: Whole,
  /** P: of a cell each party's units in it over its units in the city, summed. */
  participants: Exact,
  /** F: units with a buyer elsewhere. */
  crossRegion: Count,
  /** q: units that convert a listing or need. */
  conversions: Count,
  /** m · 30. */
  listingDays: Count,
  /** Σ round-half-even(10¹⁵ · ln days) over the conversions. */
  daysLogSum: Whole,
});
export type WindowPrimitives = z.infer<typeof WindowPrimitives>;

/** With the price terms as logarithms: the sums by stratum would give single contracts away. */
export const ValuePrimitives = WindowPrimitives.extend({
  /** ln P, the price component. */
  lnPrice: Logarithm,
  /** The price term of the state index; null where no state index is shown. */
  lnStatePrice: Logarithm.nullable(),
});
export type ValuePrimitives = z.infer<typeof ValuePrimitives>;

/** One published value of the month, with everything from which its strings are computed. */
export const PublishedValue = ValueLine.omit({ period: true, provisional: true }).extend({
  /** The figures are as of this sequence: a change too small to be shown waits. */
  asOfSeq: z.int().positive(),
  /** Null where the value is hidden or not defined. */
  primitives: ValuePrimitives.nullable(),
});
export type PublishedValue = z.infer<typeof PublishedValue>;

/** What θ froze of one series at its link, less what would tell of single contracts. */
export const PublishedReference = z.object({
  mean: z.enum(['geometric', 'arithmetic']),
  lnMeans: z.object({ S: Logarithm, A: Logarithm, B: Logarithm, C: Logarithm, P: Logarithm }),
  lnMeanCross: Logarithm.nullable(),
  held: z.array(z.enum(['S', 'A', 'B', 'C', 'P'])),
  crossHeld: z.boolean(),
  lnLevel: Logarithm,
  linked: z.boolean(),
  crossShare: Exact.nullable(),
  hazard: Exact.nullable(),
  days: z.object({ logSum: Whole, count: Whole }).nullable(),
});
export type PublishedReference = z.infer<typeof PublishedReference>;

/** The city in the cells' window, against which state indices are taken. */
export const CityWindow = z.object({
  asOfSeq: z.int().positive(),
  windowMonths: z.int().positive(),
  primitives: WindowPrimitives,
});
export type CityWindow = z.infer<typeof CityWindow>;

/** Who moved the city since the month before; what is too small to be told stays in one line. */
export const PublishedContributions = z.object({
  asOfSeq: z.int().positive(),
  /** The month before and this one, as the contributions see them. */
  before: z.object({ period: LocalMonth, value: Points, primitives: ValuePrimitives }),
  after: z.object({ period: LocalMonth, value: Points, primitives: ValuePrimitives }),
  tables: z.array(Contributions),
});
export type PublishedContributions = z.infer<typeof PublishedContributions>;

export const RevisionLabel = z.enum(['R1', 'R2', 'R3', 'C']);
export type RevisionLabel = z.infer<typeof RevisionLabel>;

/** θ of the month's link year; before the base is linked there is no link head and no cap. */
export const PublishedMethod = z.object({
  name: z.string(),
  version: z.string(),
  /** Null: the parameters name no edition for this month. */
  linkYear: z.int().nullable(),
  linkHead: Whole.nullable(),
  /** SHA-256 of θ with its whole reference block, thin cells included. */
  parameterHash: ContentHash,
});
export type PublishedMethod = z.infer<typeof PublishedMethod>;

/** What a publication says; its hash is over the RFC 8785 form of exactly this object. */
export const PublishedContent = z
  .object({
    period: LocalMonth,
    /** 1 is the first publication of the month; each restatement is one more. */
    vintage: z.int().positive(),
    /** R1 data, R2 routine, R3 another method, C an error of ours; null for the first. */
    revision: RevisionLabel.nullable(),
    head: LogHead,
    /** Root of the Merkle tree over the events up to the head; null: the tree is not kept. */
    logRoot: ContentHash.nullable(),
    method: PublishedMethod,
    capFen: FenString.nullable(),
    /** The parameter file with this one edition, without its reference block. */
    parameters: z.record(z.string(), z.unknown()),
    /** By series, of those that are shown. */
    reference: z.record(z.string(), PublishedReference),
    values: z.array(PublishedValue),
    cityWindows: z.array(CityWindow),
    contributions: PublishedContributions.nullable(),
    /** Why there are none: one of the two months is not shown, or they would tell too much. */
    contributionsHidden: HiddenReason.nullable(),
  })
  .openapi('PublishedContent');
export type PublishedContent = z.infer<typeof PublishedContent>;
