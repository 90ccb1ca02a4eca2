import { z } from '@hono/zod-openapi';
import type { CodeEntry, ContractType } from './codes.ts';

/**
 * 合同子类, one list over all types. Sources: Civil Code art. 851 (development), 863 and 876
 * (transfer, licence, and the rights to which they apply by reference), 878 (consulting, service);
 * 技术培训 and 技术中介 are registered separately inside service. 技术入股 is registered as a
 * transfer. 生物医药新品种 comes from the registration rule, not from the Code.
 */
export const ContractSubType = z.enum([
  'commissioned-development',
  'joint-development',
  'conversion-development',
  'patent-transfer',
  'application-transfer',
  'secret-transfer',
  'layout-transfer',
  'variety-transfer',
  'software-transfer',
  'drug-transfer',
  'equity-contribution',
  'patent-licence',
  'secret-licence',
  'layout-licence',
  'variety-licence',
  'software-licence',
  'drug-licence',
  'technical-consulting',
  'technical-service',
  'technical-training',
  'technical-brokerage',
]);
export type ContractSubType = z.infer<typeof ContractSubType>;

export interface ContractTypeEntry extends CodeEntry<ContractType> {
  readonly shortZh: string;
  readonly subTypes: readonly CodeEntry<ContractSubType>[];
}

/** The five types since the Civil Code (2021-01-01); before, licence was counted in transfer. */
export const CONTRACT_TYPES: readonly ContractTypeEntry[] = [
  {
    code: 'development',
    zh: '技术开发合同',
    shortZh: '开发',
    en: 'Development',
    subTypes: [
      { code: 'commissioned-development', zh: '委托开发', en: 'Commissioned development' },
      { code: 'joint-development', zh: '合作开发', en: 'Joint development' },
      { code: 'conversion-development', zh: '成果转化', en: 'Conversion of a result' },
    ],
  },
  {
    code: 'transfer',
    zh: '技术转让合同',
    shortZh: '转让',
    en: 'Transfer',
    subTypes: [
      { code: 'patent-transfer', zh: '专利权转让', en: 'Patent' },
      { code: 'application-transfer', zh: '专利申请权转让', en: 'Patent application' },
      { code: 'secret-transfer', zh: '技术秘密转让', en: 'Trade secret' },
      { code: 'layout-transfer', zh: '集成电路布图设计转让', en: 'Circuit layout' },
      { code: 'variety-transfer', zh: '植物新品种权转让', en: 'Plant variety' },
      { code: 'software-transfer', zh: '计算机软件著作权转让', en: 'Software copyright' },
      { code: 'drug-transfer', zh: '生物医药新品种权转让', en: 'New drug' },
      { code: 'equity-contribution', zh: '技术入股', en: 'Technology as equity' },
    ],
  },
  {
    code: 'licence',
    zh: '技术许可合同',
    shortZh: '许可',
    en: 'Licence',
    subTypes: [
      { code: 'patent-licence', zh: '专利实施许可', en: 'Patent' },
      { code: 'secret-licence', zh: '技术秘密使用许可', en: 'Trade secret' },
      { code: 'layout-licence', zh: '集成电路布图设计许可', en: 'Circuit layout' },
      { code: 'variety-licence', zh: '植物新品种权许可', en: 'Plant variety' },
      { code: 'software-licence', zh: '计算机软件著作权许可', en: 'Software copyright' },
      { code: 'drug-licence', zh: '生物医药新品种权许可', en: 'New drug' },
    ],
  },
  {
    code: 'consulting',
    zh: '技术咨询合同',
    shortZh: '咨询',
    en: 'Consulting',
    subTypes: [{ code: 'technical-consulting', zh: '技术咨询', en: 'Technical consulting' }],
  },
  {
    code: 'service',
    zh: '技术服务合同',
    shortZh: '服务',
    en: 'Service',
    subTypes: [
      { code: 'technical-service', zh: '一般技术服务', en: 'Technical service' },
      { code: 'technical-training', zh: '技术培训', en: 'Technical training' },
      { code: 'technical-brokerage', zh: '技术中介', en: 'Technical brokerage' },
    ],
  },
];

const TYPE_OF_SUB_TYPE: ReadonlyMap<string, ContractType> = new Map(
  CONTRACT_TYPES.flatMap((type) => type.subTypes.map((sub) => [sub.code, type.code] as const)),
);

/** Whether a sub-type belongs to a type; the registration form allows no other pair. */
export const isSubTypeOf = (subType: string, type: ContractType): boolean =>
  TYPE_OF_SUB_TYPE.get(subType) === type;
