import { DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import { codeOfCell, districtFullName, fieldName, industryName } from '../../format/names.ts';
import type { Language } from '../../words/words.tsx';

export type CellKind = 'city' | 'district' | 'industry' | 'field';

export const kindOfCell = (cell: string): CellKind =>
  cell.startsWith('district:')
    ? 'district'
    : cell.startsWith('industry:')
      ? 'industry'
      : cell.startsWith('field:')
        ? 'field'
        : 'city';

export const cellName = (cell: string, language: Language): string => {
  const code = codeOfCell(cell);
  const district = DistrictCode.safeParse(code);
  if (cell.startsWith('district:') && district.success) {
    return districtFullName(district.data, language);
  }
  const industry = IndustryCode.safeParse(code);
  if (cell.startsWith('industry:') && industry.success) {
    return industryName(industry.data, language);
  }
  const field = FieldCode.safeParse(code);
  if (cell.startsWith('field:') && field.success) return fieldName(field.data, language);
  return language === 'zh' ? '全市' : 'Whole city';
};

/** A series of the index family: the city over twelve months beside the cells. */
export const seriesName = (series: string, language: Language): string => {
  if (series !== 'city@12') return cellName(series, language);
  return language === 'zh' ? '全市近12个月' : 'Whole city, twelve months';
};

export const ALL_CELLS: readonly IndexCell[] = [
  'city',
  ...DistrictCode.options.map((code) => `district:${code}` as const),
  ...IndustryCode.options.map((code) => `industry:${code}` as const),
  ...FieldCode.options.map((code) => `field:${code}` as const),
];
