import type { Decided, Moved, Paid } from './results.ts';

const FEN_PER_YUAN = 100n;

/** Exact yuan with thousands marks: `110000000` → `¥1,100,000.00`. */
export const yuan = (fen: string): string => {
  const amount = BigInt(fen);
  const whole = (amount / FEN_PER_YUAN).toLocaleString('en-US');
  return `¥${whole}.${String(amount % FEN_PER_YUAN).padStart(2, '0')}`;
};

const percent = (rateBp: number): string => `${rateBp / 100} %`;

/** Both numbers before and after, and why the public page may not have moved yet. */
export const tellMoved = ({ seq, index, gaugeFen }: Moved): string =>
  `账本 ledger #${seq} · 本月指数(暂估)index of the running month ${index.before ?? '未定义'} → ` +
  `${index.after ?? '未定义'} · 年成交额 year ${yuan(gaugeFen.before)} → ${yuan(gaugeFen.after)}\n` +
  '    自行复算一致 recomputed alike from the feed; 公众页按三份合同一步更新 the public page moves ' +
  'in steps of three contracts';

const ROLE_NAMES = { seller: '卖方 seller', buyer: '买方 buyer', broker: '中介方 broker' } as const;

const tellDecided = ({ role, baseFen, rateBp, awardFen }: Decided): string => {
  const share = (BigInt(baseFen) * BigInt(rateBp)) / 10_000n;
  const cut = share > BigInt(awardFen) ? ` → 上限 ceiling ${yuan(awardFen)}` : '';
  return `${ROLE_NAMES[role]} ${yuan(baseFen)} × ${percent(rateBp)} = ${yuan(`${share}`)}${cut}`;
};

export const tellDecisions = (decided: readonly Decided[]): string =>
  [
    ...decided.map(tellDecided),
    '比例为假设,见政策文件 the rates are assumptions, see the policy',
  ].join('\n    ');

export const tellPaid = ({ totalFen, fileHash, status }: Paid): string =>
  `${yuan(totalFen)} ${status} · 支付文件 file ${fileHash.slice(0, 16)}… · ` +
  '银行回执重复录入无效果 the bank answer given twice paid once';
