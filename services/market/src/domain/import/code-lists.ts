import type {
  ContractType,
  FieldCode,
  IndustryCode,
  Region as RegionCode,
} from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { DISTRICT_ALIASES, DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import {
  IP_KINDS,
  NATURES,
  PAYMENT_METHODS,
  PLAN_SOURCES,
  SOCIO_ECONOMIC_GOALS,
} from '@jishi/contracts/ledger/registration-form';
import type { DealType } from '@jishi/contracts/market/listing';
import { bad, good, plainText, quote, type Reading } from './cell.ts';
import { codeList, type Named } from './code-list.ts';

interface Entry<Code extends string> {
  readonly code: Code;
  readonly zh: string;
  readonly en: string;
  readonly shortZh?: string;
}

const named = <Code extends string>(entries: readonly Entry<Code>[]): Named<Code>[] =>
  entries.map(({ code, zh, en, shortZh }) => ({
    code,
    names: [zh, en, ...(shortZh ? [shortZh] : [])],
  }));

export const DEAL_TYPES: readonly Entry<DealType>[] = [
  { code: 'transfer', zh: '转让', en: 'Transfer' },
  { code: 'licence', zh: '许可', en: 'Licence' },
  { code: 'equity', zh: '作价入股', en: 'Equity' },
  { code: 'joint-development', zh: '合作开发', en: 'Joint development' },
  { code: 'joint-production', zh: '合作生产', en: 'Joint production' },
  { code: 'consulting', zh: '技术咨询', en: 'Consulting' },
  { code: 'service', zh: '技术服务', en: 'Service' },
];
const DEAL_ALIASES: Readonly<Partial<Record<DealType, readonly string[]>>> = {
  transfer: ['技术转让', '完全转让', '专利转让'],
  licence: ['技术许可', '专利许可', '实施许可'],
  equity: ['技术入股', '入股'],
  'joint-development': ['技术开发', '合作研发', '委托开发'],
  consulting: ['咨询'],
  service: ['服务'],
};

export const dealTypes = codeList(
  { zh: '合作方式', en: 'kinds of deal' },
  named(DEAL_TYPES).map(({ code, names }) => ({
    code,
    names: [...names, ...(DEAL_ALIASES[code] ?? [])],
  })),
);

export const fields = codeList<FieldCode>({ zh: '技术领域', en: 'fields' }, named(FIELDS));

/** Divisions of GB/T 4754-2017 by section: the last number of each, from 01 on. */
const SECTION_ENDS: readonly (readonly [IndustryCode, number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];
const industryNames = codeList<IndustryCode>(
  { zh: '国民经济行业门类', en: 'industry sections' },
  named(INDUSTRIES),
);

/** A section by letter or name, or a division, group or class whose first digits name it. */
export const readIndustry = (text: string): Reading<IndustryCode> => {
  const [, letter, digits] = /^([A-T])?(\d{2,4})$/i.exec(plainText(text)) ?? [];
  if (digits === undefined) return industryNames.read(text);
  const division = Number(digits.slice(0, 2));
  const section = division > 0 ? SECTION_ENDS.find(([, last]) => division <= last)?.[0] : undefined;
  if (section && (letter === undefined || letter.toUpperCase() === section)) return good(section);
  return bad(
    'code-unknown',
    `国民经济行业中没有${quote(text)}`,
    `There is no industry ${quote(text)}`,
  );
};

const REGION_NAMES: readonly Named<RegionCode>[] = [
  ...DISTRICTS.map(({ code, zh, shortZh, en }) => ({
    code,
    names: [zh, shortZh, en, `苏州市${zh}`, `${shortZh}区`],
  })),
  { code: 'outside', names: ['市外', '外地', '苏州市外', '外省市', '本市以外'] },
  { code: 'abroad', names: ['境外', '国外', '海外'] },
];
const REGION_ALIASES: readonly Named<RegionCode>[] = [
  { code: 'huqiu', names: ['苏州高新区', '虎丘区', '虎丘', '高新', '苏州高新区虎丘区', 'SND'] },
  { code: 'sip', names: ['工业园区', '苏州园区', 'SIP', '园区'] },
  { code: 'kunshan', names: ['昆山'] },
];
const regionNames = codeList<RegionCode>({ zh: '板块', en: 'districts' }, [
  ...REGION_NAMES.map(({ code, names }) => ({
    code,
    names: [...names, ...(REGION_ALIASES.find((more) => more.code === code)?.names ?? [])],
  })),
]);
const PROVINCE_FIRST = /^[1-8]\d{5}$/;

/** One of the ten by name or by any code that it has had; another six digits are elsewhere. */
export const readRegion = (text: string): Reading<RegionCode> => {
  const code = plainText(text);
  if (!PROVINCE_FIRST.test(code)) return regionNames.read(text);
  const district = DISTRICT_ALIASES.find((alias) => alias.code === code)?.district;
  if (district) return good(district);
  return code.startsWith('3205')
    ? bad(
        'code-unknown',
        `${quote(text)}不是苏州十个板块之一的代码`,
        `${quote(text)} is not the code of one of the ten districts`,
      )
    : good('outside');
};

export const contractTypes = codeList<ContractType>(
  { zh: '合同类别', en: 'contract types' },
  CONTRACT_TYPES.map(({ code, zh, shortZh, en }) => ({
    code,
    names: [zh, shortZh, `技术${shortZh}`, en],
  })),
);

/** Sub-types of one type: some names stand under two. */
export const subTypesOf = (type: ContractType | undefined) =>
  codeList(
    { zh: '合同子类', en: 'sub-types' },
    CONTRACT_TYPES.filter(({ code }) => type === undefined || code === type).flatMap((entry) =>
      entry.subTypes.map(({ code, zh, en }) => ({
        code,
        names: type === undefined ? [zh] : [zh, `${zh}合同`, en],
      })),
    ),
  );

export const ipKinds = codeList({ zh: '知识产权类别', en: 'kinds of rights' }, [
  ...named(IP_KINDS).map(({ code, names }) => ({
    code,
    names: [
      ...names,
      ...({
        none: ['未涉及', '无', '不涉及'],
        invention: ['专利', '发明'],
        'utility-model': ['实用新型'],
        design: ['外观设计'],
        software: ['软件著作权', '软著'],
      }[code as string] ?? []),
    ],
  })),
]);
export const planSources = codeList({ zh: '计划来源', en: 'plan sources' }, named(PLAN_SOURCES));
export const goals = codeList(
  { zh: '社会经济目标', en: 'socio-economic goals' },
  named(SOCIO_ECONOMIC_GOALS).map(({ code, names }) => ({
    code,
    names: [...names, String(Number(code))],
  })),
);
export const paymentMethods = codeList(
  { zh: '支付方式', en: 'payment methods' },
  named(PAYMENT_METHODS).map(({ code, names }) => ({
    code,
    names: [
      ...names,
      ...({
        'lump-sum': ['一次总付', '一次付清'],
        instalments: ['分期支付', '分期付款'],
        royalty: ['提成'],
        'royalty-with-entry-fee': ['提成附加预付入门费', '入门费加提成'],
      }[code as string] ?? []),
    ],
  })),
);

const natureNames = codeList({ zh: '单位性质', en: 'natures' }, named(NATURES));
/** Three or four digits of the form's tree, or the name of one of its upper levels. */
export const readNature = (text: string): Reading<string> =>
  /^\d{3,4}$/.test(plainText(text)) ? good(plainText(text)) : natureNames.read(text);

const YES = new Set(['是', '有', 'yes', 'y', 'true', '1', '√', '✓']);
const NO = new Set(['否', '无', '没有', 'no', 'n', 'false', '0', '×']);
export const readYesNo = (text: string): Reading<boolean> => {
  const key = plainText(text).toLowerCase();
  if (YES.has(key)) return good(true);
  if (NO.has(key)) return good(false);
  return bad('yes-no', `${quote(text)}应为“是”或“否”`, `${quote(text)} should be yes or no`);
};

/** Readiness words that people write; the level is our reading of them (ASSUMPTION). */
const TRL_WORDS: readonly (readonly [RegExp, number])[] = [
  [/研发|实验室|概念/, 3],
  [/小试/, 4],
  [/样品|样机|原型/, 5],
  [/中试/, 6],
  [/试生产|示范|试用/, 7],
  [/小批量|定型/, 8],
  [/产业化|量产|规模/, 9],
];

export const readTrl = (given: string): Reading<number> => {
  const text = plainText(given);
  const [, digit] = /^(?:TRL)?[\s-]*([1-9])(?:\.0+)?\s*级?$/i.exec(text) ?? [];
  if (digit !== undefined) return good(Number(digit));
  const level = TRL_WORDS.find(([words]) => words.test(text))?.[1];
  return bad(
    'trl',
    `TRL 应为 1–9,现为${quote(given)}${level ? `。改为 ${level}?` : ''}`,
    `TRL should be 1 to 9; it reads ${quote(given)}${level ? `. Make it ${level}?` : ''}`,
    level ? String(level) : null,
  );
};
