/** top/bottom to the nearest whole number, half to even; bottom > 0. */
export const roundedQuotient = (top: bigint, bottom: bigint): bigint => {
  if (top < 0n) return -roundedQuotient(-top, bottom);
  const below = top / bottom;
  // One division: of numbers of many digits it costs far more than a product.
  const rest = 2n * (top - below * bottom);
  if (rest < bottom) return below;
  if (rest > bottom) return below + 1n;
  return (below & 1n) === 0n ? below : below + 1n;
};
