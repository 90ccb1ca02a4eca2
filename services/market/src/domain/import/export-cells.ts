import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import { DISTRICTS } from '@jishi/contracts/districts';
import { FIELDS } from '@jishi/contracts/fields';
import { INDUSTRIES } from '@jishi/contracts/industries';
import type { Contact, ListingContent, NeedContent } from '@jishi/contracts/market/listing';
import type { PartyRef } from '@jishi/contracts/party';
import type { LocalDate } from '@jishi/contracts/time';
import { amountIn } from './amount.ts';
import { DEAL_TYPES } from './code-lists.ts';

/** A cell of an export: a text, or a number that we made. */
export type Cell = string | { readonly number: string } | null;

export interface ExportColumn<Row> {
  readonly zh: string;
  readonly cell: (row: Row) => Cell;
  readonly width?: number;
}

interface Coded {
  readonly code: string;
  readonly zh: string;
}
const nameIn = (list: readonly Coded[], code: string): string =>
  list.find((entry) => entry.code === code)?.zh ?? code;

const REGIONS: readonly Coded[] = [
  ...DISTRICTS,
  { code: 'outside', zh: '市外' },
  { code: 'abroad', zh: '境外' },
];
const STATUS: readonly Coded[] = [
  { code: 'draft', zh: '草稿' },
  { code: 'submitted', zh: '待审核' },
  { code: 'returned', zh: '已退回' },
  { code: 'published', zh: '已发布' },
  { code: 'closed', zh: '已撤下' },
  { code: 'expired', zh: '已到期' },
];

/** Exact, in yuan with two places, as a number. */
const yuan = (fen: string): Cell => ({ number: amountIn(BigInt(fen), 'yuan') });

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly openedOn: LocalDate | null;
  readonly expiresOn: LocalDate | null;
}
const life = <Row extends Shown>(): ExportColumn<Row>[] => [
  { zh: '状态', cell: (r) => nameIn(STATUS, r.status) },
  { zh: '发布日', cell: (r) => r.openedOn, width: 12 },
  { zh: '到期日', cell: (r) => r.expiresOn, width: 12 },
  { zh: '编号', cell: (r) => r.id, width: 38 },
];

export interface ListingExport extends Shown {
  readonly content: ListingContent;
  readonly contact: Contact | undefined;
}

const RIGHTS: Readonly<Record<string, string>> = {
  invention: '发明专利',
  'utility-model': '实用新型专利',
  design: '外观设计专利',
  application: '专利申请',
  'software-copyright': '软件著作权',
  'technical-secret': '技术秘密',
  'ic-layout': '集成电路布图设计',
  'plant-variety': '植物新品种权',
  'biomedicine-variety': '生物医药新品种',
};

const deals = (codes: readonly string[]): string =>
  codes.map((code) => nameIn(DEAL_TYPES, code)).join(';');

/** The template's columns first, so that an export can be corrected and imported elsewhere. */
export const LISTING_EXPORT: readonly ExportColumn<ListingExport>[] = [
  { zh: '成果名称', cell: (r) => r.content.title, width: 40 },
  { zh: '解决什么问题', cell: (r) => r.content.problemSolved, width: 40 },
  { zh: '成果简介', cell: (r) => r.content.summary, width: 60 },
  { zh: '实测效果', cell: (r) => r.content.gain?.text ?? null },
  { zh: '效果单位', cell: (r) => r.content.gain?.unit ?? null },
  { zh: '最接近的替代方案', cell: (r) => r.content.closestAlternative },
  { zh: '技术成熟度', cell: (r) => ({ number: String(r.content.trl) }) },
  { zh: '成熟度依据', cell: (r) => r.content.trlEvidence },
  {
    zh: '知识产权',
    cell: (r) =>
      r.content.intellectualProperty
        .map(({ kind, number }) => [RIGHTS[kind], number].filter(Boolean).join(' '))
        .join(';'),
    width: 40,
  },
  { zh: '技术领域', cell: (r) => nameIn(FIELDS, r.content.fieldCode) },
  { zh: '国民经济行业', cell: (r) => nameIn(INDUSTRIES, r.content.industryCode) },
  { zh: '所在板块', cell: (r) => nameIn(REGIONS, r.content.district) },
  { zh: '合作方式', cell: (r) => deals(r.content.dealTypes) },
  {
    zh: '价格(元)',
    cell: (r) => (r.content.price.mode === 'fixed' ? yuan(r.content.price.priceFen) : '面议'),
  },
  { zh: '来源平台', cell: (r) => r.content.venue },
  { zh: '联系人', cell: (r) => r.contact?.name ?? null },
  { zh: '联系电话', cell: (r) => r.contact?.phone ?? null },
  { zh: '联系邮箱', cell: (r) => r.contact?.email ?? null },
  ...life<ListingExport>(),
];

export interface NeedExport extends Shown {
  readonly content: NeedContent;
}

export const NEED_EXPORT: readonly ExportColumn<NeedExport>[] = [
  { zh: '需求名称', cell: (r) => r.content.title, width: 40 },
  { zh: '需求说明', cell: (r) => r.content.text, width: 60 },
  { zh: '技术领域', cell: (r) => nameIn(FIELDS, r.content.fieldCode) },
  { zh: '国民经济行业', cell: (r) => nameIn(INDUSTRIES, r.content.industryCode) },
  { zh: '所在板块', cell: (r) => nameIn(REGIONS, r.content.district) },
  {
    zh: '所需成熟度',
    cell: (r) => (r.content.trlWanted === null ? null : { number: String(r.content.trlWanted) }),
  },
  {
    zh: '预算(元)',
    cell: (r) => (r.content.budgetFen === null ? null : yuan(r.content.budgetFen)),
  },
  { zh: '合作方式', cell: (r) => deals(r.content.dealTypes) },
  { zh: '期限', cell: (r) => r.content.deadline, width: 12 },
  ...life<NeedExport>(),
];

export interface ContractExport {
  readonly id: string;
  readonly source: 'market' | 'paper';
  readonly status: 'drawn' | 'signed' | 'discarded';
  readonly title: string;
  readonly signedOn: LocalDate | null;
  readonly effectiveOn: LocalDate | null;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly contractType: string;
  readonly contractSubType: string;
  readonly fieldCode: string;
  readonly industryCode: string;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
  readonly delivery: 'waiting' | 'delivered' | 'parked' | null;
}

const usccOf = ({ key }: PartyRef): string | null => (key.kind === 'domestic' ? key.uscc : null);
const CONTRACT_STATUS: readonly Coded[] = [
  { code: 'drawn', zh: '待签署' },
  { code: 'signed', zh: '已签署' },
  { code: 'discarded', zh: '已作废' },
];
const DELIVERY: readonly Coded[] = [
  { code: 'waiting', zh: '送达中' },
  { code: 'delivered', zh: '已送登记' },
  { code: 'parked', zh: '登记未收' },
];

export const CONTRACT_EXPORT: readonly ExportColumn<ContractExport>[] = [
  { zh: '项目名称', cell: (r) => r.title, width: 40 },
  { zh: '来源', cell: (r) => (r.source === 'market' ? '线上签署' : '纸质导入') },
  { zh: '状态', cell: (r) => nameIn(CONTRACT_STATUS, r.status) },
  { zh: '合同签订日期', cell: (r) => r.signedOn, width: 12 },
  { zh: '合同生效日期', cell: (r) => r.effectiveOn, width: 12 },
  { zh: '卖方名称', cell: (r) => r.seller.name, width: 30 },
  { zh: '卖方统一社会信用代码', cell: (r) => usccOf(r.seller), width: 22 },
  { zh: '买方名称', cell: (r) => r.buyer.name, width: 30 },
  { zh: '买方统一社会信用代码', cell: (r) => usccOf(r.buyer), width: 22 },
  { zh: '买方板块', cell: (r) => nameIn(REGIONS, r.buyer.district) },
  { zh: '合同类别', cell: (r) => nameIn(CONTRACT_TYPES, r.contractType) },
  {
    zh: '合同子类',
    cell: (r) =>
      nameIn(
        CONTRACT_TYPES.flatMap(({ subTypes }) => subTypes),
        r.contractSubType,
      ),
  },
  { zh: '技术领域', cell: (r) => nameIn(FIELDS, r.fieldCode) },
  { zh: '服务的国民经济行业', cell: (r) => nameIn(INDUSTRIES, r.industryCode) },
  { zh: '合同成交金额(元)', cell: (r) => yuan(r.contractValueFen), width: 18 },
  { zh: '其中技术交易额(元)', cell: (r) => yuan(r.technologyValueFen), width: 18 },
  { zh: '登记送达', cell: (r) => (r.delivery === null ? null : nameIn(DELIVERY, r.delivery)) },
  { zh: '编号', cell: (r) => r.id, width: 38 },
];
