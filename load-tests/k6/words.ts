/** What visitors type: words and sentences of several fields, a few that find nothing. */
export const SEARCHES: readonly string[] = [
  '激光',
  '碳化硅',
  '导电胶',
  '焊接缺陷在线识别',
  '高盐废水分盐回用',
  '八英寸碳化硅晶锭切片损耗大,寻求激光剥离工艺,损耗不高于一百微米',
  '动力电池液冷板一体化成形,希望降低流阻并适合量产',
  '柔性电路板低温固化,要求八十摄氏度以下,弯折一万次电阻变化小',
  '耐高温木聚糖酶',
  '抗弯曲光纤预制棒',
  '数据中心节能',
  '机器视觉检测',
  '催化剂寿命',
  '伺服电机控制算法',
  '可降解包装材料',
  'laser lift-off of silicon carbide wafers',
  '不存在的词组合甲乙丙丁',
];

export const FIELDS = [
  'electronics',
  'manufacturing',
  'materials',
  'biomedicine',
  'energy',
  'environment',
  'urban',
  'transport',
] as const;

export const DISTRICTS = ['gusu', 'huqiu', 'sip', 'kunshan', 'wujiang', 'changshu'] as const;
