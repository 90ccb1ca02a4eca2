import { DISTRICTS } from '@jishi/contracts/districts';
import { NATURES } from '@jishi/contracts/ledger/registration-form';
import { type FieldSpec, field } from './field.ts';

/** One side of the contract; the columns have the same names with another word before. */
export const sideFields = (side: 'seller' | 'buyer', zh: string, en: string): FieldSpec[] => [
  field({
    key: `${side}Name`,
    zh: `${zh}名称`,
    en: `${en} name`,
    aliases: [zh, `${zh}单位`, `${zh}单位名称`, ...(side === 'buyer' ? ['受让方', '委托方'] : [])],
    required: side === 'buyer',
    hintZh: side === 'seller' ? '空着即为本单位' : '全称,与公章一致',
    hintEn: side === 'seller' ? 'Left empty: your organisation' : 'In full, as on the seal',
    example: side === 'seller' ? '' : '示例:昆山某某精密制造有限公司',
  }),
  field({
    key: `${side}Uscc`,
    zh: `${zh}统一社会信用代码`,
    en: `${en} credit code`,
    aliases: [`${zh}信用代码`, `${zh}代码`, `${zh}社会信用代码`],
    hintZh: '境内单位必填,18 位',
    hintEn: 'For a domestic organisation, 18 characters',
    example: side === 'seller' ? '' : '91320594780268314T',
  }),
  field({
    key: `${side}Country`,
    zh: `${zh}国别(地区)代码`,
    en: `${en} country`,
    aliases: [`${zh}国别`, `${zh}国别代码`, `${zh}国家`],
    hintZh: '空着即为中国(142)',
    hintEn: 'Left empty: China (142)',
    example: '142',
  }),
  field({
    key: `${side}District`,
    zh: `${zh}行政区划代码`,
    en: `${en} district`,
    aliases: [`${zh}行政区划`, `${zh}所在地`, `${zh}板块`, `${zh}区域`],
    required: side === 'buyer',
    hintZh: '六位代码或板块名称;市外写“市外”',
    hintEn: 'Six digits or the name of a district; 市外 for elsewhere',
    example: side === 'seller' ? '' : '320583',
    list: DISTRICTS,
  }),
  field({
    key: `${side}Nature`,
    zh: `${zh}性质`,
    en: `${en} nature`,
    aliases: [`${zh}单位性质`, `${zh}类型`],
    required: side === 'buyer',
    hintZh: '登记表的单位性质代码或名称',
    hintEn: "A code or name of the form's tree",
    example: side === 'seller' ? '' : '有限责任公司',
    list: NATURES,
  }),
];
