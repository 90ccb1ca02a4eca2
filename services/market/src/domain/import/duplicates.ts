import { plainText } from './cell.ts';

export interface Told {
  readonly zh: string;
  readonly en: string;
}

export interface Keyed {
  readonly number: number;
  readonly state: 'clean' | 'duplicate' | 'queued' | 'imported';
  readonly key: string;
  readonly hash: string;
}

/** What is there already, by the same keys. */
export interface Known {
  readonly keys: ReadonlyMap<string, Told>;
  /** Of rows that became records by an import of this organisation. */
  readonly hashes: ReadonlySet<string>;
}

export const IMPORTED_BEFORE: Told = {
  zh: '同样的一行已导入过',
  en: 'The same row was imported before',
};

/**
 * Which rows say again what is in the file before them, or in the market. The first of several is
 * no duplicate; what a run has taken or made stays as it is and comes before the rest.
 */
export const findDuplicates = (
  rows: readonly Keyed[],
  known: Known,
): { readonly number: number; readonly duplicate: Told | null }[] => {
  const first = new Map<string, number>();
  for (const { key, number, state } of rows) {
    if (state === 'imported' || state === 'queued') first.set(key, number);
  }
  return rows
    .filter(({ state }) => state === 'clean' || state === 'duplicate')
    .map(({ number, key, hash }) => {
      const before = first.get(key);
      if (before === undefined) first.set(key, number);
      const inFile =
        before === undefined
          ? null
          : { zh: `与第 ${before} 行重复`, en: `The same as row ${before}` };
      const inMarket = known.hashes.has(hash) ? IMPORTED_BEFORE : (known.keys.get(key) ?? null);
      return { number, duplicate: inMarket ?? inFile };
    });
};

const STATUS_ZH: Readonly<Record<string, string>> = {
  draft: '草稿',
  submitted: '待审核',
  returned: '已退回',
  published: '已发布',
};

/** A listing that is there, as the page names it. */
export const knownListing = (title: string, status: string): readonly [string, Told] => [
  plainText(title)
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, ''),
  {
    zh: `已有同名成果(${STATUS_ZH[status] ?? status})`,
    en: `There is a listing of this title (${status})`,
  },
];

export const knownContract = (key: string): readonly [string, Told] => [
  key,
  { zh: '该合同已在本市场(同买方、签订日期、金额和名称)', en: 'This contract is here already' },
];
