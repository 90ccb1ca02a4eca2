import type { Edition, Method } from '../family/method.ts';
import { COMPONENTS } from '../family/method-file.ts';
import { plus } from '../family/rational.ts';
import { both, type MethodSection, numberText, wanText, yuanText } from './words.ts';

/** What is counted: the universe, the deal unit and its cap. */
export const universeSection = ({ file }: Method): MethodSection => {
  const excluded = [
    ...(file.exclude.includes('relatedParty') ? [both('关联交易', 'related-party contracts')] : []),
    ...(file.exclude.includes('subcontractCopy') ? [both('转包合同', 'sub-contract copies')] : []),
  ];
  const zh = excluded.map((one) => one.zh).join('、');
  const en = excluded.map((one) => one.en).join(' and ');
  const outside = file.exclude.includes('nonTechnical');
  return {
    id: 'universe',
    title: both('统计范围', 'What is counted'),
    paragraphs: [
      both(
        `计入截至账本头处于已登记状态、登记日在期内的技术合同;${zh || '无'}不计入。`,
        `Contracts that stand registered at the head of the log, by their day of registration; ${en || 'nothing'} is left out.`,
      ),
      ...(outside
        ? [
            both(
              '参数中的“非技术性合同”在任何账本事件中都没有记载,因此没有合同据此剔除。',
              '“Non-technical” stands in the parameters and in no event of the log: nothing is left out by it.',
            ),
          ]
        : []),
      both(
        '板块按登记主体(卖方;进口合同为境内买方)所在地;行业按 GB/T 4754 门类;领域为十一类技术领域。三种划分各自相加等于全市。',
        'District: of the registrant (the seller; for an import the domestic buyer). Industry: the GB/T 4754 section. Field: one of the statutory technical fields. Each of the three adds up to the city.',
      ),
    ],
    formula: null,
  };
};

export const unitSection = (edition: Edition): MethodSection => {
  const percentile = numberText({
    top: edition.capPercentile.top * 100n,
    bottom: edition.capPercentile.bottom,
  });
  const [wan, yuan] = [wanText(edition.capStepFen), yuanText(edition.capStepFen)];
  return {
    id: 'unit',
    title: both('交易单元与封顶', 'Deal unit and cap'),
    paragraphs: [
      both(
        '同一卖方、买方、领域、自然月的合同先合计为一个交易单元,再封顶:拆分合同不改变任何数。',
        'Contracts of one seller, buyer, field and calendar month are summed into one deal unit before the cap: splitting a contract changes nothing.',
      ),
      both(
        `封顶额 U 为上一参照年全部交易单元的第 ${percentile} 百分位(最近秩),按 ${wan} 万元取整(五成双),至少一档;每个链接年冻结一次。`,
        `The cap U is the ${percentile}th percentile (nearest rank) of the reference year's deal units, rounded half to even to ${yuan}, at least one step; frozen for each link year.`,
      ),
    ],
    formula: 'v*_u = min(v_u, U_y)',
  };
};

export const componentsSection = (edition: Edition): MethodSection => {
  const { breadth, conversion, shrink } = edition;
  const power = (value: Edition['breadth']['P']): string => `^(${numberText(value)})`;
  const kappa = (of: Edition['shrink']['city']): string =>
    `k_x=${numberText(of.kx)}, κ_h=${numberText(of.kh)}, k_T=${numberText(of.kT)}, κ_P=${numberText(of.kP)}`;
  const held = edition.minEvidence;
  return {
    id: 'components',
    title: both('五个分项', 'Five components'),
    paragraphs: [
      both(
        'S 规模:封顶后金额之和。A 活跃:单元数 N。B 广度:参与主体、跨区占比 X 与有效卖方数 E。C 转化:挂出成果和需求的成交率 h 与所用时间 T。P 价格:按合同类别×领域分层的几何平均。',
        'S scale: capped value. A activity: deal units N. B breadth: participants, cross-region share X, effective sellers E. C conversion: hazard h of open listings and needs, and time T. P price: geometric mean in strata of contract type by field.',
      ),
      both(
        `样本少的单元向自身参照年靠拢。全市:${kappa(shrink.city)};分组:${kappa(shrink.cell)}。`,
        `Thin evidence is drawn to the cell's own reference year. City: ${kappa(shrink.city)}; cells: ${kappa(shrink.cell)}.`,
      ),
      both(
        `参照年内证据少于 ${held} 的分项全年固定为 1,并注明(B、P 按单元,C 按成交);单元少于 ${held} 的分组没有指数。`,
        `A component with fewer than ${held} events in the reference year is held at ratio 1, and flagged (B and P by units, C by closings); a cell with fewer than ${held} units has no index.`,
      ),
    ],
    formula: [
      'S = Σ v*_u    A = N',
      `B = Participants${power(breadth.P)} · X${power(breadth.X)} · E${power(breadth.E)}`,
      'X = (F + k_x·x₀)/(N + k_x)    E = S²/Σ v_i²',
      `C = h${power(conversion.h)} · T^(−${numberText(conversion.T)})`,
      'h = (q + κ_h·h₀)/(m + κ_h)    ln T = Σ ln(days_i/T₀)/(q + k_T)',
      'ln P = Σ_k ω_k · Σ ln(v*_u/g_k)/(n_k + κ_P)',
    ].join('\n'),
  };
};

/** The composite, and the effective elasticities that its weights come to (B4). */
export const compositeSection = ({ level }: Method, { weights }: Edition): MethodSection => {
  const list = COMPONENTS.map((j) => `${j} ${numberText(weights[j])}`).join(' · ');
  const count = numberText(plus(weights.S, weights.A));
  const price = numberText(plus(weights.S, weights.P));
  const mix = numberText(weights.S);
  return {
    id: 'composite',
    title: both('综合指数(变动指数)', 'Composite (change index)'),
    paragraphs: [
      both(`权重:${list}。`, `Weights: ${list}.`),
      both(
        `因为规模 = 单元数 × 结构 × 价格,实际弹性为:单元数 ${count},价格 ${price},结构 ${mix},另加广度与转化。`,
        `Since scale = count × mix × price, the effective elasticities are: count ${count}, price ${price}, mix ${mix}, on top of breadth and conversion.`,
      ),
    ],
    formula: `I(t) = ${level} · Π_j (c_j(t)/c̄_j)^(w_j)`,
  };
};
