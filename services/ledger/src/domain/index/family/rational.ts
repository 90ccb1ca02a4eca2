/** An exact fraction; `bottom` is above zero. Kept in lowest terms by every operation here. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

export const ZERO: Rational = { top: 0n, bottom: 1n };
export const ONE: Rational = { top: 1n, bottom: 1n };

const positive = (value: bigint): bigint => (value < 0n ? -value : value);

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export const greatestDivisor = (a: bigint, b: bigint): bigint => {
  let [large, small] = [positive(a), positive(b)];
  while (small > SAFE) [large, small] = [small, large % small];
  if (small === 0n) return large;
  // Numbers that are exact as such: their remainders are, too, and cost far less.
  let [divisor, rest] = [Number(small), Number(large % small)];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return BigInt(divisor);
};

export const rational = (top: bigint, bottom = 1n): Rational => {
  if (bottom === 1n) return { top, bottom };
  if (bottom === 0n) throw new RangeError('a fraction over zero');
  const divisor = greatestDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { top: top / divisor, bottom: bottom / divisor };
};

export const plus = (a: Rational, b: Rational): Rational =>
  a.bottom === b.bottom
    ? rational(a.top + b.top, a.bottom)
    : rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);

export const minus = (a: Rational, b: Rational): Rational =>
  plus(a, { top: -b.top, bottom: b.bottom });

export const times = (a: Rational, b: Rational): Rational =>
  rational(a.top * b.top, a.bottom * b.bottom);

export const over = (a: Rational, b: Rational): Rational =>
  rational(a.top * b.bottom, a.bottom * b.top);

export const isSame = (a: Rational, b: Rational): boolean =>
  a.top === b.top && a.bottom === b.bottom;

export const isZero = ({ top }: Rational): boolean => top === 0n;

/** Σ n_d/d over small whole denominators d, counts[d] = n_d, with one division at the end. */
export const sumOverDenominators = (counts: readonly number[]): Rational => {
  let bottom = 1n;
  counts.forEach((count, d) => {
    if (count > 0) bottom *= BigInt(d) / greatestDivisor(bottom, BigInt(d));
  });
  let top = 0n;
  counts.forEach((count, d) => {
    if (count > 0) top += BigInt(count) * (bottom / BigInt(d));
  });
  return rational(top, bottom);
};

const NUMBER = /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/;

/** Reads an integer, a decimal or a fraction, exactly: `20`, `0.30`, `2/3`. Throws otherwise. */
export const parseRational = (text: string): Rational => {
  const [, sign = '', whole = '', decimals, bottom] = NUMBER.exec(text) ?? [];
  if (whole === '') throw new RangeError(`not a number: ${text}`);
  const side = sign === '-' ? -1n : 1n;
  if (bottom !== undefined) return rational(side * BigInt(whole), BigInt(bottom));
  const places = decimals ?? '';
  return rational(side * BigInt(whole + places), 10n ** BigInt(places.length));
};

export const formatRational = ({ top, bottom }: Rational): string =>
  bottom === 1n ? `${top}` : `${top}/${bottom}`;
