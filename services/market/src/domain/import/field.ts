import type { CodeEntry } from '@jishi/contracts/codes';

/** A column that a sheet may have. What its cells mean is in listing-row.ts and contract-row.ts. */
export interface FieldSpec {
  readonly key: string;
  /** The official name, which the template writes. */
  readonly zh: string;
  readonly en: string;
  /** Other headings by which it is known. */
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly isAmount: boolean;
  readonly hintZh: string;
  readonly hintEn: string;
  /** What the example row of the template writes. */
  readonly example: string;
  /** Names that may be chosen from, for a list in the template. */
  readonly list?: readonly CodeEntry[];
}

type Given = Partial<FieldSpec> & Pick<FieldSpec, 'key' | 'zh' | 'en' | 'example'>;

export const field = (given: Given): FieldSpec => ({
  aliases: [],
  required: false,
  isAmount: false,
  hintZh: '',
  hintEn: '',
  ...given,
});
