/**
 * A bank reference as it is compared: one form of each character, upper case, letters and digits
 * alone. `bank 001`, `BANK-001` and `ＢＡＮＫ００１` are one reference; empty when nothing is left.
 */
export const referenceKey = (reference: string): string =>
  reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
