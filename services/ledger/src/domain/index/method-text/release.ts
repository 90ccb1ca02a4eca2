import type { Method } from '../family/method.ts';
import { publishedRule } from '../family/primary-disclosure.ts';
import { both, type MethodSection } from './words.ts';

export const disclosureSection = ({ file }: Method): MethodSection => {
  const rule = file.disclosure;
  const published = publishedRule(rule);
  return {
    id: 'disclosure',
    title: both('不公开规则', 'Disclosure'),
    paragraphs: [
      both(
        `窗口内合同少于 ${rule.minContracts} 份、卖方少于 ${rule.minSellers} 个、买方少于 ${rule.minBuyers} 个,或除最大两家卖方外的金额不足最大一家的 ${rule.pPercent}% 时,不公开数值,并说明原因。`,
        `A value is hidden, with its reason, where the window has fewer than ${rule.minContracts} contracts, ${rule.minSellers} sellers or ${rule.minBuyers} buyers, or where what is left beside the two largest sellers is below ${rule.pPercent} % of the largest.`,
      ),
      both(
        `已发布的数值连同其整数元素一并公开(S、Σv²、ln P 是各卖方金额的三个函数),因此至少要有 ${published.minContracts} 份合同、${published.minSellers} 个卖方;年度参照值与跨年封顶值也计入可推算的范围。`,
        `A published value comes with the numbers it is computed from (S, Σv² and ln P are three functions of the sellers' values), so at least ${published.minContracts} contracts of ${published.minSellers} sellers stand behind it; what a year's reference and two years' caps tell is counted, too.`,
      ),
      both(
        `为防倒推,再隐藏最小的其他单元,直到每个隐藏单元的可能区间不窄于其真值 ±${rule.secondaryPercent}%;重叠窗口与先后版次也按表对待。合同少于 ${rule.lowSample} 份的数值注明小样本。`,
        `Further cells are hidden until no hidden cell is known within ±${rule.secondaryPercent} % of its value; overlapping windows and vintages are tables too. Values of fewer than ${rule.lowSample} contracts are flagged as a low sample.`,
      ),
      both(
        '公众看到已发布的数值;当月的全市数值只按公开步长变动。交易所操作员与审计员看到任一账本位置的精确数值;当事人看到自己的合同。',
        'The public sees published values, and the running month of the city in public steps only. Exchange operator and auditor see exact values as of any sequence; a party sees its own contracts.',
      ),
    ],
    formula: null,
  };
};

export const gradesSection = ({ file }: Method): MethodSection => {
  const { A, B, C } = file.grades;
  return {
    id: 'grades',
    title: both('证据等级', 'Evidence grade'),
    paragraphs: [
      both(
        `A:单元 ≥ ${A.units} 且主体 ≥ ${A.parties};B:单元 ≥ ${B.units};C:单元 ≥ ${C.units};S:更少,或不公开。按数值自身的窗口计。`,
        `A: at least ${A.units} units and ${A.parties} parties; B: at least ${B.units} units; C: at least ${C.units}; S: fewer, or hidden. In the value's own window.`,
      ),
    ],
    formula: null,
  };
};

export const revisionsSection = ({ file }: Method): MethodSection => ({
  id: 'revisions',
  title: both('发布与重述', 'Release and revision'),
  paragraphs: [
    both(
      `每月首次发布在期末后第 ${file.calendar.firstReleaseWorkingDays} 个工作日前(日历见“发布日历”)。每个版次留存:首次发布、最新,以及任一账本位置当时所知。`,
      `A month's first release falls within ${file.calendar.firstReleaseWorkingDays} working days after its end (see the release calendar). Every vintage is kept: first published, latest, and as known at a head.`,
    ),
    both(
      '重述标注:R1 数据变动,R2 例行,R3 方法变动,C 我方差错。变更、注销、撤销的合同只改变其登记期;不在当月记负数。年度定稿后的变动列为以前期间调整,不入指数。',
      'Labels: R1 data, R2 routine, R3 method, C an error of ours. An amended or cancelled contract moves its own period alone and is never booked as a negative. After the annual freeze changes are listed as prior-period adjustments and do not enter the index.',
    ),
  ],
  formula: null,
});

export const numericsSection = ({ file }: Method): MethodSection => ({
  id: 'numerics',
  title: both('计算与复算', 'Numerics and recomputation'),
  paragraphs: [
    both(
      `金额为整数分,份额为精确分数,对数与指数为自有定点数(四十位小数);只在最后取整一次(${file.rounding})。同样的账本与参数,任何人得到同样的字符串。`,
      `Amounts are whole fen, shares exact fractions, logarithms our own fixed point with forty decimals; one rounding at the end (${file.rounding}). The same log and parameters give anybody the same strings.`,
    ),
    both(
      '审计员以全量导出复算:pnpm -s recompute --events 导出文件 --parameters 参数文件。',
      'An auditor recomputes from the full export: pnpm -s recompute --events EXPORT --parameters FILE.',
    ),
  ],
  formula: null,
});

export const sourcesSection = ({ file }: Method): MethodSection => ({
  id: 'sources',
  title: both('出处', 'Sources'),
  paragraphs: [
    both(
      '年度重叠链接:IMF《季度国民账户手册》第 8 章;几何合成:OECD/JRC《综合指标构建手册》;无余数分解:Ang (2005) 对数平均指数法;稀疏市场分层:RPPI 手册第 4 章;披露控制:SDC 手册;治理:IOSCO 金融基准原则。',
      'Annual overlap: IMF QNA Manual, chapter 8; geometric composite: OECD/JRC Handbook on composite indicators; decomposition without residual: Ang (2005), LMDI; stratification of thin markets: RPPI Handbook, chapter 4; disclosure control: SDC Handbook; governance: IOSCO Principles for Financial Benchmarks.',
    ),
    both(
      `公式、权重与门槛是本系统自己的提案,带版本号(${file.method} ${file.version}),不是官方指数。技术合同分类:${file.categoryMap};节假日:${file.calendar.id}。`,
      `Formulas, weights and thresholds are this system's own proposal, versioned (${file.method} ${file.version}); this is no official index. Contract categories: ${file.categoryMap}; holidays: ${file.calendar.id}.`,
    ),
  ],
  formula: null,
});
