import { DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import { fieldName, industryName, regionName } from '../format/names.ts';
import { fill, type Language } from './words.tsx';
import type { WordKey, Words } from './zh.ts';

const isKey = (key: string, t: Words): key is WordKey => key in t;
const wordOf = (key: string, t: Words): string | null => (isKey(key, t) ? t[key] : null);

const LINES: Readonly<Record<string, WordKey>> = {
  '(listings)': 'part.listings',
  '(link)': 'part.link',
  '(others)': 'part.others',
};

/** The last digits of an id tell two contracts of one page apart, as elsewhere on the console. */
const ID_END = -8;

/** What a line of contributions is called (`district:sip`); a contract by the end of its id. */
export const partName = (by: string, whole: string, language: Language, t: Words): string => {
  const line = LINES[whole];
  if (line) return t[line];
  const code = whole.startsWith(`${by}:`) ? whole.slice(by.length + 1) : whole;
  if (by === 'contract') return whole.slice(ID_END);
  if (by === 'component') return wordOf(`component.${code}`, t) ?? code;
  if (by === 'contract-type') return wordOf(`type.${code}`, t) ?? code;
  if (by === 'district') {
    const known = DISTRICTS.find((district) => district.code === code)?.code;
    if (known) return regionName(known, language, t);
    return code === 'outside' || code === 'abroad' ? regionName(code, language, t) : code;
  }
  const field = FIELDS.find((one) => one.code === code)?.code;
  if (by === 'field' && field) return fieldName(field, language);
  const industry = INDUSTRIES.find((one) => one.code === code)?.code;
  if (by === 'industry' && industry) return industryName(industry, language);
  return code;
};

/** `held:C`, `thin:units`, `low-sample` … in words; a flag that is not known is shown as it is. */
export const flagText = (flag: string, t: Words): string => {
  const held = /^held:([SABCP])$/.exec(flag)?.[1];
  if (held) {
    return fill(t['flag.held'], { component: wordOf(`component.${held}`, t) ?? held });
  }
  return wordOf(`flag.${flag.replace(':', '.')}`, t) ?? flag;
};

/** Why there is no value, in as few words as a tile holds. */
export const shortReason = (reason: string, t: Words): string =>
  wordOf(`short.${reason}`, t) ?? reason;

/** What a series is called where there is little room: `city@12`, `district:sip` … */
export const cellTitle = (series: string, language: Language, t: Words): string => {
  if (series === 'city') return t.index;
  if (series === 'city@12') return t.rolling;
  const cut = series.indexOf(':');
  return partName(series.slice(0, cut), series.slice(cut + 1), language, t);
};
