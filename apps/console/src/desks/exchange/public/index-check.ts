import type { PublishedCell } from '@jishi/contracts/ledger/publication';

/** Weights and level of a method, as its published parameters name them. */
export interface Weights {
  readonly level: bigint;
  readonly value: bigint;
  readonly count: bigint;
  readonly whole: bigint;
}

const FRACTION = /^(\d+)\/(\d+)$/;
const DIGITS = /^\d+$/;

const textAt = (parameters: Record<string, unknown>, group: string, name: string): string => {
  const inner = parameters[group];
  if (typeof inner !== 'object' || inner === null) return '';
  return String(Object.entries(inner).find(([key]) => key === name)?.[1] ?? '');
};

/** Null when the parameters do not say what this check knows how to compute. */
export const weightsOf = (parameters: Record<string, unknown>): Weights | null => {
  const value = FRACTION.exec(textAt(parameters, 'weights', 'technologyValue'));
  const count = FRACTION.exec(textAt(parameters, 'weights', 'contractCount'));
  const level = textAt(parameters, 'base', 'level');
  if (!value || !count || value[2] !== count[2] || !DIGITS.test(level)) return null;
  return {
    level: BigInt(level),
    value: BigInt(value[1] ?? '0'),
    count: BigInt(count[1] ?? '0'),
    whole: BigInt(value[2] ?? '1'),
  };
};

const product = (factors: readonly bigint[]): bigint => factors.reduce((a, b) => a * b, 1n);
const total = (terms: readonly bigint[]): bigint => terms.reduce((a, b) => a + b, 0n);

/** The index to the power `degree`, as top / bottom: whole numbers only, written anew here. */
const powerOf = (cell: PublishedCell, { level, value: p, count: q, whole: d }: Weights) => {
  const { base } = cell;
  if (!base || cell.valueFen === null || cell.contracts === null) return null;
  const s = BigInt(cell.valueFen);
  const n = BigInt(cell.contracts);
  const values = base.months.map((month) => BigInt(month.valueFen));
  const counts = base.months.map((month) => BigInt(month.contracts));
  const months = BigInt(base.months.length);
  if (base.mean === 'geometric') {
    const degree = months * d;
    const top = level ** degree * s ** (months * p) * n ** (months * q);
    return { degree, top, bottom: product(values) ** p * product(counts) ** q };
  }
  const top = (level * months) ** d * s ** p * n ** q;
  return { degree: d, top, bottom: total(values) ** p * total(counts) ** q };
};

/**
 * Whether the printed value is the two-decimal number nearest to the index that its whole numbers
 * give: (v − ½)ᵈ ≤ Iᵈ ≤ (v + ½)ᵈ in hundredths. No root and no floating point is needed.
 */
export const isValueRight = (cell: PublishedCell, weights: Weights): boolean => {
  if (cell.value === null) return false;
  const power = powerOf(cell, weights);
  if (!power) return false;
  const twice = 2n * BigInt(cell.value.replace('.', ''));
  const middle = power.top * 200n ** power.degree;
  const low = (twice - 1n) ** power.degree * power.bottom;
  const high = (twice + 1n) ** power.degree * power.bottom;
  return low <= middle && middle <= high;
};
