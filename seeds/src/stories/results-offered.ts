import type { ListingContent } from '@jishi/contracts/market/listing';
import type { StoryListing } from './records.ts';

/** Further results of the story's parties, over the fields. Written for it; none is copied. */

type Said = Omit<ListingContent, 'venue' | 'price' | 'intellectualProperty'>;

const listing = (
  key: string,
  owner: string,
  priceFen: string | null,
  said: Said & { readonly right?: 'software-copyright' },
): StoryListing => {
  const { right, ...content } = said;
  return {
    key,
    owner,
    content: {
      ...content,
      intellectualProperty: [{ kind: right ?? 'technical-secret', number: null }],
      price: priceFen === null ? { mode: 'negotiable' } : { mode: 'fixed', priceFen },
      venue: null,
      ownership: { coOwners: [], note: '单独所有，无质押、无在先独占许可。' },
    },
  };
};

export const FURTHER_LISTINGS: readonly StoryListing[] = [
  listing('tool-wear', 'demo-university', '240000000', {
    title: '精密铣削刀具磨损在线监测与寿命预测',
    problemSolved: '铝合金壳体精密铣削靠固定件数换刀,换早浪费刀具,换晚造成尺寸超差和崩刃报废。',
    summary:
      '主轴电流、振动与声发射三路信号融合,在加工过程中每 0.2 秒估计一次后刀面磨损量,误差不大于 15 微米;提前 12 件预警换刀,兼容主流数控系统接口,加装一台机床不超过半天,不改动原有加工程序,数据留在厂内。',
    gain: { text: '单件刀具费用下降 27', unit: '%' },
    closestAlternative: '按固定加工件数换刀',
    trl: 7,
    trlEvidence: '三家壳体加工厂 18 台机床连续运行五个月的记录',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['licence', 'service'],
  }),
  listing('thermal-error', 'gusu-university', '165000000', {
    title: '五轴机床热误差实时补偿软件',
    problemSolved: '五轴机床冷机到热机主轴伸长数十微米,精密零件首件需反复试切,午休后重新漂移。',
    summary:
      '以八点温度和主轴负载为输入建立热误差模型,每秒向数控系统下发补偿量;主轴轴向漂移由 42 微米降到 7 微米以内,换工件后 20 分钟内自动重新标定,无需恒温车间和停机热机;断电恢复后沿用上次的模型。',
    gain: { text: '首件试切时间由 95 降到 20', unit: '分钟' },
    closestAlternative: '开机空转热机与恒温车间',
    trl: 8,
    trlEvidence: '两家精密零件厂 11 台五轴机床一年运行数据',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    district: 'gusu',
    dealTypes: ['licence'],
    right: 'software-copyright',
  }),
  listing('vision', 'optics-institute', null, {
    title: '反光金属表面微划痕偏振成像检测',
    problemSolved: '阳极氧化和镜面金属件反光强,人工目检微划痕漏检多,普通机器视觉过曝误报率高。',
    summary:
      '四向偏振相机与环形分区照明配合,一次曝光消除镜面反射,识别宽度 5 微米以上的划痕、压伤和异色;单件检测节拍 1.8 秒,漏检率不高于 0.3%,误报率不高于 2%,换型只需二十张样件,结果逐件留图可追溯。',
    gain: { text: '目检人力减少 70', unit: '%' },
    closestAlternative: '强光灯下人工目检',
    trl: 7,
    trlEvidence: '手机中框产线累计检测 160 万件',
    fieldCode: 'electronics',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['licence', 'joint-development'],
  }),
  listing('membrane', 'demo-university', '310000000', {
    title: '含氟清洗废水陶瓷膜深度除氟',
    problemSolved: '清洗线含氟废水加钙沉淀后仍高于 8 毫克每升,达不到新排放限值,污泥量大。',
    summary:
      '碳化硅陶瓷膜与改性铝基吸附剂串联,出水氟离子稳定低于 1 毫克每升,膜通量每平方米每小时 350 升,吸附剂可再生 60 次以上,吨水药剂费由 6.8 元降到 3.9 元,回用率不低于 80%,可在原沉淀池后接入。',
    gain: { text: '含氟污泥减少 45', unit: '%' },
    closestAlternative: '两级钙盐沉淀',
    trl: 7,
    trlEvidence: '日处理 300 吨工程连续运行九个月的水质报告',
    fieldCode: 'environment',
    industryCode: 'N',
    district: 'huqiu',
    dealTypes: ['licence', 'service'],
  }),
  listing('ceramic', 'demo-university', '520000000', {
    title: '高导热氮化硅陶瓷基板流延与烧结工艺',
    problemSolved: '功率模块用氮化硅基板导热率偏低、翘曲大,大尺寸烧结成品率不足六成。',
    summary:
      '水基流延配合两段气压烧结,导热率不低于 92 瓦每米开尔文,抗弯强度 780 兆帕;138 毫米见方基板翘曲小于 0.25 毫米,烧结成品率 86%,用国产粉体即可稳定达到,已完成覆铜后一千次冷热循环。',
    gain: { text: '大尺寸基板成品率由 58 提高到 86', unit: '%' },
    closestAlternative: '氧化铝、氮化铝覆铜基板',
    trl: 6,
    trlEvidence: '中试线二十炉次数据与第三方导热测试报告',
    fieldCode: 'materials',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['licence', 'transfer'],
  }),
  listing('catheter', 'bio-company', null, {
    title: '介入导管亲水抗凝双层涂层',
    problemSolved: '导管亲水涂层反复推送易脱落,肝素涂层活性衰减快,体外循环中血栓发生率高。',
    summary:
      '等离子体接枝底层与亲水聚合物面层共价结合,摩擦系数不高于 0.03,往复推送五十次涂层脱落量低于检出限;抗凝活性在 37 ℃ 缓冲液中保持 28 天,生物相容性六项试验已通过,涂覆节拍每支 40 秒。',
    gain: { text: '推送阻力下降 62', unit: '%' },
    closestAlternative: '浸涂式亲水涂层',
    trl: 6,
    trlEvidence: '型式检验报告与动物试验小结',
    fieldCode: 'biomedicine',
    industryCode: 'Q',
    district: 'sip',
    dealTypes: ['licence', 'joint-production'],
  }),
  listing('crab', 'gusu-university', '48000000', {
    title: '池塘养蟹溶氧预测与增氧联动控制',
    problemSolved: '高温闷热夜间池塘缺氧靠人值守,增氧机整夜常开,电费高仍有缺氧损失。',
    summary:
      '以水温、气压、溶氧和投喂记录预测未来 6 小时溶氧,误差不大于每升 0.5 毫克;按塘口分区联动增氧机与微孔曝气,断网时本地控制器独立运行 72 小时,一套设备覆盖 40 亩,塘口停机和缺氧风险分级推送到手机。',
    gain: { text: '增氧用电下降 38', unit: '%' },
    closestAlternative: '定时开启增氧机',
    trl: 8,
    trlEvidence: '阳澄湖周边 1200 亩塘口两个养殖季的记录',
    fieldCode: 'agriculture',
    industryCode: 'A',
    district: 'gusu',
    dealTypes: ['licence', 'service'],
    right: 'software-copyright',
  }),
  listing('signal', 'gusu-university', '130000000', {
    title: '干线公交优先与社会车辆协同信号配时',
    problemSolved: '公交优先信号挤占横向绿灯,横向车流排队溢出,早高峰整体延误反而上升。',
    summary:
      '以公交到站预测和路口排队长度滚动优化配时,每 5 秒更新一次;十二个路口试点中公交行程时间下降 17%,横向平均延误增加不超过 2%,利用既有信号机和地磁检测器,不需车载改装;公交到站偏差大于 90 秒时自动退回原配时。',
    gain: { text: '公交干线行程时间下降 17', unit: '%' },
    closestAlternative: '固定绿波与绝对优先',
    trl: 7,
    trlEvidence: '两条干线十二个路口半年试运行报告',
    fieldCode: 'transport',
    industryCode: 'G',
    district: 'gusu',
    dealTypes: ['service', 'licence'],
    right: 'software-copyright',
  }),
  listing('pipe', 'demo-university', '76000000', {
    title: '老旧供水管网漏损声学定位',
    problemSolved: '老城区供水管网漏损靠人工听漏,夜间作业多,塑料管漏点定位误差大。',
    summary:
      '低频水听器阵列与管材自适应声速模型结合,在塑料管 200 米间距内定位误差不大于 1.5 米;终端电池寿命五年,每晚两点自动采集,平台给出漏点排序与估计漏量,供维修队按收益派单,开挖前可再做一次加密复核。',
    gain: { text: '试点片区漏损率由 14.2 降到 8.6', unit: '%' },
    closestAlternative: '人工夜间听漏',
    trl: 7,
    trlEvidence: '两个老旧片区 46 公里管线一年应用报告',
    fieldCode: 'urban',
    industryCode: 'D',
    district: 'huqiu',
    dealTypes: ['service', 'licence'],
  }),
  listing('blade', 'optics-institute', '285000000', {
    title: '无人机复合材料桨叶嵌入式光纤应变监测',
    problemSolved: '复合材料桨叶内部分层目视不可见,定期拆检停飞时间长,载荷谱只能估算。',
    summary:
      '在铺层中埋入直径 60 微米的光栅阵列,随机载解调仪每秒采样 500 次,应变分辨率 2 微应变;识别 8 平方毫米以上分层,解调仪重 310 克、功耗 4 瓦,埋入后层间强度下降不超过 3%,断一根仍可推断。',
    gain: { text: '拆检停飞时间减少 55', unit: '%' },
    closestAlternative: '定期拆检与超声扫描',
    trl: 5,
    trlEvidence: '地面疲劳台 300 小时与 40 架次试飞记录',
    fieldCode: 'aerospace',
    industryCode: 'C',
    district: 'huqiu',
    dealTypes: ['joint-development', 'licence'],
  }),
  listing('dose', 'bio-company', '69000000', {
    title: '医疗器械辐照灭菌剂量在线核验',
    problemSolved: '电子束灭菌按批放置剂量片事后读数,剂量不足要整批返工,装载变化时余量留得过大。',
    summary:
      '束流参数与箱体透射测量结合重建箱内剂量分布,逐箱给出最低剂量,不确定度 4.5%;不合格箱当场分流,装载方案变更无需重新做完整剂量分布试验,记录自动进入批生产档案,每班用标准模体自校一次,漂移超限即停线。',
    gain: { text: '灭菌返工批次减少 80', unit: '%' },
    closestAlternative: '批次剂量片事后读数',
    trl: 7,
    trlEvidence: '一条 10 兆电子伏束线九个月运行比对',
    fieldCode: 'nuclear',
    industryCode: 'C',
    district: 'sip',
    dealTypes: ['licence', 'service'],
  }),
];
