import { formatDecimal } from '../family/logarithm.ts';
import { formatRational, type Rational } from '../family/rational.ts';

export interface Both {
  readonly zh: string;
  readonly en: string;
}

/** A part of the method in words. Every number in it comes from the parameter file. */
export interface MethodSection {
  readonly id: string;
  readonly title: Both;
  readonly paragraphs: readonly Both[];
  /** Formula as text, where there is one. */
  readonly formula: string | null;
}

export const both = (zh: string, en: string): Both => ({ zh, en });

const DECIMALS_MAX = 4;

/** `0.55` where the decimal is exact and short, else the fraction `2/3`. */
export const numberText = (value: Rational): string => {
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals += 1) {
    const scaled = value.top * 10n ** BigInt(decimals);
    if (scaled % value.bottom === 0n) return formatDecimal(scaled / value.bottom, decimals);
  }
  return formatRational(value);
};

const FEN_PER_WAN = 1_000_000n;

/** Fen as 万元 and as yuan. */
export const wanText = (fen: bigint): string => numberText({ top: fen, bottom: FEN_PER_WAN });
export const yuanText = (fen: bigint): string =>
  `¥${numberText({ top: fen, bottom: 100n }).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
