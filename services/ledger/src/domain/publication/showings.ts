import type { PublishedContent, PublishedValue } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { windowMonths } from '../index/family/calendar.ts';
import { referenceMonths } from '../index/family/family-state.ts';
import type { Method } from '../index/family/method.ts';
import { PARTITIONS, type Partition } from '../index/family/series.ts';

/** A sum that anybody can read off a publication: of parts over months, as of one sequence. */
export interface Showing {
  readonly asOfSeq: number;
  /** U under which it counts; null: no cap. */
  readonly capFen: bigint | null;
  readonly terms: readonly ShownTerm[];
}

export interface ShownTerm {
  readonly part: string;
  readonly months: readonly LocalMonth[];
  readonly sign: 1 | -1;
}

/** How figures of a publication count. */
export type Basis = Pick<Showing, 'asOfSeq' | 'capFen'>;

export const showingOf = (part: string, months: readonly LocalMonth[], basis: Basis): Showing => ({
  ...{ asOfSeq: basis.asOfSeq, capFen: basis.capFen },
  terms: [{ part, months, sign: 1 }],
});

/** What a contribution tells of a part: its figure of a month less that of the month before. */
export const riseOf = (
  part: string,
  [before, after]: readonly [LocalMonth, LocalMonth],
  basis: Basis,
): Showing => ({
  ...{ asOfSeq: basis.asOfSeq, capFen: basis.capFen },
  terms: [
    { part, months: [after], sign: 1 },
    { part, months: [before], sign: -1 },
  ],
});

export const partitionOf = (part: string): Partition | null =>
  PARTITIONS.find((one) => part.startsWith(`${one}:`)) ?? null;

/** Whether a showing tells something of a partition: its own parts, and the city they add up to. */
export const tellsOf = ({ terms }: Showing, partition: Partition): boolean =>
  terms.every(({ part }) => part === 'city' || partitionOf(part) === partition);

/** The cell of a series: `city@12` is of the city. */
export const cellOfSeries = (series: string): string => series.replace(/@\d+$/, '');

export const isShown = ({ primitives }: PublishedValue): boolean => primitives !== null;

const capFenOf = ({ capFen }: PublishedContent): bigint | null =>
  capFen === null ? null : BigInt(capFen);

/**
 * The means that θ froze of a series tell of its base year under the new cap. One sum stands for
 * them: it has the windows whose logarithms were averaged.
 */
export const referenceShowing = (
  method: Method,
  { linkYear, linkHead, capFen }: Link,
  series: string,
  length: number,
): Showing | null => {
  const edition = method.editions.find((one) => one.linkYear === linkYear);
  if (!edition) return null;
  const year = referenceMonths(method, edition);
  const isOneWindow = cellOfSeries(series) !== series;
  const months = isOneWindow ? year : year.flatMap((end) => windowMonths(end, length));
  return showingOf(cellOfSeries(series), months, { asOfSeq: linkHead, capFen });
};

/** Where θ of a year was frozen. */
export interface Link {
  readonly linkYear: number;
  readonly linkHead: number;
  readonly capFen: bigint | null;
}

const linkOf = (content: PublishedContent): Link | null => {
  const { linkYear, linkHead } = content.method;
  if (linkYear === null || linkHead === null) return null;
  return { linkYear, linkHead: Number(linkHead), capFen: capFenOf(content) };
};

const valueShowings = (content: PublishedContent, method: Method): Showing[] => {
  const [capFen, link] = [capFenOf(content), linkOf(content)];
  return content.values.filter(isShown).flatMap(({ series, windowMonths: length, asOfSeq }) => {
    const months = windowMonths(content.period, length);
    const reference = link && referenceShowing(method, link, series, length);
    const own = showingOf(cellOfSeries(series), months, { asOfSeq, capFen });
    return reference ? [reference, own] : [own];
  });
};

/** Lines of a table that are no part: sums, links, listings and what is told in one. */
const isPart = (code: string): boolean => !code.startsWith('(');

/** Over a link both months count under one cap: no unit of the first is cut by one of two alone. */
const contributionShowings = (content: PublishedContent): readonly Showing[] => {
  if (!content.contributions) return [];
  const { asOfSeq, before, after, tables } = content.contributions;
  const rise = [before.period, after.period] as const;
  const parts = tables
    .filter(({ by }) => by !== 'component')
    .flatMap(({ lines }) => lines.map(({ code }) => code).filter(isPart));
  const basis = { asOfSeq, capFen: capFenOf(content) };
  return [
    ...[before, after].map(({ period }) => showingOf('city', [period], basis)),
    ...parts.map((part) => riseOf(part, rise, basis)),
  ];
};

/** Everything that a publication lets its readers add and subtract. */
export const showingsOf = (content: PublishedContent, method: Method): readonly Showing[] => [
  ...valueShowings(content, method),
  ...content.cityWindows.map(({ asOfSeq, windowMonths: length }) => {
    const basis = { asOfSeq, capFen: capFenOf(content) };
    return showingOf('city', windowMonths(content.period, length), basis);
  }),
  ...contributionShowings(content),
];
