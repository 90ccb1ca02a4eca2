import { roundedQuotient } from '../exact-root.ts';
import type { Rational } from './rational.ts';

/**
 * Natural logarithm and exponential in whole numbers. ECMAScript lets an engine approximate
 * Math.log and Math.exp as it likes, so no published value may pass through them.
 *
 * A `Fixed` is a value times 10⁴⁰, rounded half to even: forty decimals, more than the 34 digits
 * that the method asks for.
 */
export type Fixed = bigint;

const FIXED_DECIMALS = 40;
export const FIXED_ONE: Fixed = 10n ** BigInt(FIXED_DECIMALS);

/** Binary places of the work behind a Fixed, and of the first try at a unit's logarithm. */
const PRECISE_BITS = 192;
const QUICK_BITS = 88;

/** 2·atanh(z) by its series Σ z^(2k+1)/(2k+1), all in `bits` binary places. */
const twiceAtanh = (z: bigint, bits: bigint): bigint => {
  const square = (z * z) >> bits;
  let sum = z;
  let power = z;
  for (let odd = 3n; ; odd += 2n) {
    power = (power * square) >> bits;
    const term = power / odd;
    if (term === 0n) return 2n * sum;
    sum += term;
  }
};

/** ln(1 + i/2^tableBits) for each i, so that a series starts below 2^-(tableBits + 1). */
interface Logarithms {
  readonly bits: bigint;
  readonly tableBits: bigint;
  readonly ln2: bigint;
  readonly table: readonly bigint[];
}

/** Summed from ln((n+1)/n) = 2·atanh(1/(2n+1)) with spare places, which the steps cannot use up. */
const SPARE_BITS = 24n;
const logarithmsOf = (places: number, tableBits: number): Logarithms => {
  const spare = BigInt(places) + SPARE_BITS;
  const size = 1 << tableBits;
  const table: bigint[] = [];
  let sum = 0n;
  for (let i = 0; i < size; i += 1) {
    table.push(sum >> SPARE_BITS);
    sum += twiceAtanh((1n << spare) / BigInt(2 * (size + i) + 1), spare);
  }
  const ln2 = twiceAtanh((1n << spare) / 3n, spare) >> SPARE_BITS;
  return { bits: BigInt(places), tableBits: BigInt(tableBits), ln2, table };
};

const PRECISE = logarithmsOf(PRECISE_BITS, 8);
const QUICK = logarithmsOf(QUICK_BITS, 12);

const WORD = 32n;
const WORD_SIZE = 2 ** 32;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const bitLength = (value: bigint): number => {
  if (value <= SAFE) {
    const number = Number(value);
    const high = Math.floor(number / WORD_SIZE);
    return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(number);
  }
  let rest = value;
  let bits = 0;
  while (rest >> WORD !== 0n) {
    rest >>= WORD;
    bits += 32;
  }
  return bits + 32 - Math.clz32(Number(rest));
};

interface Reduced {
  readonly z: bigint;
  /** What is left of the logarithm once 2·atanh(z) is known. */
  readonly rest: bigint;
}

/** value = 2^e · c · (1 + r) with c from the table; z = r/(2 + r). */
const reduce = (value: bigint, { bits, tableBits, ln2, table }: Logarithms): Reduced => {
  const exponent = BigInt(bitLength(value) - 1);
  const mantissa = (value << bits) >> exponent;
  const step = bits - tableBits;
  const near = mantissa >> step;
  const difference = mantissa - (near << step);
  const z = (difference << bits) / (2n * mantissa - difference);
  const index = Number(near) - table.length;
  return { z, rest: (table[index] ?? 0n) + exponent * ln2 };
};

/** Sums of a window and of the city, numbers of units: the same are asked for by many series. */
const KNOWN_MAX = 1_024;
const known = new Map<bigint, bigint>();

const lnBinary = (value: bigint): bigint => {
  const before = known.get(value);
  if (before !== undefined) return before;
  const { z, rest } = reduce(value, PRECISE);
  const ln = twiceAtanh(z, PRECISE.bits) + rest;
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(value, ln);
  return ln;
};

/** value / 2^bits to the nearest whole number, half to even. */
const roundedShift = (value: bigint, bits: bigint): bigint => {
  const below = value >> bits;
  const twice = (value - (below << bits)) << 1n;
  const whole = 1n << bits;
  if (twice === whole) return below + (below & 1n);
  return twice < whole ? below : below + 1n;
};

const fixedOfBinary = (binary: bigint): Fixed => roundedShift(binary * FIXED_ONE, PRECISE.bits);

/** ln of a whole number above zero. */
export const lnWhole = (value: bigint): Fixed => {
  if (value <= 0n) throw new RangeError('logarithm of what is not above zero');
  return fixedOfBinary(lnBinary(value));
};

/** ln of a fraction above zero. */
export const lnRational = ({ top, bottom }: Rational): Fixed => {
  if (top <= 0n) throw new RangeError('logarithm of what is not above zero');
  return fixedOfBinary(lnBinary(top) - lnBinary(bottom));
};

/** Scale of a stored logarithm of one unit: l = round-half-even(10¹⁵ · ln v). */
export const UNIT_LOG_SCALE = 10n ** 15n;
/** A unit's logarithm in units of a Fixed. */
export const FIXED_PER_UNIT_LOG = FIXED_ONE / UNIT_LOG_SCALE;

const HALF = 1n << (QUICK.bits - 1n);
const QUICK_MASK = (1n << QUICK.bits) - 1n;
/** Above the error of the quick places (2⁸ units) times 10¹⁵ (2⁵⁰). */
const QUICK_DOUBT = 1n << 58n;

/**
 * round-half-even(10¹⁵ · ln value): what a deal unit's value or days add to a sum of logarithms.
 * Quick places first: z < 2⁻¹³, so three terms of the series reach 2⁻⁸⁸. Where they leave the
 * rounding in doubt, the precise places decide.
 */
export const unitLog = (value: bigint): bigint => {
  if (value === 1n) return 0n;
  const { z, rest } = reduce(value, QUICK);
  const square = (z * z) >> QUICK.bits;
  const cube = (z * square) >> QUICK.bits;
  const fifth = (cube * square) >> QUICK.bits;
  const scaledLog = (2n * (z + cube / 3n + fifth / 5n) + rest) * UNIT_LOG_SCALE;
  const part = scaledLog & QUICK_MASK;
  const whole = scaledLog >> QUICK.bits;
  if (part > HALF + QUICK_DOUBT && part < QUICK_MASK - QUICK_DOUBT) return whole + 1n;
  if (part < HALF - QUICK_DOUBT && part > QUICK_DOUBT) return whole;
  return roundedShift(lnBinary(value) * UNIT_LOG_SCALE, PRECISE.bits);
};

/** (sum of unit logs) ÷ (count), as a Fixed. */
export const meanUnitLog = (sum: bigint, count: bigint): Fixed =>
  roundedQuotient(sum * FIXED_PER_UNIT_LOG, count);

const HALVINGS = 8n;

/** Σ x^n/n!, each term cut towards zero: shifted by its size, for a shift alone rounds down. */
const seriesOfExp = (x: bigint, bits: bigint): bigint => {
  const size = x < 0n ? -x : x;
  let sum = 1n << bits;
  let term = sum;
  for (let n = 1n; ; n += 1n) {
    term = ((term * size) >> bits) / n;
    if (term === 0n) return sum;
    const isNegative = x < 0n && (n & 1n) === 1n;
    sum = isNegative ? sum - term : sum + term;
    if (isNegative && term === 1n) return sum;
  }
};

const squaredUp = (value: bigint, bits: bigint): bigint => {
  let power = value;
  for (let i = 0n; i < HALVINGS; i += 1n) power = (power * power) >> bits;
  return power;
};

/** e to the power of a Fixed: e^x = 2^k · (e^(r/256))^256, r by the exponential series. */
export const exp = (power: Fixed): Fixed => {
  const { bits, ln2 } = PRECISE;
  const binary = roundedQuotient(power << bits, FIXED_ONE);
  const doublings = roundedQuotient(binary, ln2);
  const rest = (binary - doublings * ln2) >> HALVINGS;
  const sum = squaredUp(seriesOfExp(rest, bits), bits);
  const shift = bits - doublings;
  return shift >= 0n ? roundedShift(sum * FIXED_ONE, shift) : (sum * FIXED_ONE) << -shift;
};

/** A Fixed times an exact fraction, rounded half to even. */
export const scaled = (value: Fixed, { top, bottom }: Rational): Fixed =>
  roundedQuotient(value * top, bottom);

export const fixedOf = (value: Rational): Fixed => scaled(FIXED_ONE, value);

/** A Fixed to so many decimals, rounded half to even: the one rounding of a published value. */
export const formatFixed = (value: Fixed, decimals: number): string =>
  formatDecimal(roundedQuotient(value, 10n ** BigInt(FIXED_DECIMALS - decimals)), decimals);

/** A whole number of units in the last place as decimal text. */
export const formatDecimal = (units: bigint, decimals: number): string => {
  const size = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  if (decimals === 0) return `${sign}${size}`;
  return `${sign}${size.slice(0, -decimals)}.${size.slice(-decimals)}`;
};
