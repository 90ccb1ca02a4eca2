import type { DistrictCode } from '@jishi/contracts/codes';

/** A place in the grid of three by four: a district, the note, the legend, or nothing. */
export type Place = DistrictCode | 'note' | 'legend';

/** Schematic positions, north at the top; not a map of boundaries. */
export const TILE_GRID: readonly Place[] = [
  'zhangjiagang',
  'changshu',
  'taicang',
  'note',
  'xiangcheng',
  'kunshan',
  'huqiu',
  'gusu',
  'sip',
  'wuzhong',
  'wujiang',
  'legend',
];

export type Level = 1 | 2 | 3 | 4 | 5;
const STEPS = 4;

/**
 * Level of a value among all values shown, by its rank: the lowest is 1, the highest 5. Equal
 * values have equal levels. Ranks and not distances, so that one outlier does not flatten the rest;
 * the value itself stands in the tile.
 */
export const levelOf = (value: number, all: readonly number[]): Level => {
  if (all.length <= 1) return 3;
  const lower = all.filter((other) => other < value).length;
  return (Math.round((lower * STEPS) / (all.length - 1)) + 1) as Level;
};
