import type { FieldCode } from '@jishi/contracts/codes';
import type { Contact, ListingContent, NeedContent } from '@jishi/contracts/market/listing';

/** Results and needs made up from parts: different enough to search, alike enough to match. */
export const CONTACT: Contact = { name: '联系人', phone: '0512-00000000', email: null };

type Thing = readonly [name: string, field: FieldCode, trouble: string];

const THINGS: readonly Thing[] = [
  ['碳化硅衬底', 'materials', '切割损耗大、翘曲高'],
  ['柔性电路板', 'electronics', '固化温度高、弯折后电阻漂移'],
  ['动力电池模组', 'energy', '温差大、流阻高'],
  ['高强钢厚板', 'manufacturing', '气孔与未熔合靠事后探伤'],
  ['印染废水', 'environment', '盐分高、回用率低'],
  ['多芯光纤', 'electronics', '弯曲损耗大'],
  ['木聚糖酶', 'biomedicine', '高温下失活快'],
  ['轴承钢', 'materials', '夹杂物尺寸波动'],
  ['伺服电机', 'manufacturing', '低速抖动、发热'],
  ['地铁隧道', 'transport', '渗漏与变形发现得晚'],
  ['建筑幕墙', 'urban', '夏季得热多、检修难'],
  ['冷链疫苗', 'biomedicine', '途中温度无法追溯'],
  ['光伏组件', 'energy', '隐裂与热斑漏检'],
];

const MEANS = [
  '双脉冲激光剥离',
  '微胶囊潜伏固化',
  '一体化成形液冷',
  '同轴视觉与光谱融合识别',
  '膜蒸馏与结晶耦合',
  '定向进化与固定化',
  '电磁搅拌与在线测温',
  '自适应观测器控制',
  '分布式光纤传感',
  '相变储能涂层',
  '无源射频测温',
  '电致发光成像判读',
] as const;

const DISTRICTS = ['gusu', 'huqiu', 'sip', 'kunshan', 'wujiang', 'changshu', 'taicang'] as const;
const DEALS = ['licence', 'transfer', 'joint-development', 'service'] as const;

const at = <T>(items: readonly T[], n: number): T => {
  const item = items[Math.abs(n) % items.length];
  if (item === undefined) throw new Error('an empty list has no item');
  return item;
};

/** Neighbouring numbers differ in thing and means alike. */
const partsOf = (n: number) => {
  const [name, fieldCode, trouble] = at(THINGS, n);
  const means = at(MEANS, Math.floor(n / THINGS.length) * 5 + n);
  return { name, fieldCode, trouble, means, figure: 5 + ((n * 7) % 60) };
};

export const listingContent = (n: number): ListingContent => {
  const { name, fieldCode, trouble, means, figure } = partsOf(n);
  return {
    title: `${name}${means}技术(压测 ${n})`,
    problemSolved: `${name}在生产与使用中${trouble},常规办法难以兼顾质量与成本。`,
    summary:
      `以${means}为核心,针对${name}的${trouble},形成成套工艺与装备;` +
      `连续试验 ${100 + figure} 批,主要指标改善 ${figure}%,运行稳定,可按产线规模放大。`,
    gain: { text: `主要指标改善 ${figure}`, unit: '%' },
    closestAlternative: `${name}的现行通用工艺`,
    trl: 4 + (n % 5),
    trlEvidence: `合作企业 ${100 + figure} 批试验记录`,
    intellectualProperty: [{ kind: 'technical-secret', number: null }],
    fieldCode,
    industryCode: 'C',
    district: at(DISTRICTS, n),
    dealTypes: [at(DEALS, n), at(DEALS, n + 1)],
    price:
      n % 3 === 0
        ? { mode: 'negotiable' }
        : { mode: 'fixed', priceFen: `${(figure + 20) * 10_000_000}` },
    venue: null,
  };
};

export const needContent = (n: number): NeedContent => {
  const { name, fieldCode, trouble, means, figure } = partsOf(n);
  return {
    title: `${name}${trouble},寻求改进技术(压测 ${n})`,
    text:
      `我们生产${name},目前${trouble}。希望得到${means}一类的成熟技术,` +
      `主要指标改善不低于 ${Math.max(5, figure - 10)}%,半年内可上线。`,
    fieldCode,
    industryCode: 'C',
    district: at(DISTRICTS, n + 3),
    trlWanted: 5,
    budgetFen: `${(figure + 30) * 10_000_000}`,
    dealTypes: [at(DEALS, n)],
    deadline: null,
  };
};
