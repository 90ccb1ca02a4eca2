import type { IntellectualProperty } from '@jishi/contracts/market/listing';
import { readPatentNumber } from '@jishi/contracts/patent';
import { usccIsValid } from '@jishi/contracts/uscc';
import { bad, fullWidth, good, plainText, quote, type Reading } from './cell.ts';

const USCC_LENGTH = 18;
/** Letters that a credit code never has, and the digits for which they are mistaken. */
const MISTAKEN: Readonly<Record<string, string>> = { O: '0', I: '1', S: '5', Z: '2' };

/** 统一社会信用代码. A letter that no code has is a digit misread, when the check digits agree. */
export const readUscc = (given: string): Reading<string> => {
  const wide = fullWidth(given);
  if (wide) return wide;
  const code = plainText(given).toUpperCase().replace(/[\s-]/g, '');
  if (usccIsValid(code)) return good(code);
  const repaired = code.replace(/[OISZ]/g, (letter) => MISTAKEN[letter] ?? letter);
  if (repaired !== code && usccIsValid(repaired)) {
    return bad(
      'uscc-misread',
      `信用代码没有字母 O、I、S、Z,应为${quote(repaired)}`,
      `A credit code has no letters O, I, S, Z; it should read ${quote(repaired)}`,
      repaired,
    );
  }
  return code.length === USCC_LENGTH
    ? bad('uscc-check', `${quote(given)}的校验位不对`, `A check digit of ${quote(given)} is wrong`)
    : bad(
        'uscc-length',
        `统一社会信用代码应为 18 位,现为 ${code.length} 位`,
        `A credit code has 18 characters; this has ${code.length}`,
      );
};

/** Customs codes of countries and regions (general knowledge, the usual ones) with ISO 3166. */
const COUNTRIES: readonly (readonly [code: string, iso: string, ...names: string[]])[] = [
  ['142', 'CN', '中国', 'China', 'CHN'],
  ['110', 'HK', '中国香港', '香港', 'Hong Kong'],
  ['121', 'MO', '中国澳门', '澳门', 'Macao'],
  ['143', 'TW', '中国台湾', '台湾', '台澎金马关税区', 'Taiwan'],
  ['115', 'IL', '以色列', 'Israel'],
  ['116', 'JP', '日本', 'Japan'],
  ['122', 'MY', '马来西亚', 'Malaysia'],
  ['132', 'SG', '新加坡', 'Singapore'],
  ['133', 'KR', '韩国', 'Korea'],
  ['136', 'TH', '泰国', 'Thailand'],
  ['141', 'VN', '越南', 'Vietnam'],
  ['301', 'BE', '比利时', 'Belgium'],
  ['302', 'DK', '丹麦', 'Denmark'],
  ['303', 'GB', '英国', 'United Kingdom', 'UK'],
  ['304', 'DE', '德国', 'Germany'],
  ['305', 'FR', '法国', 'France'],
  ['306', 'IE', '爱尔兰', 'Ireland'],
  ['307', 'IT', '意大利', 'Italy'],
  ['309', 'NL', '荷兰', 'Netherlands'],
  ['312', 'ES', '西班牙', 'Spain'],
  ['315', 'AT', '奥地利', 'Austria'],
  ['318', 'FI', '芬兰', 'Finland'],
  ['326', 'NO', '挪威', 'Norway'],
  ['330', 'SE', '瑞典', 'Sweden'],
  ['331', 'CH', '瑞士', 'Switzerland'],
  ['344', 'RU', '俄罗斯', 'Russia'],
  ['501', 'CA', '加拿大', 'Canada'],
  ['502', 'US', '美国', 'United States', 'USA'],
  ['601', 'AU', '澳大利亚', 'Australia'],
  ['609', 'NZ', '新西兰', 'New Zealand'],
];

export interface Country {
  /** Three digits of the customs' list. */
  readonly code: string;
  readonly iso: string;
}

export const readCountry = (given: string): Reading<Country> => {
  const key = plainText(given).toLowerCase();
  const found = COUNTRIES.find((names) => names.some((name) => name.toLowerCase() === key));
  if (found) return good({ code: found[0], iso: found[1] });
  return bad(
    'country-unknown',
    `国别代码表中没有${quote(given)}(海关三位代码或国名)`,
    `${quote(given)} is no known country (three digits of the customs, or a name)`,
  );
};

const WITHOUT_NUMBER = /^(无|未涉及|不涉及|none|-|—)$/i;
const KINDS: readonly (readonly [RegExp, Exclude<IntellectualProperty['kind'], 'application'>])[] =
  [
    [/软件|软著/, 'software-copyright'],
    [/秘密|know-?how/i, 'technical-secret'],
    [/布图/, 'ic-layout'],
    [/植物|品种权/, 'plant-variety'],
    [/生物医药|新药/, 'biomedicine-variety'],
  ];
const NUMBER = /(?:ZL|CN)?\s*\d[\d\s]{6,14}\.?\s*[\dXx]/;
const REGISTERED = /[A-Z0-9][A-Z0-9-]{5,40}/i;

const readRight = (given: string): Reading<IntellectualProperty> => {
  const text = plainText(given);
  const written = NUMBER.exec(text)?.[0];
  const kind = KINDS.find(([words]) => words.test(text))?.[1];
  if (kind)
    return good({ kind, number: REGISTERED.exec(text)?.[0] ?? null } as IntellectualProperty);
  if (written === undefined) {
    return bad(
      'right-form',
      `${quote(given)}看不出权利种类或号码。如:发明专利 ZL201310699744.2;软件著作权`,
      `${quote(given)} names no kind of right or number, such as ZL201310699744.2`,
    );
  }
  const patent = readPatentNumber(written);
  if (!patent) {
    return bad(
      'patent-check',
      `专利号或申请号${quote(written)}有误:位数、类型或校验位不对`,
      `${quote(written)} is no valid patent or application number`,
    );
  }
  const number = written.replace(/\s/g, '').toUpperCase();
  return good(
    patent.granted
      ? ({ kind: patent.type, number } as IntellectualProperty)
      : { kind: 'application', number },
  );
};

/** 知识产权: kinds and numbers in one cell, with separators between. */
export const readRights = (given: string): Reading<IntellectualProperty[]> => {
  const rights: IntellectualProperty[] = [];
  for (const part of given.split(/[;;、,,\n]+/).map((each) => each.trim())) {
    if (part === '' || WITHOUT_NUMBER.test(part)) continue;
    const { value, trouble } = readRight(part);
    if (trouble) return { trouble };
    rights.push(value);
  }
  return good(rights);
};
