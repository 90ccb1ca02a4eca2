import { z } from '@hono/zod-openapi';

/** An amount of money in whole fen (1 yuan = 100 fen). Never a float, never negative here. */
export type Fen = bigint;

/** Basis points: 10 000 bp = 100 %. */
export type BasisPoints = number;

export const BASIS_POINTS_WHOLE = 10_000n;

/** On the wire and in events an amount is a decimal string of whole fen, at most 18 digits. */
export const FenString = z
  .string()
  .regex(/^(0|[1-9]\d{0,17})$/, 'amount-fen')
  .openapi('Fen', {
    description: '金额,整数分,十进制字符串。Whole fen as a decimal string.',
    example: '328000000',
  });

export const RateBp = z.int().min(0).max(10_000).openapi('RateBp', {
  description: '费率,基点(1 % = 100)。Rate in basis points.',
});

export const parseFen = (text: string): Fen => BigInt(FenString.parse(text));

export const formatFen = (amount: Fen): string => amount.toString();

/**
 * The part of an amount given by a rate, rounded DOWN to the fen. This is the only place where a
 * rate meets an amount; policy rounds once, after caps, and always in the payer's favour.
 */
export const shareRoundedDown = (amount: Fen, rateBp: BasisPoints): Fen =>
  (amount * BigInt(rateBp)) / BASIS_POINTS_WHOLE;

export const smallerFen = (a: Fen, b: Fen): Fen => (a < b ? a : b);

/** Ten thousand yuan (万元) in fen; 1 亿元 is ten thousand of these. */
export const FEN_PER_WAN = 1_000_000n;
export const FEN_PER_YI = 10_000_000_000n;
