import { z } from '@hono/zod-openapi';
import type { CodeEntry } from '../codes.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';

/**
 * 技术合同登记表: the columns of the form beyond the facts of every contract. Source: published
 * copies of the form (form JJ-001 and later); codes that the copies do not show are our own.
 */

/** 知识产权类别. `none` is 未涉及知识产权 and stands alone. */
export const IpKind = z.enum([
  'invention',
  'utility-model',
  'design',
  'secret',
  'software',
  'variety',
  'layout',
  'drug',
  'none',
]);
export type IpKind = z.infer<typeof IpKind>;

export const IP_KINDS: readonly CodeEntry<IpKind>[] = [
  { code: 'invention', zh: '发明专利', en: 'Invention patent' },
  { code: 'utility-model', zh: '实用新型专利', en: 'Utility model' },
  { code: 'design', zh: '外观设计专利', en: 'Design patent' },
  { code: 'secret', zh: '技术秘密', en: 'Trade secret' },
  { code: 'software', zh: '计算机软件著作权', en: 'Software copyright' },
  { code: 'variety', zh: '植物新品种权', en: 'Plant variety' },
  { code: 'layout', zh: '集成电路布图设计', en: 'Circuit layout' },
  { code: 'drug', zh: '生物医药新品种', en: 'New drug' },
  { code: 'none', zh: '未涉及知识产权', en: 'None' },
];

/** 计划来源: a plan of the state, a ministry, the province, city or county, or none. */
export const PlanSource = z.enum(['national', 'ministry', 'province', 'city-county', 'none']);
export type PlanSource = z.infer<typeof PlanSource>;

export const PLAN_SOURCES: readonly CodeEntry<PlanSource>[] = [
  { code: 'national', zh: '国家计划', en: 'National plan' },
  { code: 'ministry', zh: '部门计划', en: 'Ministry plan' },
  { code: 'province', zh: '省(市)计划', en: 'Provincial plan' },
  { code: 'city-county', zh: '地市县计划', en: 'City or county plan' },
  { code: 'none', zh: '计划外', en: 'Outside any plan' },
];

/** 社会经济目标: GB/T 24450-2009, first level (list from general knowledge, not read in it). */
export const SocioEconomicGoal = z.enum([
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
]);
export type SocioEconomicGoal = z.infer<typeof SocioEconomicGoal>;

export const SOCIO_ECONOMIC_GOALS: readonly CodeEntry<SocioEconomicGoal>[] = [
  { code: '01', zh: '环境保护、生态建设及污染防治', en: 'Environment and pollution control' },
  { code: '02', zh: '能源生产、分配和合理利用', en: 'Energy' },
  { code: '03', zh: '卫生事业发展', en: 'Health' },
  { code: '04', zh: '教育事业发展', en: 'Education' },
  { code: '05', zh: '基础设施以及城市和农村规划', en: 'Infrastructure, urban and rural planning' },
  { code: '06', zh: '社会发展和社会服务', en: 'Social development and services' },
  { code: '07', zh: '地球和大气层的探索与利用', en: 'Earth and atmosphere' },
  { code: '08', zh: '民用空间探测及开发', en: 'Civil space' },
  { code: '09', zh: '农林牧渔业发展', en: 'Agriculture, forestry and fishing' },
  { code: '10', zh: '工商业发展', en: 'Industry and commerce' },
  { code: '11', zh: '非定向研究', en: 'Undirected research' },
  { code: '12', zh: '其他民用目标', en: 'Other civil goals' },
  { code: '13', zh: '国防', en: 'Defence' },
];

/** 支付方式: Civil Code art. 846. */
export const PaymentMethod = z.enum([
  'lump-sum',
  'instalments',
  'royalty',
  'royalty-with-entry-fee',
]);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

export const PAYMENT_METHODS: readonly CodeEntry<PaymentMethod>[] = [
  { code: 'lump-sum', zh: '一次总算、一次总付', en: 'Fixed sum, paid at once' },
  { code: 'instalments', zh: '一次总算、分期支付', en: 'Fixed sum, paid in parts' },
  { code: 'royalty', zh: '提成支付', en: 'Royalty' },
  { code: 'royalty-with-entry-fee', zh: '提成支付附加预付入门费', en: 'Royalty with entry fee' },
];

/** 单位性质: three or four digits of the form's code tree (its upper levels are NATURES). */
export const NatureCode = z.string().regex(/^\d{3,4}$/);

/** The levels of the tree that the published instructions show; the tree itself goes deeper. */
export const NATURES: readonly CodeEntry[] = [
  { code: '010', zh: '机关法人', en: 'Government body' },
  { code: '021', zh: '科研机构', en: 'Research institute' },
  { code: '022', zh: '高等院校', en: 'University' },
  { code: '023', zh: '医疗卫生机构', en: 'Medical institution' },
  { code: '024', zh: '其他事业法人', en: 'Other public institution' },
  { code: '030', zh: '社团法人', en: 'Association' },
  { code: '110', zh: '国有企业', en: 'State-owned enterprise' },
  { code: '120', zh: '集体企业', en: 'Collective enterprise' },
  { code: '130', zh: '股份合作企业', en: 'Share cooperative' },
  { code: '140', zh: '联营企业', en: 'Joint operation' },
  { code: '150', zh: '有限责任公司', en: 'Limited liability company' },
  { code: '160', zh: '股份有限公司', en: 'Company limited by shares' },
  { code: '170', zh: '私营企业', en: 'Private enterprise' },
  { code: '180', zh: '其他内资企业', en: 'Other domestic enterprise' },
  { code: '200', zh: '港澳台商投资企业', en: 'Invested from Hong Kong, Macao or Taiwan' },
  { code: '300', zh: '外商投资企业', en: 'Foreign-invested enterprise' },
];

/** 国别(地区)代码: three digits of the customs' country code list; China is 142. */
export const CountryCode = z.string().regex(/^\d{3}$/);
export const CHINA_COUNTRY_CODE = '142';

export const RegistrationForm = z.strictObject({
  ipKinds: z
    .array(IpKind)
    .min(1)
    .max(9)
    .refine((kinds) => kinds.length === 1 || !kinds.includes('none'), 'none-alone'),
  /** As written in the contract; whether they are well-formed is a check of the desk. */
  patentNumbers: z.array(z.string().min(1).max(40)).max(100).default([]),
  planSource: PlanSource,
  socioEconomicGoal: SocioEconomicGoal,
  paymentMethod: PaymentMethod,
  validFrom: LocalDate,
  validTo: LocalDate.nullable(),
  sellerNature: NatureCode,
  buyerNature: NatureCode,
  sellerCountry: CountryCode,
  buyerCountry: CountryCode,
  /** 预计新增投入 and 预计新增产值: asked of transfers. */
  newInvestmentFen: FenString.nullable(),
  newOutputFen: FenString.nullable(),
});
export type RegistrationForm = z.infer<typeof RegistrationForm>;

/** What came with a submission; the bytes are in the service that received them. */
export const AttachmentKind = z.enum([
  'contract-text',
  'ip-proof',
  'commitment',
  'authorisation',
  'approval',
  'broker-agreement',
  'other',
]);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

export const ATTACHMENT_KINDS: readonly CodeEntry<AttachmentKind>[] = [
  { code: 'contract-text', zh: '合同文本', en: 'Contract text' },
  { code: 'ip-proof', zh: '知识产权证明', en: 'Proof of rights' },
  { code: 'commitment', zh: '承诺书', en: 'Letter of commitment' },
  { code: 'authorisation', zh: '法人授权书', en: "Legal person's authorisation" },
  { code: 'approval', zh: '主管部门批准文件', en: "Authority's approval" },
  { code: 'broker-agreement', zh: '中介协议', en: 'Brokerage agreement' },
  { code: 'other', zh: '其他材料', en: 'Other' },
];

export const Attachment = z.strictObject({
  kind: AttachmentKind,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Attachment = z.infer<typeof Attachment>;
