/** One cell as the reader hands it over, and how reading it may end. Pure. */
export interface RawCell {
  /** `merged`: covered by a merged area, with the text of its first cell. */
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error' | 'merged';
  readonly text: string;
}

export interface Trouble {
  readonly rule: string;
  readonly zh: string;
  readonly en: string;
  /** What to write instead, where that is safe to say. */
  readonly suggestion: string | null;
}

export type Reading<T> =
  | { readonly value: T; readonly trouble?: undefined }
  | { readonly value?: undefined; readonly trouble: Trouble };

export const good = <T>(value: T): Reading<T> => ({ value });

export const bad = (
  rule: string,
  zh: string,
  en: string,
  suggestion: string | null = null,
): { readonly trouble: Trouble } => ({ trouble: { rule, zh, en, suggestion } });

/** Full-width letters and digits in their usual form, without blanks around. */
export const plainText = (text: string): string => text.normalize('NFKC').trim();

/** Quoted in a sentence, and cut when it is long. */
const QUOTED_MAX = 30;
export const quote = (text: string): string => {
  const shown = text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text;
  return `「${shown}」`;
};

/**
 * What no reader of a value may take silently: a formula (its result is only what the last program
 * kept), an error value, a cell under a merged one. Undefined when the cell is plain.
 */
export const notPlain = (cell: RawCell): { readonly trouble: Trouble } | undefined => {
  const kept = cell.text === '' ? null : cell.text;
  switch (cell.kind) {
    case 'formula':
      return kept === null
        ? bad('formula', '此格是公式,且没有保存结果。请改为数值', 'A formula without a kept result')
        : bad(
            'formula',
            `此格是公式,文件中保存的结果为${quote(kept)}。确认后按该值导入`,
            `A formula; the file keeps the result ${quote(kept)}. Confirm to take that value`,
            kept,
          );
    case 'error':
      return bad(
        'cell-error',
        `此格是错误值 ${cell.text}`,
        `The cell holds the error value ${cell.text}`,
      );
    case 'merged':
      return bad(
        'merged',
        kept === null
          ? '此格在合并单元格之内'
          : `此格在合并单元格之内,首格为${quote(kept)}。每行都填同样的内容?`,
        kept === null
          ? 'The cell lies in a merged area'
          : `The cell lies in a merged area that reads ${quote(kept)}. Write the same in each row?`,
        kept,
      );
    default:
      return undefined;
  }
};

/** Digits and letters written full-width: the same thing in its usual form is safe to suggest. */
export const fullWidth = (text: string): { readonly trouble: Trouble } | undefined => {
  if (!/[０-９Ａ-Ｚａ-ｚ．，／－％]/.test(text)) return undefined;
  const plain = plainText(text);
  return bad(
    'full-width',
    `含全角字符,应为${quote(plain)}`,
    `Full-width characters; it should read ${quote(plain)}`,
    plain,
  );
};
