import { z } from '@hono/zod-openapi';

/** What an application number says of the right. 8 and 9 came in by PCT. */
export const PATENT_TYPES = {
  '1': 'invention',
  '2': 'utility-model',
  '3': 'design',
  '8': 'invention',
  '9': 'utility-model',
} as const;

export type PatentType = (typeof PATENT_TYPES)[keyof typeof PATENT_TYPES];

export interface PatentNumber {
  /** `201310699744.2`: the application number with its check character. */
  readonly applicationNumber: string;
  /** Whether it was written with `ZL`, which only a granted patent bears. */
  readonly granted: boolean;
  readonly type: PatentType;
  readonly filingYear: number;
  readonly viaPct: boolean;
}

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5] as const;

/** Eight digits (YY + type + serial of 5) up to September 2003, twelve (YYYY + type + 7) since. */
const FORM = /^(ZL|CN)?(\d{2}[12389]\d{5}|\d{4}[12389]\d{7})\.?([\dX])$/;

/** Check character of an application number: Σ digit × (2…9, 2…5) mod 11, where 10 is X. */
export const patentCheck = (digits: string): string => {
  const sum = [...digits].reduce(
    (total, digit, i) => total + Number(digit) * (WEIGHTS[i] ?? Number.NaN),
    0,
  );
  const check = sum % 11;
  return check === 10 ? 'X' : String(check);
};

/** Numbers of eight digits were given out from April 1985 to September 2003. */
const SHORT_FORM_FIRST_YEAR = 1985;
const SHORT_FORM_LAST_YEAR = 2003;

const filingYearOf = (digits: string): number | undefined => {
  if (digits.length === 8) {
    const yearOfCentury = Number(digits.slice(0, 2));
    const year = yearOfCentury >= 85 ? 1900 + yearOfCentury : 2000 + yearOfCentury;
    return year >= SHORT_FORM_FIRST_YEAR && year <= SHORT_FORM_LAST_YEAR ? year : undefined;
  }
  const year = Number(digits.slice(0, 4));
  return year >= SHORT_FORM_LAST_YEAR && year <= 2099 ? year : undefined;
};

const isTypeDigit = (digit: string): digit is keyof typeof PATENT_TYPES => digit in PATENT_TYPES;

/**
 * Reads a Chinese patent or application number of either era, with or without `ZL`, dot and
 * blanks. Undefined when the form, the era or the check character is wrong. It does not tell
 * whether the patent exists or is in force.
 */
export const readPatentNumber = (text: string): PatentNumber | undefined => {
  const match = FORM.exec(text.normalize('NFKC').toUpperCase().replace(/\s/g, ''));
  const [, prefix, digits = '', check] = match ?? [];
  if (!match || patentCheck(digits) !== check) return undefined;
  const filingYear = filingYearOf(digits);
  const typeDigit = digits.charAt(digits.length === 8 ? 2 : 4);
  if (filingYear === undefined || !isTypeDigit(typeDigit)) return undefined;
  return {
    applicationNumber: `${digits}.${check}`,
    granted: prefix === 'ZL',
    type: PATENT_TYPES[typeDigit],
    filingYear,
    viaPct: typeDigit === '8' || typeDigit === '9',
  };
};

/** Years of protection from the filing day: Patent Law art. 42 (designs: 15 since 2021-06-01). */
export const PATENT_TERM_YEARS: Readonly<Record<PatentType, number>> = {
  invention: 20,
  'utility-model': 10,
  design: 15,
};

export const PatentNumberText = z
  .string()
  .max(40)
  .refine((text) => readPatentNumber(text) !== undefined, 'patent-check')
  .openapi('PatentNumber', {
    description: '专利号或申请号,校验位已核对。Patent or application number, check digit verified.',
    example: 'ZL201310699744.2',
  });
