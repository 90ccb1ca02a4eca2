import type { CodeEntry, DistrictCode } from './codes.ts';
import type { LocalDate } from './time.ts';

export interface District extends CodeEntry<DistrictCode> {
  /** Two or three characters, for a tile or a chip. */
  readonly shortZh: string;
}

/**
 * The ten areas (板块) of Suzhou. Names as in the lists of administrative divisions of the National
 * Bureau of Statistics, editions 2019 to 2023; the Industrial Park is in those lists, though it is
 * no county-level division under GB/T 2260. Sorted as the city's own statistics print them.
 */
export const DISTRICTS: readonly District[] = [
  { code: 'gusu', zh: '姑苏区', shortZh: '姑苏', en: 'Gusu' },
  { code: 'huqiu', zh: '苏州高新区(虎丘区)', shortZh: '高新区', en: 'SND (Huqiu)' },
  { code: 'wuzhong', zh: '吴中区', shortZh: '吴中', en: 'Wuzhong' },
  { code: 'xiangcheng', zh: '相城区', shortZh: '相城', en: 'Xiangcheng' },
  { code: 'wujiang', zh: '吴江区', shortZh: '吴江', en: 'Wujiang' },
  { code: 'sip', zh: '苏州工业园区', shortZh: '园区', en: 'SIP (Industrial Park)' },
  { code: 'changshu', zh: '常熟市', shortZh: '常熟', en: 'Changshu' },
  { code: 'zhangjiagang', zh: '张家港市', shortZh: '张家港', en: 'Zhangjiagang' },
  { code: 'kunshan', zh: '昆山市', shortZh: '昆山', en: 'Kunshan' },
  { code: 'taicang', zh: '太仓市', shortZh: '太仓', en: 'Taicang' },
];

export interface DistrictAlias {
  /** Six digits as they occur in credit codes, statistics or resident IDs. */
  readonly code: string;
  readonly district: DistrictCode;
  /** First day in force; null where no list tells. */
  readonly from: LocalDate | null;
  /** First day no longer in force; null while it is. */
  readonly until: LocalDate | null;
}

/**
 * Official six-digit codes with their dates.
 * - 320505 to 320509, 320581 to 320583, 320585: the statistics bureau's lists, editions 2019-2023.
 * - The Industrial Park has three: 320594 in 统一社会信用代码 (seen in live codes), 320571 in the
 *   statistics lists up to edition 2022, 320576 in the edition of 2023.
 * - 320502, 320503, 320504 (沧浪, 平江, 金阊, merged into 姑苏) and 320584 (吴江市, now a district)
 *   were retired on 2012-09-01. They live on in old credit codes and resident IDs. The day is
 *   general knowledge, not read in the decree.
 */
export const DISTRICT_ALIASES: readonly DistrictAlias[] = [
  { code: '320505', district: 'huqiu', from: null, until: null },
  { code: '320506', district: 'wuzhong', from: null, until: null },
  { code: '320507', district: 'xiangcheng', from: null, until: null },
  { code: '320508', district: 'gusu', from: '2012-09-01', until: null },
  { code: '320509', district: 'wujiang', from: '2012-09-01', until: null },
  { code: '320594', district: 'sip', from: null, until: null },
  { code: '320571', district: 'sip', from: null, until: '2023-01-01' },
  { code: '320576', district: 'sip', from: '2023-01-01', until: null },
  { code: '320581', district: 'changshu', from: null, until: null },
  { code: '320582', district: 'zhangjiagang', from: null, until: null },
  { code: '320583', district: 'kunshan', from: null, until: null },
  { code: '320585', district: 'taicang', from: null, until: null },
  { code: '320502', district: 'gusu', from: null, until: '2012-09-01' },
  { code: '320503', district: 'gusu', from: null, until: '2012-09-01' },
  { code: '320504', district: 'gusu', from: null, until: '2012-09-01' },
  { code: '320584', district: 'wujiang', from: null, until: '2012-09-01' },
];

export interface DistrictFound {
  readonly district: DistrictCode;
  /** Whether the code was in force on the day asked; a retired code still names its district. */
  readonly inForce: boolean;
}

const ALIAS_OF = new Map(DISTRICT_ALIASES.map((alias) => [alias.code, alias]));

/**
 * The district that a six-digit code names, and whether the code was in force on a day. Undefined
 * for codes that are none of the ten: 320500 (the city), other cities, other provinces.
 * Digits 3-8 of a credit code are the registering authority, which need not be the address.
 */
export const districtOfCode = (code: string, day: LocalDate): DistrictFound | undefined => {
  const alias = ALIAS_OF.get(code);
  if (!alias) return undefined;
  const begun = alias.from === null || alias.from <= day;
  const ended = alias.until !== null && alias.until <= day;
  return { district: alias.district, inForce: begun && !ended };
};

/** The codes in force for a district on a day. */
export const codesOfDistrict = (district: DistrictCode, day: LocalDate): readonly string[] =>
  DISTRICT_ALIASES.filter(
    (alias) => alias.district === district && districtOfCode(alias.code, day)?.inForce === true,
  ).map((alias) => alias.code);
