/**
 * Whole k-th root, rounded down: the largest n with n^k ≤ value. By halving, from the bit length:
 * no float takes part, so the answer is the same on every engine.
 */
export const wholeRoot = (value: bigint, k: bigint): bigint => {
  if (value < 0n || k < 1n) throw new Error('wholeRoot: value ≥ 0 and k ≥ 1');
  const bits = BigInt(value.toString(2).length);
  let low = 0n;
  let high = 1n << ((bits + k - 1n) / k);
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** k <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
};

/**
 * The k-th root of the fraction top/bottom as a whole number, rounded half to even. Exact: the
 * candidate and its half-way point are compared as integers.
 */
export const roundedRoot = (top: bigint, bottom: bigint, k: bigint): bigint => {
  const below = wholeRoot(top / bottom, k);
  const twice = (2n * below + 1n) ** k * bottom;
  const wanted = top << k;
  if (wanted < twice) return below;
  if (wanted > twice) return below + 1n;
  return below % 2n === 0n ? below : below + 1n;
};

/** top/bottom to the nearest whole number, half to even; bottom > 0. */
export const roundedQuotient = (top: bigint, bottom: bigint): bigint => {
  const sign = top < 0n ? -1n : 1n;
  const size = top * sign;
  const below = size / bottom;
  const rest = 2n * (size % bottom);
  if (rest < bottom) return sign * below;
  if (rest > bottom) return sign * (below + 1n);
  return sign * (below % 2n === 0n ? below : below + 1n);
};
