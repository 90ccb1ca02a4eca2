import type { ListingContent, NeedContent } from '@jishi/contracts/market/listing';

/** Results and needs of the story. Written for it; no real listing is copied. */
export interface StoryListing {
  readonly key: string;
  readonly owner: string;
  readonly content: ListingContent;
}
export interface StoryNeed {
  readonly key: string;
  readonly owner: string;
  readonly content: NeedContent;
}

const secret = [{ kind: 'technical-secret' as const, number: null }];

const listing = (
  key: string,
  owner: string,
  priceFen: string | null,
  content: Omit<ListingContent, 'price' | 'venue' | 'intellectualProperty'>,
): StoryListing => ({
  key,
  owner,
  content: {
    ...content,
    intellectualProperty: secret,
    price: priceFen === null ? { mode: 'negotiable' } : { mode: 'fixed', priceFen },
    venue: null,
  },
});

export const LISTINGS: readonly StoryListing[] = [
  listing('adhesive', 'demo-university', '350000000', {
    title: '柔性电路板低温固化导电胶',
    problemSolved: '柔性基材不耐 150 ℃ 以上固化,常规导电胶固化后易翘曲、接触电阻漂移。',
    summary:
      '以微胶囊潜伏固化剂配合片状银粉,80 ℃ 二十分钟固化,体积电阻率不高于 2×10⁻⁴ Ω·cm,弯折一万次电阻变化小于 8%。',
    gain: { text: '固化温度由 150 降到 80', unit: '℃' },
    closestAlternative: '环氧体系高温固化导电胶',
    trl: 6,
    trlEvidence: '两家模组厂小批试用报告',
    fieldCode: 'electronics',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['licence', 'joint-development'],
  }),
  listing('weld', 'gusu-university', '620000000', {
    title: '高强钢激光电弧复合焊接缺陷在线识别',
    problemSolved: '厚板焊接气孔与未熔合靠事后探伤,返修率高。',
    summary:
      '同轴视觉与等离子光谱融合,焊接过程中毫秒级识别气孔、未熔合和咬边,漏检率不高于 0.5%,并给出焊速与功率的修正量。',
    gain: { text: '返修率由 6 降到 1.5', unit: '%' },
    closestAlternative: '焊后超声探伤',
    trl: 7,
    trlEvidence: '船用钢焊接产线连续运行三个月记录',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'gusu',
    dealTypes: ['licence', 'service'],
  }),
  listing('fibre', 'optics-institute', null, {
    title: '抗弯曲多芯光纤预制棒制备工艺',
    problemSolved: '多芯光纤芯间串扰大,小弯曲半径下附加损耗高。',
    summary:
      '沟槽辅助折射率剖面与外气相沉积结合,七芯光纤芯间串扰低于 −50 dB/km,弯曲半径 10 毫米时附加损耗小于 0.1 dB。',
    gain: { text: '芯间串扰低于 −50', unit: 'dB/km' },
    closestAlternative: '单芯成缆',
    trl: 5,
    trlEvidence: '公里级样纤测试',
    fieldCode: 'electronics',
    industryCode: 'I',
    district: 'huqiu',
    dealTypes: ['joint-development', 'transfer'],
  }),
  listing('enzyme', 'bio-company', '180000000', {
    title: '耐高温木聚糖酶及其发酵工艺',
    problemSolved: '纺织前处理碱煮能耗高、废水难降解。',
    summary: '定向进化获得最适温度 85 ℃ 的木聚糖酶,五十立方米罐发酵酶活稳定,可替代七成烧碱用量。',
    gain: { text: '烧碱用量减少 70', unit: '%' },
    closestAlternative: '碱煮练',
    trl: 6,
    trlEvidence: '印染厂中试三个批次',
    fieldCode: 'biomedicine',
    industryCode: 'C',
    district: 'sip',
    dealTypes: ['licence', 'joint-production'],
  }),
  listing('battery', 'demo-university', '880000000', {
    title: '动力电池模组液冷板一体化成形',
    problemSolved: '钎焊液冷板泄漏率高、厚度大。',
    summary:
      '吹胀成形与搅拌摩擦焊结合的一体化液冷板,厚度 3 毫米,爆破压力不低于 2 兆帕,泄漏率低于万分之一。',
    gain: { text: '单板减重 22', unit: '%' },
    closestAlternative: '真空钎焊液冷板',
    trl: 7,
    trlEvidence: '整车厂样件认证',
    fieldCode: 'energy',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['licence', 'transfer'],
  }),
  listing('water', 'gusu-university', '95000000', {
    title: '印染废水膜法分盐与回用',
    problemSolved: '高盐印染废水回用率低,混盐只能作危废处置。',
    summary: '荷电纳滤分离一价盐与二价盐,配合电驱动膜浓缩,回用率不低于 85%,副产工业级硫酸钠。',
    gain: { text: '废水回用率达到 85', unit: '%' },
    closestAlternative: '蒸发结晶',
    trl: 6,
    trlEvidence: '日处理 200 吨示范线',
    fieldCode: 'environment',
    industryCode: 'N',
    district: 'gusu',
    dealTypes: ['service', 'licence'],
  }),
];

const need = (
  key: string,
  owner: string,
  budgetFen: string | null,
  content: Omit<NeedContent, 'budgetFen' | 'deadline' | 'industryCode'>,
): StoryNeed => ({
  key,
  owner,
  content: { ...content, industryCode: 'C', budgetFen, deadline: null },
});

export const NEEDS: readonly StoryNeed[] = [
  need('board-adhesive', 'kunshan-board', '400000000', {
    title: '柔性电路板贴装需要低温固化的导电胶',
    text: '我司柔性板不耐高温,现用导电胶 150 ℃ 固化后翘曲。希望固化温度不高于 90 ℃,体积电阻率不高于 3×10⁻⁴ Ω·cm,弯折后电阻稳定。',
    fieldCode: 'electronics',
    district: 'kunshan',
    trlWanted: 6,
    dealTypes: ['licence'],
  }),
  need('steel-weld', 'zhangjiagang-steel', '700000000', {
    title: '厚板焊接缺陷如何在线发现',
    text: '高强钢厚板焊接气孔、未熔合靠探伤才能发现,返修率约 6%。需要焊接过程中实时识别缺陷并调整参数,漏检率不高于 1%。',
    fieldCode: 'manufacturing',
    district: 'zhangjiagang',
    trlWanted: 6,
    dealTypes: ['licence', 'service'],
  }),
  need('cable-fibre', 'wujiang-cable', null, {
    title: '数据中心用多芯光纤的预制棒工艺',
    text: '计划开发七芯光纤光缆,要求芯间串扰低、弯曲半径 10 毫米下损耗小,可联合开发预制棒。',
    fieldCode: 'electronics',
    district: 'wujiang',
    trlWanted: 4,
    dealTypes: ['joint-development'],
  }),
  need('textile-enzyme', 'changshu-textile', '200000000', {
    title: '纺织前处理替代烧碱的生物酶',
    text: '碱煮练能耗高、废水 COD 高,希望用耐高温的酶制剂替代大部分烧碱,工艺温度 80 ℃ 以上稳定。',
    fieldCode: 'biomedicine',
    district: 'changshu',
    trlWanted: 6,
    dealTypes: ['licence', 'joint-production'],
  }),
  need('car-cooling', 'taicang-parts', '900000000', {
    title: '动力电池液冷板减薄与防泄漏',
    text: '现有钎焊液冷板厚 5 毫米且偶有泄漏,希望厚度不大于 3.5 毫米、爆破压力 2 兆帕以上的成形技术。',
    fieldCode: 'energy',
    district: 'taicang',
    trlWanted: 6,
    dealTypes: ['licence', 'transfer'],
  }),
  need('demo-water', 'demo-company', '120000000', {
    title: '高盐废水回用与分盐',
    text: '清洗线产生高盐废水,混盐按危废处置费用高。寻求分盐回用技术,回用率 80% 以上。',
    fieldCode: 'environment',
    district: 'sip',
    trlWanted: 5,
    dealTypes: ['licence', 'service'],
  }),
];
