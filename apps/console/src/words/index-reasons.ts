/** Why an index value is not there; said in the same words wherever it is missing. */
export const INDEX_REASONS_ZH = {
  'reason.before-base': '早于基期',
  'reason.no-parameters': '这一年还没有参数',
  'reason.base-incomplete': '基期未满 12 个月，满后公布',
  'reason.no-base': '基期内成交太少，不设指数',
  'reason.window-incomplete': '账本还不够长',
  'reason.no-trade': '这段时间没有成交',
  'reason.few-contracts': '合同太少，不公布',
  'reason.few-sellers': '卖方太少，不公布',
  'reason.few-buyers': '买方太少，不公布',
  'reason.dominance': '一家卖方占比过高，不公布',
  'reason.base-few-contracts': '基期合同太少，不公布',
  'reason.protects-neighbour': '为保护相邻数据，不公布',
  'reason.overlapping-window': '与已公布的时间段重叠，会暴露单月，不公布',
  'reason.waits-for-crowd': '变动的合同太少，待下次一并公布',
  'reason.not-published': '尚未发布',
} as const;

/** The same in as few words as a tile holds. */
export const INDEX_SHORT_ZH = {
  'short.before-base': '早于基期',
  'short.no-parameters': '尚无参数',
  'short.base-incomplete': '基期未满',
  'short.no-base': '基期成交太少',
  'short.window-incomplete': '账本还不够长',
  'short.no-trade': '没有成交',
  'short.few-contracts': '合同太少',
  'short.few-sellers': '卖方太少',
  'short.few-buyers': '买方太少',
  'short.dominance': '一家占比过高',
  'short.base-few-contracts': '基期合同太少',
  'short.protects-neighbour': '保护相邻数据',
  'short.overlapping-window': '时间段重叠',
  'short.waits-for-crowd': '待下次公布',
  'short.not-published': '尚未发布',
} as const;
