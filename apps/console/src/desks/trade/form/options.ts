import { FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import { DealType } from '@jishi/contracts/market/listing';
import { fieldFullName, industryName, regionName } from '../../../format/names.ts';
import type { Option } from '../../../kit/fields.tsx';
import type { Language } from '../../../words/words.tsx';
import type { Words } from '../../../words/zh.ts';
import { DEAL_TYPES, TRL_LEVELS } from '../names.ts';

export const fieldOptions = (language: Language): Option[] =>
  FieldCode.options.map((value) => ({ value, label: fieldFullName(value, language) }));

export const industryOptions = (language: Language): Option[] =>
  IndustryCode.options.map((value) => ({
    value,
    label: `${value} ${industryName(value, language)}`,
  }));

export const regionOptions = (language: Language, t: Words): Option[] =>
  Region.options.map((value) => ({ value, label: regionName(value, language, t) }));

export const dealOptions = (language: Language): Option[] =>
  DealType.options.map((value) => ({ value, label: DEAL_TYPES[value][language] }));

export const trlOptions = (language: Language): Option[] =>
  TRL_LEVELS.map((level, i) => ({
    value: String(i + 1),
    label: `TRL ${i + 1} · ${level[language]}`,
  }));
