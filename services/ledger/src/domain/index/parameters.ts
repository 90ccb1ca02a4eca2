import { LocalDate } from '@jishi/contracts/time';
import { z } from 'zod';

const Whole = z.string().regex(/^(0|[1-9]\d{0,17})$/);
const Fraction = z.string().regex(/^[1-9]\d*\/[1-9]\d*$/);

/** The parameter file as written and hashed: every number is a string, read exactly. */
export const IndexParameterFile = z.strictObject({
  name: z.string(),
  version: z.string(),
  effectiveFrom: LocalDate,
  base: z.strictObject({ year: z.string().regex(/^\d{4}$/), level: Whole }),
  weights: z.strictObject({ technologyValue: Fraction, contractCount: Fraction }),
  period: z.string(),
  partitions: z.array(z.string()),
  exclude: z.array(z.enum(['relatedParty', 'subcontract'])),
  reference: z.strictObject({
    mean: z.literal('geometric'),
    whenAMonthIsEmpty: z.literal('arithmetic'),
  }),
  rounding: z.strictObject({ mode: z.literal('half-even'), decimals: z.literal('2') }),
  disclosure: z.strictObject({ minContracts: Whole, minSellers: Whole, minBuyers: Whole }),
});
export type IndexParameterFile = z.infer<typeof IndexParameterFile>;

/** The least number of contracts, sellers and buyers behind a figure that the public may see. */
export interface DisclosureRule {
  readonly minContracts: number;
  readonly minSellers: number;
  readonly minBuyers: number;
}

/** The parameters as the formula uses them. The weights are p/d and q/d with p + q = d. */
export interface IndexParameters {
  readonly name: string;
  readonly version: string;
  readonly effectiveFrom: LocalDate;
  /** The twelve months `YYYY-MM` of the base year. */
  readonly baseMonths: readonly string[];
  readonly baseYear: number;
  readonly level: bigint;
  readonly valueWeight: bigint;
  readonly countWeight: bigint;
  readonly weightWhole: bigint;
  readonly excludesRelatedParty: boolean;
  readonly excludesSubcontract: boolean;
  readonly disclosure: DisclosureRule;
}

const fraction = (text: string): readonly [bigint, bigint] => {
  const [top = '', bottom = ''] = text.split('/');
  return [BigInt(top), BigInt(bottom)];
};

/** Reads a parameter file; refuses weights that do not share a whole or do not sum to one. */
export const readParameters = (file: unknown): IndexParameters => {
  const given = IndexParameterFile.parse(file);
  const [valueWeight, whole] = fraction(given.weights.technologyValue);
  const [countWeight, otherWhole] = fraction(given.weights.contractCount);
  if (whole !== otherWhole || valueWeight + countWeight !== whole) {
    throw new Error(`index ${given.version}: the weights do not sum to one`);
  }
  const months = Array.from({ length: 12 }, (_, i) => `${i + 1}`.padStart(2, '0'));
  return {
    name: given.name,
    version: given.version,
    effectiveFrom: given.effectiveFrom,
    baseMonths: months.map((month) => `${given.base.year}-${month}`),
    baseYear: Number(given.base.year),
    level: BigInt(given.base.level),
    valueWeight,
    countWeight,
    weightWhole: whole,
    excludesRelatedParty: given.exclude.includes('relatedParty'),
    excludesSubcontract: given.exclude.includes('subcontract'),
    disclosure: {
      minContracts: Number(given.disclosure.minContracts),
      minSellers: Number(given.disclosure.minSellers),
      minBuyers: Number(given.disclosure.minBuyers),
    },
  };
};
