import type { LogHead } from '@jishi/contracts/ledger/envelope';
import type {
  Contributions,
  LinkedMethod,
  ValueLine,
  VintageMark,
} from '@jishi/contracts/ledger/index-family';
import type { LocalMonth } from '@jishi/contracts/time';
import type { z } from 'zod';
import type { PublicationDb } from '../store/publication/publications.ts';
import {
  createPublishedReader,
  type PublishedMonth,
  type PublishedReader,
} from '../store/publication/published-contents.ts';

/** One published value in the form in which `recompute` prints it, and which vintage it is. */
export interface PublishedLine {
  readonly line: ValueLine;
  readonly mark: VintageMark;
  /** θ of the month's link year; null before the base is linked. */
  readonly method: z.infer<typeof LinkedMethod> | null;
  /** Head of the publication; the figures themselves may be as of an earlier one. */
  readonly head: LogHead;
  readonly asOfSeq: number;
}

export interface PublishedAsked {
  readonly from: LocalMonth;
  readonly to: LocalMonth;
  readonly vintage: 'first' | 'latest';
  /** Only vintages as of this head or an earlier one: what was published by then. */
  readonly upTo?: number;
}

export interface PublishedValues {
  /** Every series of every published month asked for; months of which nothing was, are left out. */
  readonly list: (asked: PublishedAsked) => Promise<readonly PublishedLine[]>;
  /** The newest month that has been published. */
  readonly latestPeriod: () => Promise<LocalMonth | null>;
  /** Who moved the city since the month before, as last published by a head; null: not told. */
  readonly contributionsOf: (period: LocalMonth, upTo?: number) => Promise<PublishedChange | null>;
  /** Every vintage of every month, oldest first. */
  readonly vintages: () => Promise<readonly PublishedVintage[]>;
}

export interface PublishedChange {
  readonly head: LogHead;
  /** One table for each parting. */
  readonly tables: readonly Contributions[];
}

export interface PublishedVintage {
  readonly period: LocalMonth;
  readonly mark: VintageMark;
}

export const markOf = ({ vintage, publishedAt, content }: PublishedMonth): VintageMark => ({
  ...{ vintage, revision: content.revision, publishedAt },
  headSeq: content.head.seq,
});

const methodOf = ({ method, capFen }: PublishedMonth['content']): PublishedLine['method'] =>
  method.linkYear === null || method.linkHead === null
    ? null
    : {
        ...{ linkYear: method.linkYear, linkHead: method.linkHead, capFen },
        hash: method.parameterHash,
      };

const linesOf = (month: PublishedMonth): PublishedLine[] => {
  const { content, period } = month;
  const said = { mark: markOf(month), method: methodOf(content), head: content.head };
  return content.values.map((one) => ({
    line: {
      ...{ series: one.series, windowMonths: one.windowMonths, period },
      ...{ value: one.value, reason: one.reason, state: one.state, sub: one.sub },
      ...{ chainGapPercent: one.chainGapPercent, grade: one.grade, hidden: one.hidden },
      ...{ flags: one.flags, provisional: false },
    },
    ...said,
    asOfSeq: one.asOfSeq,
  }));
};

/** Each month's first or latest vintage, in the order of the months. */
const chosenOf = (
  months: readonly PublishedMonth[],
  vintage: 'first' | 'latest',
): readonly PublishedMonth[] => {
  const chosen = new Map<LocalMonth, PublishedMonth>();
  for (const one of months) {
    if (vintage === 'first' && chosen.has(one.period)) continue;
    chosen.set(one.period, one);
  }
  return [...chosen.values()].sort((a, b) => (a.period < b.period ? -1 : 1));
};

/**
 * What has been published of the index family, for whoever shows it to the public. Kept in memory
 * by the newest decided publication: a read costs one small query, and each content is parsed once.
 */
export const createPublishedValues = (
  db: PublicationDb,
  reader: PublishedReader = createPublishedReader(),
): PublishedValues => {
  const lines = new WeakMap<PublishedMonth, PublishedLine[]>();
  const linesFor = (month: PublishedMonth): PublishedLine[] => {
    const known = lines.get(month) ?? linesOf(month);
    lines.set(month, known);
    return known;
  };
  const publishedBy = async (upTo = Number.MAX_SAFE_INTEGER) =>
    (await reader.all(db)).filter(({ content }) => content.head.seq <= upTo);
  return {
    list: async ({ from, to, vintage, upTo }) =>
      chosenOf(await publishedBy(upTo), vintage)
        .filter(({ period }) => period >= from && period <= to)
        .flatMap(linesFor),
    latestPeriod: async () => chosenOf(await reader.all(db), 'latest').at(-1)?.period ?? null,
    contributionsOf: async (period, upTo) => {
      const months = chosenOf(await publishedBy(upTo), 'latest');
      const content = months.find((one) => one.period === period)?.content;
      return content?.contributions
        ? { head: content.head, tables: content.contributions.tables }
        : null;
    },
    vintages: async () =>
      (await reader.all(db)).map((month) => ({ period: month.period, mark: markOf(month) })),
  };
};
