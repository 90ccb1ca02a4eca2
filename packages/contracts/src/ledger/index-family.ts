import { z } from '@hono/zod-openapi';
import { Instant, LocalMonth } from '../time.ts';
import { IndexCell } from './index-cell.ts';

/**
 * One published series: the city by month, the city over twelve months, or a district, industry or
 * field over three months.
 */
export const SeriesKey = z.union([z.literal('city@12'), IndexCell]);
export type SeriesKey = z.infer<typeof SeriesKey>;

/** A decimal with two decimals; index points, so never below zero. */
export const Points = z.string().regex(/^\d+\.\d{2}$/);
/** A decimal that may be below zero. */
export const SignedDecimal = z.string().regex(/^-?\d+\.\d+$/);

/** Why a value is not defined; the first that holds is told. */
export const NoValueReason = z.enum([
  'before-base',
  'no-parameters',
  'base-incomplete',
  'no-base',
  'window-incomplete',
  'no-trade',
]);

/**
 * Why the public does not see a value that is defined. By the primary rule: too few contracts,
 * sellers or buyers, or one seller that dominates. Of its base: the same over the base. Beyond it:
 * hidden to protect a neighbour in the table, an overlapping window, or a vintage that waits until
 * enough contracts have changed; and months of which nothing was published.
 */
export const HiddenReason = z.enum([
  'few-contracts',
  'few-sellers',
  'few-buyers',
  'dominance',
  'base-few-contracts',
  'protects-neighbour',
  'overlapping-window',
  'waits-for-crowd',
  'not-published',
]);
export type HiddenReason = z.infer<typeof HiddenReason>;

/** A ≥ 20 units and ≥ 10 parties; B ≥ 5 units; C 3 to 4; S hidden or fewer. */
export const EvidenceGrade = z.enum(['A', 'B', 'C', 'S']);

export const SubIndices = z.object({ S: Points, A: Points, B: Points, C: Points, P: Points });

/**
 * One value of the family, in exactly the form in which `pnpm -s recompute` prints it: the same
 * keys in the same order, so that the two can be compared byte for byte.
 */
export const ValueLine = z
  .object({
    series: SeriesKey,
    windowMonths: z.int().positive(),
    /** The last month of the window. */
    period: LocalMonth,
    /** The change index; null where it is not defined, or hidden from whoever asks. */
    value: Points.nullable(),
    reason: NoValueReason.nullable(),
    /** State index (average cell = 100); null for the city. */
    state: Points.nullable(),
    sub: SubIndices.nullable(),
    /** Chained over direct index, less one, in per cent. */
    chainGapPercent: SignedDecimal.nullable(),
    grade: EvidenceGrade,
    /** Told to operator and auditor too, beside the value: why the public would not see it. */
    hidden: HiddenReason.nullable(),
    /** `held:C`, `thin:units`, `low-sample`, `arithmetic-reference`, `not-linked` … */
    flags: z.array(z.string()),
    /** The window is not over at the head: the value will still move. */
    provisional: z.boolean(),
  })
  .openapi('IndexValueLine');
export type ValueLine = z.infer<typeof ValueLine>;

/** θ of one link year: what was frozen at its link, and the hash over all of it. */
export const LinkedMethod = z.object({
  linkYear: z.int(),
  linkHead: z.string(),
  capFen: z.string().nullable(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LinkedMethod = z.infer<typeof LinkedMethod>;

/** What values are as of: the first line that `recompute` prints. */
export const ValuesHead = z.object({
  head: z.object({ seq: z.int().nonnegative(), recordedAt: Instant.nullable() }),
  methods: z.array(LinkedMethod),
  /** Prior-period adjustments of frozen months: unfrozen less frozen, in units and raw fen. */
  adjustments: z.array(
    z.object({ month: LocalMonth, units: z.int(), rawFen: z.string().regex(/^-?\d+$/) }),
  ),
});
export type ValuesHead = z.infer<typeof ValuesHead>;

/** How a value stands among the vintages of its period. */
export const VintageMark = z.object({
  /** 1 is the first publication of the period. */
  vintage: z.int().positive(),
  /** R1 data, R2 routine, R3 method, C an error of ours; null for the first. */
  revision: z.enum(['R1', 'R2', 'R3', 'C']).nullable(),
  publishedAt: Instant,
  headSeq: z.int().positive(),
});
export type VintageMark = z.infer<typeof VintageMark>;

/** What contributions are told by. */
export const PartingBy = z.enum([
  'component',
  'district',
  'industry',
  'field',
  'contract-type',
  'contract',
]);
export type PartingBy = z.infer<typeof PartingBy>;

export const ContributionLine = z.object({
  /** A code of the parting, a contract's id, `(listings)`, `(link)`, `(others)` or `(sum)`. */
  code: z.string(),
  /** In ln I, by component of the composite; hidden parts are summed in `(others)`. */
  terms: z.object({
    S: SignedDecimal,
    A: SignedDecimal,
    B: SignedDecimal,
    C: SignedDecimal,
    P: SignedDecimal,
  }),
  total: SignedDecimal,
  /** The same in index points: the lines add up to I(t) − I(s), to the last digit. */
  points: SignedDecimal,
});
export type ContributionLine = z.infer<typeof ContributionLine>;

/** Who moved an index from one period to another. */
export const Contributions = z
  .object({
    series: SeriesKey,
    by: PartingBy,
    from: z.object({ period: LocalMonth, value: Points }),
    to: z.object({ period: LocalMonth, value: Points }),
    lines: z.array(ContributionLine),
    sum: ContributionLine,
    /** Codes that are summed in `(others)` because they are hidden. */
    merged: z.array(z.string()),
  })
  .openapi('IndexContributions');
export type Contributions = z.infer<typeof Contributions>;

/**
 * What the stream of provisional values sends: the cells that changed, and what changed them. The
 * first frame has every series; later ones are merged into it by `series`. The city and the cells
 * that an event touched come at once; the state index of the others, which moves with the city,
 * follows within the next frames, so that a quiet stream is whole.
 */
export const ValuesFrame = z.object({
  /** The log's sequence that the values are as of. */
  seq: z.int().nonnegative(),
  recordedAt: Instant.nullable(),
  /** The running window of each series that moved (exact), or of the city (public steps). */
  values: z.array(ValueLine),
  /** Exact frames alone: sequences of the registrations and changes since the last frame. */
  events: z.array(z.int().positive()),
});
export type ValuesFrame = z.infer<typeof ValuesFrame>;
