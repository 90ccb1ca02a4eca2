import { createHash } from 'node:crypto';
import type { LocalMonth } from '@jishi/contracts/time';
import { turn } from '@jishi/runtime/turns';
import type { Family } from '../domain/index/family/family-state.ts';
import { type Series, seriesOf } from '../domain/index/family/series.ts';
import {
  isProvisional,
  stateValue,
  type ValueLine,
  type ValuesHead,
  valueLine,
  valuesHead,
} from '../domain/index/family/value-lines.ts';
import type { FamilySource } from './family-source.ts';

/** A line, and whether its state index is still that of the city as it stands. */
interface Entry {
  readonly series: Series;
  readonly line: ValueLine;
  readonly isStateOld: boolean;
}

interface Book {
  /** Sequence that the entries are good for; of an earlier head they never change. */
  seq: number;
  readonly entries: Map<string, Entry>;
}

/** Values of the family, each computed once for as long as nothing has moved it. */
export interface FamilyValues {
  readonly line: (family: Family, series: Series, period: LocalMonth) => ValueLine;
  readonly head: (family: Family) => ValuesHead;
  /**
   * Computes the values of some months in slices, so that others are served meanwhile. Afterwards
   * a reading of them in one go takes little time, however much has moved in between.
   */
  readonly prepare: (
    family: () => Family,
    months: readonly LocalMonth[],
    series?: readonly Series[],
  ) => Promise<void>;
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A slice of work between two turns of the event loop. */
const SLICE_MS = 10;

export const createFamilyValues = (source: FamilySource): FamilyValues => {
  const books = new WeakMap<Family, Book>();
  const isCell = ({ isCity }: Series): boolean => !isCity;

  /** Takes out what has moved since; of untouched cells the city beside them has moved. */
  const forget = (book: Book, upTo: number): void => {
    const { cells, fromMonth } = source.touchedSince(book.seq);
    for (const [key, entry] of book.entries) {
      if (entry.line.period < fromMonth) continue;
      const isTouched = cells === null || cells.has(entry.series.cell);
      if (isTouched) book.entries.delete(key);
      else if (isCell(entry.series) && cells.size > 0) {
        book.entries.set(key, { ...entry, isStateOld: true });
      }
    }
    book.seq = upTo;
  };

  const bookOf = (family: Family): Book => {
    const { seq } = family.market;
    const known = books.get(family);
    if (!known) {
      const book: Book = { seq, entries: new Map() };
      books.set(family, book);
      return book;
    }
    if (known.seq !== seq) forget(known, seq);
    return known;
  };

  const keyOf = ({ key }: Series, period: LocalMonth): string => `${key} ${period}`;

  const lineIn = (book: Book, family: Family, series: Series, period: LocalMonth): ValueLine => {
    const known = book.entries.get(keyOf(series, period));
    const provisional = isProvisional(family, period);
    if (known && !known.isStateOld) return { ...known.line, provisional };
    const line = known
      ? { ...known.line, state: stateValue(family, series, period) }
      : valueLine(family, series, period);
    book.entries.set(keyOf(series, period), { series, line, isStateOld: false });
    return { ...line, provisional };
  };

  const isMissing = (book: Book, series: Series, period: LocalMonth): boolean =>
    book.entries.get(keyOf(series, period))?.isStateOld !== false;

  return {
    line: (family, series, period) => lineIn(bookOf(family), family, series, period),
    head: (family) => valuesHead(family, sha256),
    prepare: async (familyNow, months, series = seriesOf(familyNow().method)) => {
      for (const period of months) {
        let untilMs = performance.now() + SLICE_MS;
        for (const one of series) {
          const family = familyNow();
          const book = bookOf(family);
          if (isMissing(book, one, period)) lineIn(book, family, one, period);
          if (performance.now() < untilMs) continue;
          await turn();
          untilMs = performance.now() + SLICE_MS;
        }
      }
    },
  };
};
