import { DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import { LocalDate, LocalMonth } from '@jishi/contracts/time';
import { z } from 'zod';

/** Numbers are strings, read as exact fractions: an integer, a decimal or a fraction. */
const Exact = z.string().regex(/^\d{1,40}(\.\d{1,40}|\/[1-9]\d{0,39})?$/, 'number-form');
const Signed = z.string().regex(/^-?\d+(\.\d+)?$/, 'number-form');
const Whole = z.string().regex(/^\d{1,40}$/, 'number-form');
const Positive = z.string().regex(/^[1-9]\d{0,39}$/, 'above-zero');
const Year = z.string().regex(/^\d{4}$/, 'year-form');

export const COMPONENTS = ['S', 'A', 'B', 'C', 'P'] as const;
export type Component = (typeof COMPONENTS)[number];

const Shrink = z.strictObject({ kx: Exact, kh: Exact, kT: Exact, kP: Exact });

/** What one series takes from its reference year, frozen at the link (B12-10 to 15). */
const SeriesReference = z.strictObject({
  units: Whole,
  closings: Whole,
  /** x₀ = F/N, h₀ = q/m with m in listing-months; null: neither the cell nor the city has it. */
  crossShare: Exact.nullable(),
  hazard: Exact.nullable(),
  /** ln T₀ as Σ round(10¹⁵ · ln days) and count. */
  days: z.strictObject({ logSum: Whole, count: Whole }).nullable(),
  /** By stratum: ln g_k as sum and count, ω_k as an exact share. */
  strata: z.record(z.string(), z.strictObject({ logSum: Whole, count: Whole, share: Exact })),
  mean: z.enum(['geometric', 'arithmetic']),
  /** ln c̄_j to forty decimals. */
  lnMeans: z.strictObject({ S: Signed, A: Signed, B: Signed, C: Signed, P: Signed }),
  /** The part of the mean of B that is X's, where the mean is geometric. */
  lnMeanCross: Signed.nullable(),
  held: z.array(z.enum(COMPONENTS)),
  crossHeld: z.boolean(),
  /** ln Ī(y−1): the level that the link year starts from. */
  lnLevel: Signed,
  /** False: it could not be linked and starts at the city's level. */
  linked: z.boolean(),
});
export type SeriesReferenceFile = z.infer<typeof SeriesReference>;

/** Everything that θ_y takes from year y − 1, computed once, at the link head. */
export const ReferenceFile = z.strictObject({
  linkHead: Whole,
  capFen: Whole.nullable(),
  months: z.array(LocalMonth).min(1),
  /** Ends of the cells' reference windows. */
  windowEnds: z.array(LocalMonth),
  /** By series (`city`, `city@12`, `district:sip` …); null: no index of it is defined. */
  series: z.record(z.string(), SeriesReference.nullable()),
});
export type ReferenceFile = z.infer<typeof ReferenceFile>;

const Edition = z.strictObject({
  linkYear: Year,
  effectiveFrom: LocalDate,
  /** The first day on which it no longer holds; null: open. */
  effectiveTo: LocalDate.nullable(),
  weights: z.strictObject({ S: Exact, A: Exact, B: Exact, C: Exact, P: Exact }),
  breadth: z.strictObject({ P: Exact, X: Exact, E: Exact }),
  conversion: z.strictObject({ h: Exact, T: Exact }),
  cap: z.strictObject({ percentile: Exact, stepFen: Positive }),
  shrink: z.strictObject({ city: Shrink, cell: Shrink, state: Shrink }),
  minEvidence: Whole,
  /** Ledger head of the first release of December before; null: by the release calendar. */
  linkHead: Whole.nullable(),
  /** Ledger head as of which the year's months are frozen; null: not closed yet. */
  freezeHead: Whole.nullable(),
  reference: ReferenceFile.nullable(),
});
export type EditionFile = z.infer<typeof Edition>;

/** The parameter file as written and hashed. */
export const MethodFile = z.strictObject({
  method: z.string().min(1),
  version: z.string().min(1),
  name: z.string().min(1),
  base: z.strictObject({
    from: LocalMonth,
    to: LocalMonth,
    level: Positive,
    freezeHead: Whole.nullable(),
  }),
  stateAverage: Positive,
  dealUnit: z.tuple([
    z.literal('seller'),
    z.literal('buyer'),
    z.literal('field'),
    z.literal('month'),
  ]),
  strata: z.tuple([z.literal('contractType'), z.literal('field')]),
  exclude: z.array(z.enum(['relatedParty', 'subcontractCopy', 'nonTechnical'])),
  partitions: z.strictObject({
    district: z.array(z.string()).min(1),
    industry: z.array(z.string()).min(1),
    field: z.array(z.string()).min(1),
  }),
  windows: z.strictObject({ city: Positive, cityLong: Positive, cell: Positive }),
  daysPerListingMonth: Positive,
  importRegion: z.literal('domestic-buyer'),
  calendar: z.strictObject({ id: z.string(), firstReleaseWorkingDays: Whole }),
  categoryMap: z.string(),
  rounding: z.literal('half-even-2'),
  grades: z.strictObject({
    A: z.strictObject({ units: Whole, parties: Whole }),
    B: z.strictObject({ units: Whole }),
    C: z.strictObject({ units: Whole }),
  }),
  disclosure: z.strictObject({
    minContracts: Whole,
    minSellers: Whole,
    minBuyers: Whole,
    /**
     * Contracts and sellers behind a value that is published: with its S stand Σv² and ln P, three
     * functions of the sellers' values. Absent: as many as above.
     */
    minPublished: Whole.optional(),
    pPercent: Whole,
    lowSample: Whole,
    secondaryPercent: Whole,
  }),
  target: z.strictObject({ scope: z.string(), amountFen: Whole }),
  editions: z.array(Edition).min(1),
});
export type MethodFile = z.infer<typeof MethodFile>;

/** The codes that a partition may name. */
export const CODES_OF: Readonly<Record<keyof MethodFile['partitions'], readonly string[]>> = {
  district: DistrictCode.options,
  industry: IndustryCode.options,
  field: FieldCode.options,
};
