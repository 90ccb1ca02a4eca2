/**
 * 国别(地区)代码 of the customs statistics by ISO 3166 code, for the countries that trade
 * technology most. From general knowledge, not from the customs' own list (ASSUMPTION): what is
 * not here, or is not right, the registrant writes by hand.
 */
const CUSTOMS_CODES: Readonly<Record<string, string>> = {
  CN: '142',
  HK: '110',
  MO: '121',
  TW: '143',
  IN: '111',
  IL: '115',
  JP: '116',
  MY: '122',
  SG: '132',
  KR: '133',
  TH: '136',
  BE: '301',
  DK: '302',
  GB: '303',
  DE: '304',
  FR: '305',
  IE: '306',
  IT: '307',
  NL: '309',
  ES: '312',
  AT: '315',
  FI: '318',
  NO: '326',
  PL: '327',
  SE: '330',
  CH: '331',
  CA: '501',
  US: '502',
  AU: '601',
};

export const customsCodeOf = (country: string): string | null => CUSTOMS_CODES[country] ?? null;
