import type { INDEX_REASONS_ZH, INDEX_SHORT_ZH } from './index-reasons.ts';

export const INDEX_REASONS_EN: Readonly<Record<keyof typeof INDEX_REASONS_ZH, string>> = {
  'reason.before-base': 'Before the base',
  'reason.no-parameters': 'No parameters for this year yet',
  'reason.base-incomplete': 'The base needs 12 months',
  'reason.no-base': 'Too little trade in the base',
  'reason.window-incomplete': 'The log is not long enough yet',
  'reason.no-trade': 'No trade in this time',
  'reason.few-contracts': 'Too few contracts, withheld',
  'reason.few-sellers': 'Too few sellers, withheld',
  'reason.few-buyers': 'Too few buyers, withheld',
  'reason.dominance': 'One seller dominates, withheld',
  'reason.base-few-contracts': 'Too few contracts in the base, withheld',
  'reason.protects-neighbour': 'Withheld to protect a neighbour',
  'reason.overlapping-window': 'Would reveal a single month, withheld',
  'reason.waits-for-crowd': 'Too few contracts changed: waits for the next vintage',
  'reason.not-published': 'Not published yet',
};

export const INDEX_SHORT_EN: Readonly<Record<keyof typeof INDEX_SHORT_ZH, string>> = {
  'short.before-base': 'Before base',
  'short.no-parameters': 'No parameters',
  'short.base-incomplete': 'Base not full',
  'short.no-base': 'Base too thin',
  'short.window-incomplete': 'Log too short',
  'short.no-trade': 'No trade',
  'short.few-contracts': 'Too few deals',
  'short.few-sellers': 'Too few sellers',
  'short.few-buyers': 'Too few buyers',
  'short.dominance': 'One dominates',
  'short.base-few-contracts': 'Base too few',
  'short.protects-neighbour': 'Shields others',
  'short.overlapping-window': 'Overlaps',
  'short.waits-for-crowd': 'Waits',
  'short.not-published': 'Not yet out',
};
