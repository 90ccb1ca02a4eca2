import type { Language } from '../words/words.tsx';

/** Units in which an amount is shown: 亿元 or billion, 万元 or million, 元 or yuan. */
export type AmountUnit = 'yi' | 'wan' | 'yuan';

export interface ShownAmount {
  readonly digits: string;
  readonly unit: AmountUnit;
}

const FEN_PER_YUAN = 100n;

/** Chinese counts in 万 and 亿, English in millions and billions. In fen. */
const UNIT_FEN: Readonly<Record<Language, Readonly<Record<AmountUnit, bigint>>>> = {
  zh: { yi: 10_000_000_000n, wan: 1_000_000n, yuan: FEN_PER_YUAN },
  en: { yi: 100_000_000_000n, wan: 100_000_000n, yuan: FEN_PER_YUAN },
};

/** From how many fen on a unit is used; English says 0.86 million rather than 865,000. */
const UNIT_FROM: Readonly<Record<Language, { readonly yi: bigint; readonly wan: bigint }>> = {
  zh: { yi: UNIT_FEN.zh.yi, wan: UNIT_FEN.zh.wan },
  en: { yi: UNIT_FEN.en.yi, wan: UNIT_FEN.en.wan / 10n },
};

const grouped = (whole: bigint): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ',');

export const unitOf = (fen: bigint, language: Language): AmountUnit => {
  const from = UNIT_FROM[language];
  if (fen >= from.yi) return 'yi';
  return fen >= from.wan ? 'wan' : 'yuan';
};

/**
 * An amount of fen in a given unit with two decimals, CUT and not rounded, so that a shown figure
 * never exceeds the true one. For display only: shown figures are never added.
 */
export const amountIn = (fen: bigint, unit: AmountUnit, language: Language): string => {
  const hundredths = (fen * 100n) / UNIT_FEN[language][unit];
  const decimals = (hundredths % 100n).toString().padStart(2, '0');
  const whole = hundredths / 100n;
  return `${unit === 'yuan' ? grouped(whole) : whole.toString()}.${decimals}`;
};

export const shortAmount = (fen: bigint, language: Language): ShownAmount => {
  const unit = unitOf(fen, language);
  return { digits: amountIn(fen, unit, language), unit };
};

/** A round figure such as a target is shown without its two zeros: `1200`, but `1200.50`. */
export const withoutZeros = (digits: string): string => digits.replace(/\.00$/, '');

/** Whole fen in yuan with grouping: `402,500.00`. */
export const exactYuan = (fen: bigint): string =>
  `${grouped(fen / FEN_PER_YUAN)}.${(fen % FEN_PER_YUAN).toString().padStart(2, '0')}`;
