import { z } from '@hono/zod-openapi';

/** A code list entry: our own stable code, the official names, and where the list comes from. */
export interface CodeEntry<Code extends string = string> {
  readonly code: Code;
  readonly zh: string;
  readonly en: string;
}

/**
 * 板块: Suzhou's ten areas under our own keys, because official codes changed and differ by list
 * (the Industrial Park has three). Aliases with their dates are in districts.ts.
 */
export const DistrictCode = z.enum([
  'gusu',
  'huqiu',
  'wuzhong',
  'xiangcheng',
  'wujiang',
  'sip',
  'changshu',
  'zhangjiagang',
  'kunshan',
  'taicang',
]);
export type DistrictCode = z.infer<typeof DistrictCode>;

/** Where a party is: one of the ten, elsewhere in China, or abroad. */
export const Region = z.enum([...DistrictCode.options, 'outside', 'abroad']);
export type Region = z.infer<typeof Region>;

/** 技术领域: the eleven statutory fields; official numeric codes are not known, these are ours. */
export const FieldCode = z.enum([
  'electronics',
  'aerospace',
  'manufacturing',
  'biomedicine',
  'materials',
  'energy',
  'environment',
  'nuclear',
  'agriculture',
  'transport',
  'urban',
]);
export type FieldCode = z.infer<typeof FieldCode>;

/** 国民经济行业: GB/T 4754-2017 sections A to T. */
export const IndustryCode = z.enum([
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'M',
  'N',
  'O',
  'P',
  'Q',
  'R',
  'S',
  'T',
]);
export type IndustryCode = z.infer<typeof IndustryCode>;

/** 合同类别: the five types since the Civil Code split 许可 from 转让. */
export const ContractType = z.enum(['development', 'transfer', 'licence', 'consulting', 'service']);
export type ContractType = z.infer<typeof ContractType>;
