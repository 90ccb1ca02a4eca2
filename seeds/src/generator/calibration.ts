import type { ContractType, DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import type { PartyNature } from '@jishi/contracts/party';
import type { Weighted } from './random.ts';

/**
 * What the synthetic history is calibrated to. Where a figure has no source it is an assumption,
 * and seeds/README.md says so.
 */

/** Mean contract value in yuan in 2026, and its yearly growth (2020: ¥587万 a contract). */
export const MEAN_YUAN = { year: 2026, yuan: 5_870_000, growth: 1.03 } as const;

/** Growth of the number of contracts from year to year: an assumption. */
export const COUNT_GROWTH = 1.06;

/** Spread of the value's logarithm: an assumption; the median is near a third of the mean. */
export const LOG_SPREAD = 1.45;
export const LARGEST_YUAN = 1_500_000_000;

/** Jiangsu is led by development (46.6 % of contracts, 45.4 % of value; service 41.2 %, 36.3 %). */
export const TYPES: Weighted<ContractType> = [
  ['development', 46.6],
  ['service', 41.2],
  ['consulting', 6.5],
  ['transfer', 3.5],
  ['licence', 2.2],
];

/** Mean value of a type against the mean of all: from the same shares. */
export const TYPE_SIZE: Readonly<Record<ContractType, number>> = {
  development: 0.975,
  service: 0.88,
  consulting: 0.85,
  transfer: 2.2,
  licence: 2.2,
};

/** Technology value ÷ contract value, about 0.8 together; the parts by type are an assumption. */
export const TECHNOLOGY_SHARE: Readonly<Record<ContractType, number>> = {
  development: 0.8,
  service: 0.74,
  consulting: 0.96,
  transfer: 0.93,
  licence: 0.96,
};

/** Who sells: universities some 17 % of contracts, but 4 % of value. */
export const SELLERS: Weighted<PartyNature> = [
  ['enterprise', 77],
  ['university', 17],
  ['institute', 6],
];
export const SELLER_SIZE: Readonly<Partial<Record<PartyNature, number>>> = {
  enterprise: 1.19,
  university: 0.235,
  institute: 0.75,
};

/** By count; electronics and materials after Jiangsu's shares of value, the others assumed. */
export const FIELD_MIX: Weighted<FieldCode> = [
  ['electronics', 25],
  ['manufacturing', 19],
  ['materials', 13],
  ['biomedicine', 13],
  ['energy', 8],
  ['urban', 8],
  ['environment', 7],
  ['transport', 3.5],
  ['agriculture', 2.5],
  ['aerospace', 0.7],
  ['nuclear', 0.3],
];

/** Where the technology is used, by field: an assumption. */
export const INDUSTRY_MIX: Readonly<Record<FieldCode, Weighted<IndustryCode>>> = {
  electronics: pairs('I 45 C 38 M 12 G 3 J 2'),
  manufacturing: pairs('C 78 M 17 F 5'),
  materials: pairs('C 84 M 14 E 2'),
  biomedicine: pairs('C 55 M 30 Q 15'),
  energy: pairs('C 55 D 30 M 15'),
  urban: pairs('E 42 M 18 R 6 S 10 P 12 K 4 L 8'),
  environment: pairs('N 55 C 25 M 20'),
  transport: pairs('G 55 C 35 M 10'),
  agriculture: pairs('A 70 C 20 M 10'),
  aerospace: pairs('C 70 M 30'),
  nuclear: pairs('D 50 M 40 C 10'),
};

function pairs(text: string): Weighted<IndustryCode> {
  const words = text.split(' ');
  return words.flatMap((word, i) =>
    i % 2 === 0 ? [[word as IndustryCode, Number(words[i + 1])] as const] : [],
  );
}

/** Share of the ten areas in contracts: no source was found, an assumption. */
export const DISTRICT_MIX: Weighted<DistrictCode> = [
  ['sip', 22],
  ['kunshan', 16],
  ['huqiu', 13],
  ['wujiang', 11],
  ['wuzhong', 10],
  ['zhangjiagang', 8],
  ['changshu', 7],
  ['xiangcheng', 6],
  ['taicang', 5],
  ['gusu', 2],
];

/** The buyer's place: in the city, elsewhere in China, abroad. An assumption. */
export const BUYER_PLACE: Weighted<'city' | 'outside' | 'abroad'> = [
  ['city', 46],
  ['outside', 50],
  ['abroad', 4],
];
export const BUYERS: Weighted<PartyNature> = [
  ['enterprise', 85],
  ['government', 6],
  ['public-institution', 4],
  ['institute', 3],
  ['university', 2],
];

/** Shares of contracts with a special trait: assumptions. */
export const TRAITS = {
  import: 0.012,
  related: 0.03,
  subcontract: 0.02,
  published: 0.2,
  broker: 0.06,
  fromListing: 0.22,
  fromNeed: 0.08,
  returned: 0.05,
  refused: 0.015,
  withReceipts: 0.42,
} as const;

/** Weight of a working day by month: quiet spring, closing rush in December. An assumption. */
export const MONTH_WEIGHT = [
  0.82, 0.78, 1, 0.95, 0.95, 1.15, 0.95, 0.92, 1.05, 0.95, 1.1, 1.85,
] as const;

/** Spring Festival (first day of the lunar year): around it little is signed and registered. */
export const SPRING_FESTIVAL: Readonly<Record<number, string>> = {
  2020: '2020-01-25',
  2021: '2021-02-12',
  2022: '2022-02-01',
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
};
export const FESTIVAL_DAYS = 12;
export const FESTIVAL_WEIGHT = 0.35;
