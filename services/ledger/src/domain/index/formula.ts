import { roundedQuotient, roundedRoot } from './exact-root.ts';
import type { IndexParameters } from './parameters.ts';

/** What one month of one cell adds up to: technology value in fen, and number of contracts. */
export interface Primitives {
  readonly valueFen: bigint;
  readonly contracts: bigint;
}

/**
 * A cell's base, ready to use: I^degree = scale · S^valuePower · N^countPower / divisor.
 * `arithmetic` says that a base month was empty, so that the geometric mean would have been 0.
 */
export interface CellBase {
  readonly mean: 'geometric' | 'arithmetic';
  readonly degree: bigint;
  readonly valuePower: bigint;
  readonly countPower: bigint;
  readonly scale: bigint;
  readonly divisor: bigint;
}

const product = (factors: readonly bigint[]): bigint => factors.reduce((a, b) => a * b, 1n);
const total = (terms: readonly bigint[]): bigint => terms.reduce((a, b) => a + b, 0n);

/**
 * The base of a cell from its twelve base months. S₀ and N₀ are geometric means; if S or N is 0 in
 * a month, both are arithmetic means. null when the whole base year has no value or no contract.
 * Rule: index 0.1, docs/index-0.1.md; I = level·(S/S₀)^(p/d)·(N/N₀)^(q/d).
 */
export const baseOf = (
  months: readonly Primitives[],
  parameters: IndexParameters,
): CellBase | null => {
  const { level, valueWeight: p, countWeight: q, weightWhole: d } = parameters;
  const values = months.map((month) => month.valueFen);
  const counts = months.map((month) => month.contracts);
  if (total(values) === 0n || total(counts) === 0n) return null;
  const length = BigInt(months.length);
  if (values.every((s) => s > 0n) && counts.every((n) => n > 0n)) {
    return {
      mean: 'geometric',
      degree: length * d,
      valuePower: length * p,
      countPower: length * q,
      scale: level ** (length * d),
      divisor: product(values) ** p * product(counts) ** q,
    };
  }
  return {
    mean: 'arithmetic',
    degree: d,
    valuePower: p,
    countPower: q,
    scale: level ** d * length ** d,
    divisor: total(values) ** p * total(counts) ** q,
  };
};

/** I^degree as an exact fraction [top, bottom]. */
export const indexPower = (base: CellBase, month: Primitives): readonly [bigint, bigint] => [
  base.scale * month.valueFen ** base.valuePower * month.contracts ** base.countPower,
  base.divisor,
];

const HUNDRED = 100n;

/** The index in hundredths, rounded half to even once; null («not defined») when S or N is 0. */
export const indexHundredths = (base: CellBase, month: Primitives): bigint | null => {
  if (month.valueFen === 0n || month.contracts === 0n) return null;
  const [top, bottom] = indexPower(base, month);
  return roundedRoot(top * HUNDRED ** base.degree, bottom, base.degree);
};

/** `123456n` → `"1234.56"`. */
export const formatHundredths = (hundredths: bigint): string =>
  `${hundredths / HUNDRED}.${(hundredths % HUNDRED).toString().padStart(2, '0')}`;

/** Change between two values in whole basis points, half to even; null without a value before. */
export const changeBp = (now: bigint | null, before: bigint | null): number | null =>
  now === null || before === null || before === 0n
    ? null
    : Number(roundedQuotient((now - before) * 10_000n, before));
