import type { IntellectualPropertyKind } from '@jishi/contracts/market/drafts';
import type { DealType, ListingStatus } from '@jishi/contracts/market/listing';
import type { PriceBand, TrlBand } from '@jishi/contracts/market/search';
import type { PartyNature } from '@jishi/contracts/party';
import type { Tone } from '../../kit/marks.tsx';

interface Named {
  readonly zh: string;
  readonly en: string;
}

export const DEAL_TYPES: Readonly<Record<DealType, Named>> = {
  transfer: { zh: '转让', en: 'Transfer' },
  licence: { zh: '许可', en: 'Licence' },
  equity: { zh: '技术入股', en: 'Equity' },
  'joint-development': { zh: '合作开发', en: 'Joint development' },
  'joint-production': { zh: '合作生产', en: 'Joint production' },
  consulting: { zh: '咨询', en: 'Consulting' },
  service: { zh: '服务', en: 'Service' },
};

export const NATURES: Readonly<Record<PartyNature, Named>> = {
  enterprise: { zh: '企业', en: 'Enterprise' },
  university: { zh: '高校', en: 'University' },
  institute: { zh: '科研院所', en: 'Institute' },
  'public-institution': { zh: '事业单位', en: 'Public institution' },
  association: { zh: '社团', en: 'Association' },
  government: { zh: '机关', en: 'Government' },
  person: { zh: '个人', en: 'Person' },
  foreign: { zh: '境外', en: 'Foreign' },
};

export const RIGHTS: Readonly<Record<IntellectualPropertyKind, Named>> = {
  invention: { zh: '发明专利', en: 'Invention patent' },
  'utility-model': { zh: '实用新型', en: 'Utility model' },
  design: { zh: '外观设计', en: 'Design patent' },
  application: { zh: '专利申请', en: 'Patent application' },
  'software-copyright': { zh: '软件著作权', en: 'Software copyright' },
  'technical-secret': { zh: '技术秘密', en: 'Technical secret' },
  'ic-layout': { zh: '集成电路布图', en: 'IC layout design' },
  'plant-variety': { zh: '植物新品种', en: 'Plant variety' },
  'biomedicine-variety': { zh: '生物医药新品种', en: 'Biomedical variety' },
};

export const STATUSES: Readonly<Record<ListingStatus, Named & { readonly tone: Tone }>> = {
  draft: { zh: '草稿', en: 'Draft', tone: 'draft' },
  submitted: { zh: '待审核', en: 'In review', tone: 'info' },
  returned: { zh: '退回修改', en: 'Returned', tone: 'warn' },
  published: { zh: '已发布', en: 'Published', tone: 'ok' },
  closed: { zh: '已撤下', en: 'Closed', tone: 'plain' },
  expired: { zh: '已到期', en: 'Expired', tone: 'plain' },
};

/** The nine levels in a few words; the standard's own table was not at hand (background). */
export const TRL_LEVELS: readonly Named[] = [
  { zh: '报告级：原理已报告', en: 'principle reported' },
  { zh: '方案级：概念已提出', en: 'concept formulated' },
  { zh: '功能级：关键功能已验证', en: 'key function proved' },
  { zh: '仿真级：实验室部件', en: 'component in the laboratory' },
  { zh: '初样级：相关环境中的部件', en: 'component in its environment' },
  { zh: '正样级：相关环境中的样机', en: 'prototype in its environment' },
  { zh: '环境级：使用环境中的样机', en: 'prototype in operation' },
  { zh: '产品级：系统已定型', en: 'system qualified' },
  { zh: '系统级：已在使用', en: 'proven in use' },
];

export const TRL_BANDS: Readonly<Record<TrlBand, Named>> = {
  '1-3': { zh: 'TRL 1–3 研究', en: 'TRL 1–3 research' },
  '4-6': { zh: 'TRL 4–6 试验', en: 'TRL 4–6 trial' },
  '7-9': { zh: 'TRL 7–9 应用', en: 'TRL 7–9 in use' },
};

export const PRICE_BANDS: Readonly<Record<PriceBand, Named>> = {
  'under-30': { zh: '30 万元以下', en: 'under ¥0.3 million' },
  '30-100': { zh: '30–100 万元', en: '¥0.3–1 million' },
  '100-300': { zh: '100–300 万元', en: '¥1–3 million' },
  '300-1000': { zh: '300–1000 万元', en: '¥3–10 million' },
  'over-1000': { zh: '1000 万元以上', en: '¥10 million and over' },
  'not-stated': { zh: '面议', en: 'Negotiable' },
};
