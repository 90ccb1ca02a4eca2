import type { NeedContent } from '@jishi/contracts/market/listing';
import type { StoryNeed } from './records.ts';

/** Further needs of the story's parties. Written for it; none is copied. */

const need = (
  key: string,
  owner: string,
  budgetFen: string | null,
  content: Omit<NeedContent, 'budgetFen' | 'deadline'>,
): StoryNeed => ({ key, owner, content: { ...content, budgetFen, deadline: null } });

export const FURTHER_NEEDS: readonly StoryNeed[] = [
  need('demo-tools', 'demo-company', '300000000', {
    title: '铝合金壳体精密铣削的刀具磨损监测与尺寸稳定',
    text: '我司 36 台加工中心铣削铝合金壳体,按固定件数换刀,刀具费用高,偶有崩刃和尺寸超差,报废率约 1.8%。希望在线监测刀具磨损并预测寿命,误差不大于 20 微米,同时补偿机床热误差,首件试切不超过 30 分钟;能接入现有数控系统,半年内先在 6 台机床上线。',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'sip',
    trlWanted: 7,
    dealTypes: ['licence', 'service'],
  }),
  need('demo-inspection', 'demo-company', '750000000', {
    title: '镜面金属件微划痕自动检测',
    text: '阳极氧化壳体反光强,目前四十人三班目检,漏检约 1.2%。寻求自动识别 8 微米以上划痕与压伤的成像检测技术,节拍不大于 2.5 秒,漏检率不高于 0.5%,误报率不高于 3%,换型时间不超过半天,可合作开发并覆盖六条产线。',
    fieldCode: 'electronics',
    industryCode: 'C',
    district: 'sip',
    trlWanted: 6,
    dealTypes: ['licence', 'joint-development'],
  }),
  need('demo-fluoride', 'demo-company', '350000000', {
    title: '清洗线含氟废水稳定低于 1 毫克每升',
    text: '表面处理清洗线每天约 240 吨含氟废水,两级钙盐沉淀后氟离子 6 至 9 毫克每升,达不到新限值。需要膜法或吸附法深度除氟,出水稳定低于 1 毫克每升,污泥减少三成以上,吨水运行费不高于 5 元,水回用率 75% 以上。',
    fieldCode: 'environment',
    industryCode: 'C',
    district: 'sip',
    trlWanted: 7,
    dealTypes: ['licence', 'service'],
  }),
  need('power-substrate', 'kunshan-board', '600000000', {
    title: '车规功率模块用高导热陶瓷基板',
    text: '计划由电路板扩展到功率模块基板,需要导热率 85 瓦每米开尔文以上、抗弯强度 700 兆帕以上的氮化硅基板工艺,尺寸 130 毫米以上,翘曲小于 0.3 毫米,成品率不低于 80%,可分阶段引进。',
    fieldCode: 'materials',
    industryCode: 'C',
    district: 'kunshan',
    trlWanted: 6,
    dealTypes: ['licence', 'transfer'],
  }),
  need('weld-robot', 'taicang-parts', '220000000', {
    title: '电池托盘搅拌摩擦焊的焊缝在线检测',
    text: '电池托盘铝型材搅拌摩擦焊偶有隧道型缺陷,靠抽检剖切发现。希望焊接过程中实时识别缺陷并停机,漏检率不高于 0.5%,误停每班不超过一次,适配四轴焊接机器人,检测记录按件号保存三年。',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'taicang',
    trlWanted: 6,
    dealTypes: ['licence', 'service'],
  }),
  need('furnace-heat', 'zhangjiagang-steel', '480000000', {
    title: '加热炉中低温烟气余热回收',
    text: '步进式加热炉排烟 280 ℃ 左右,年排放余热折合标煤约 9 千吨。寻求耐含尘烟气的余热回收技术,回收率 45% 以上,压损不高于 300 帕,三年内收回投资,停炉改造不超过 10 天。',
    fieldCode: 'energy',
    industryCode: 'C',
    district: 'zhangjiagang',
    trlWanted: 7,
    dealTypes: ['service', 'licence'],
  }),
  need('blade-monitor', 'wujiang-cable', null, {
    title: '光纤传感用于桨叶和缆索的长期应变监测',
    text: '拟由光缆延伸到结构监测,寻求可埋入复合材料或缆索的光纤光栅应变监测技术,分辨率 5 微应变以内,采样不低于每秒 200 次,埋入后强度下降不超过 5%,可联合开发解调设备。',
    fieldCode: 'aerospace',
    industryCode: 'C',
    district: 'wujiang',
    trlWanted: 4,
    dealTypes: ['joint-development', 'licence'],
  }),
  need('textile-colour', 'changshu-textile', '90000000', {
    title: '面料染色批间色差在线控制',
    text: '小批量多品种染色批间色差大,复染率约 7%。希望在线测色并给出助剂与升温曲线修正量,批间色差不大于 0.8,复染率降到 2% 以下,适配现有 24 台溢流染色机。',
    fieldCode: 'materials',
    industryCode: 'C',
    district: 'changshu',
    trlWanted: 6,
    dealTypes: ['service', 'licence'],
  }),
];
