import type { DistrictCode, FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import { DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import type { Language } from '../words/words.tsx';
import type { Words } from '../words/zh.ts';

/** Agreed short names, wide enough to be understood alone on a wall. */
const FIELD_SHORT: Readonly<Record<FieldCode, readonly [zh: string, en: string]>> = {
  electronics: ['电子信息', 'Electronics'],
  aerospace: ['航空航天', 'Aerospace'],
  manufacturing: ['先进制造', 'Manufacturing'],
  biomedicine: ['生物医药', 'Biomedicine'],
  materials: ['新材料', 'Materials'],
  energy: ['新能源与节能', 'Energy'],
  environment: ['环境保护', 'Environment'],
  nuclear: ['核应用', 'Nuclear'],
  agriculture: ['农业', 'Agriculture'],
  transport: ['现代交通', 'Transport'],
  urban: ['城市建设', 'Urban'],
};

const DISTRICT_SHORT: Readonly<Record<DistrictCode, readonly [zh: string, en: string]>> = {
  gusu: ['姑苏', 'Gusu'],
  huqiu: ['高新区', 'SND'],
  wuzhong: ['吴中', 'Wuzhong'],
  xiangcheng: ['相城', 'Xiangcheng'],
  wujiang: ['吴江', 'Wujiang'],
  sip: ['工业园区', 'SIP'],
  changshu: ['常熟', 'Changshu'],
  zhangjiagang: ['张家港', 'Zhangjiagang'],
  kunshan: ['昆山', 'Kunshan'],
  taicang: ['太仓', 'Taicang'],
};

const pick = (pair: readonly [string, string], language: Language): string =>
  language === 'zh' ? pair[0] : pair[1];

export const fieldName = (code: FieldCode, language: Language): string =>
  pick(FIELD_SHORT[code], language);

export const fieldFullName = (code: FieldCode, language: Language): string =>
  FIELDS.find((field) => field.code === code)?.[language] ?? code;

export const regionName = (code: Region, language: Language, t: Words): string => {
  if (code === 'outside') return t.outside;
  if (code === 'abroad') return t.abroad;
  return pick(DISTRICT_SHORT[code], language);
};

export const districtFullName = (code: DistrictCode, language: Language): string =>
  DISTRICTS.find((district) => district.code === code)?.[language] ?? code;

export const industryName = (code: IndustryCode, language: Language): string =>
  INDUSTRIES.find((industry) => industry.code === code)?.[language] ?? code;

/** Cities known by name; the code or name given by the ledger otherwise. */
const CITIES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  苏州: ['苏州', 'Suzhou'],
  苏州市: ['苏州', 'Suzhou'],
  suzhou: ['苏州', 'Suzhou'],
  Suzhou: ['苏州', 'Suzhou'],
};

export const cityName = (city: string, language: Language): string =>
  pick(CITIES[city] ?? [city, city], language);

/** The part of a cell's key behind the colon: `district:kunshan` → `kunshan`. */
export const codeOfCell = (cell: string): string => cell.slice(cell.indexOf(':') + 1);
