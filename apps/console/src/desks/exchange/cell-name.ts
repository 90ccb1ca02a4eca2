import { DistrictCode, FieldCode, IndustryCode } from '@jishi/contracts/codes';
import type { IndexCell } from '@jishi/contracts/ledger/live';
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

export const ALL_CELLS: readonly IndexCell[] = [
  'city',
  ...DistrictCode.options.map((code) => `district:${code}` as const),
  ...IndustryCode.options.map((code) => `industry:${code}` as const),
  ...FieldCode.options.map((code) => `field:${code}` as const),
];

export const cellOfText = (text: string | null): IndexCell =>
  ALL_CELLS.find((cell) => cell === text) ?? 'city';
