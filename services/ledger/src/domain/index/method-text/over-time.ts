import type { Edition, Method } from '../family/method.ts';
import { both, type MethodSection, numberText } from './words.ts';

export const baseSection = ({ file, level }: Method): MethodSection => ({
  id: 'base',
  title: both('基期', 'Base'),
  paragraphs: [
    both(
      `基期 ${file.base.from} 至 ${file.base.to} = ${level}:c̄_j 为基期各窗口的几何平均;有窗口无交易的分组五个分项都用算术平均,并注明。基期结束并链接之前没有指数。`,
      `Base ${file.base.from} to ${file.base.to} = ${level}: c̄_j is the geometric mean over the base's windows; of a cell with an empty window all five are arithmetic means, and flagged. Before the base is over and linked there is no index.`,
    ),
  ],
  formula: null,
});

export const chainSection = ({ file, editions }: Method): MethodSection => {
  const years = editions.map(({ linkYear }) => linkYear).join('、');
  const days = file.calendar.firstReleaseWorkingDays;
  return {
    id: 'chain',
    title: both('年度链接', 'Yearly link'),
    paragraphs: [
      both(
        `每年链接一次(年度重叠法)。参数文件中的链接年:${years}。链接所取的封顶额、先验值与均值在上年 12 月首次发布(第 ${days} 个工作日)的账本头一次算定,写入参数并计入其哈希。`,
        `Linked once a year by annual overlap. Link years in the file: ${years.replaceAll('、', ', ')}. Cap, priors and means are computed once, at the head of December's first release (working day ${days}), stored with the parameters and covered by their hash.`,
      ),
      both(
        '链接偏差 = 链接指数 ÷ 直接指数 − 1,与每个数值一同公布。链接后各年相加关系只在链接年内成立,跨链接的贡献另列“链接”一行。',
        'The chain gap, chained over direct index less one, stands beside each value. Contributions across a link have a line “link” of their own.',
      ),
    ],
    formula: 'I(t) = Ī(y−1) · Π_j (c_j(t|θ_y)/c̄_j(y−1|θ_y))^(w_j,y)',
  };
};

export const windowsSection = ({ windows, cells }: Method): MethodSection => {
  const counts = [cells.district.length, cells.industry.length, cells.field.length];
  return {
    id: 'windows',
    title: both('序列与窗口', 'Series and windows'),
    paragraphs: [
      both(
        `全市:${windows.city} 个月,以及滚动 ${windows.cityLong} 个月。${counts[0]} 个板块、${counts[1]} 个行业门类、${counts[2]} 个领域:滚动 ${windows.cell} 个月,逐月公布。窗口是其各月单元的并集。`,
        `City: ${windows.city} month, and ${windows.cityLong} rolling months. ${counts[0]} districts, ${counts[1]} industry sections, ${counts[2]} fields: ${windows.cell} rolling months, issued monthly. A window is the union of its months' units.`,
      ),
    ],
    formula: null,
  };
};

export const stateSection = (method: Method, { shrink }: Edition): MethodSection => {
  const { kx, kh, kT, kP } = shrink.state;
  const kappa = `k_x=${numberText(kx)}, κ_h=${numberText(kh)}, k_T=${numberText(kT)}, κ_P=${numberText(kP)}`;
  return {
    id: 'state',
    title: both('水平指数', 'State index'),
    paragraphs: [
      both(
        `与同期平均单元相比,平均为 ${method.stateAverage}(${kappa});变动指数则与自身基期相比。两者都给出。`,
        `Against the average cell now, which is ${method.stateAverage} (${kappa}); the change index compares a cell with its own base. Both are given.`,
      ),
    ],
    formula: `L_z(t) = ${method.stateAverage} · Π_j r_j^(w_j)`,
  };
};

export const contributionsSection = (): MethodSection => ({
  id: 'contributions',
  title: both('贡献', 'Contributions'),
  paragraphs: [
    both(
      '全市指数不是分组指数的平均;谁推动了变动,由精确贡献说明:各板块、行业、领域、类别或单份合同的贡献相加,恰为 ln I(t) − ln I(s),没有余数。印出的各行加起来等于印出的变动。',
      'The city index is no average of its cells. Exact contributions say who moved it: of districts, industries, fields, types or single contracts they add up to ln I(t) − ln I(s) without a residual. The printed lines add up to the printed change.',
    ),
  ],
  formula: 'contribution_z = (Q_z,t − Q_z,s)/L(Q_t, Q_s),  L(a,b) = (a − b)/(ln a − ln b)',
});
