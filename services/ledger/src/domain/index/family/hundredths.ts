import { roundedQuotient } from '../exact-root.ts';

/** `1234.56` → `123456n`: a published value as the whole number that it prints. */
export const hundredthsOf = (text: string): bigint => BigInt(text.replace('.', ''));

const BP_PER_WHOLE = 10_000n;

/**
 * The change between two printed values in whole basis points, half to even; null where one of
 * them is not shown, or the earlier is zero.
 */
export const changeBp = (now: string | null, before: string | null): number | null => {
  if (now === null || before === null) return null;
  const [after, earlier] = [hundredthsOf(now), hundredthsOf(before)];
  if (earlier === 0n) return null;
  return Number(roundedQuotient((after - earlier) * BP_PER_WHOLE, earlier));
};
