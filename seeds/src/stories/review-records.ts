import type { ListingDraft } from '@jishi/contracts/market/drafts';
import type { ReturnReason } from '@jishi/contracts/market/listing';
import type { StoryListing, StoryNeed } from './records.ts';

/** Records that are not published yet: one begun, two that wait, one that came back. */

/** Begun by the demo university; what is not said is what the page asks for. */
export const DRAFT_LISTING: ListingDraft = {
  title: '伺服电机铁芯低损耗激光叠片焊接',
  problemSolved: '叠片焊接热影响区大,铁芯损耗上升,高速电机温升超标。',
  summary: '脉冲激光分段焊接,铁芯损耗增加不超过 2%。',
  gain: { text: '', unit: '' },
  closestAlternative: '氩弧焊叠片',
  trl: 5,
  trlEvidence: '',
  intellectualProperty: [],
  fieldCode: 'manufacturing',
  industryCode: null,
  district: 'huqiu',
  dealTypes: [],
  price: { mode: null, priceFen: null },
  venue: null,
  ownership: null,
};

const common = {
  intellectualProperty: [{ kind: 'technical-secret' as const, number: null }],
  industryCode: 'C' as const,
  district: 'huqiu' as const,
  venue: null,
};

export const WAITING_LISTING: StoryListing = {
  key: 'waiting',
  owner: 'demo-university',
  content: {
    ...common,
    title: '锂电隔膜水性陶瓷涂布均匀性控制',
    problemSolved: '水性陶瓷涂布横向厚度波动大,边缘堆边造成分切损失和电芯内短路隐患。',
    summary:
      '唇模开度分区调节与太赫兹在线测厚闭环,1.2 米幅宽涂层厚度极差由 1.1 微米降到 0.4 微米,线速每分钟 120 米;换规格后 6 分钟内重新收敛,堆边高度小于 1 微米,旧线改造不换机头,停线不超过两天。',
    gain: { text: '分切损失由 4.5 降到 1.9', unit: '%' },
    closestAlternative: '人工调唇与离线称重',
    trl: 7,
    trlEvidence: '隔膜厂一条涂布线四个月运行数据',
    fieldCode: 'energy',
    dealTypes: ['licence', 'service'],
    price: { mode: 'fixed', priceFen: '270000000' },
  },
};

export const WAITING_NEED: StoryNeed = {
  key: 'waiting',
  owner: 'wujiang-cable',
  content: {
    title: '光缆护套挤出偏心在线测量',
    text: '护套挤出偏心靠停机切片测量,每班损失约 40 分钟。希望不停机测量壁厚与偏心,精度 0.02 毫米,线速每分钟 150 米,适应黑色护套,可与现有挤出机主控联动,超差自动报警。',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'wujiang',
    trlWanted: 6,
    budgetFen: '60000000',
    dealTypes: ['service', 'licence'],
    deadline: null,
  },
};

export const RETURNED_LISTING: StoryListing = {
  key: 'returned',
  owner: 'demo-university',
  content: {
    ...common,
    title: '纳米多孔碳电极材料',
    problemSolved: '现有电极材料比电容低,难以满足快充储能器件的要求。',
    summary: '国际领先的纳米多孔碳电极材料,性能远超同类,可广泛用于储能领域。',
    gain: null,
    closestAlternative: '活性炭电极',
    trl: 8,
    trlEvidence: '',
    fieldCode: 'electronics',
    dealTypes: ['transfer'],
    price: { mode: 'fixed', priceFen: '1500000000' },
  },
};

export const RETURN_REASONS: readonly ReturnReason[] = [
  { code: 'exaggerated', note: '“国际领先、远超同类”请改为比电容、循环次数等实测数据。' },
  { code: 'incomplete', note: '成熟度填 8 级而没有依据,请写明试用单位与时间。' },
  { code: 'wrong-classification', note: '按内容应为新材料或新能源,请改选。' },
];
