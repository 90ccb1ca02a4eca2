import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import type { Method } from '../index/family/method.ts';
import { PARTITIONS, type Partition } from '../index/family/series.ts';
import { type Counting, countedAt } from './counted.ts';
import { type Equations, NO_EQUATIONS, type Sum, told } from './equations.ts';
import { type Showing, showingsOf, tellsOf } from './showings.ts';

const MONTHS_PER_YEAR = 12;

/**
 * As of which sequence a month counts in figures as of another: months of a frozen year as known
 * at the freeze (B12-16).
 */
export const seqOfMonth = ({ file, editions, baseMonths }: Method) => {
  const freezes = new Map<LocalMonth, number>();
  if (file.base.freezeHead !== null) {
    for (const month of baseMonths) freezes.set(month, Number(file.base.freezeHead));
  }
  for (const { linkYear, freezeHead } of editions) {
    if (freezeHead === null) continue;
    for (let i = 1; i <= MONTHS_PER_YEAR; i += 1) {
      freezes.set(`${linkYear}-${String(i).padStart(2, '0')}`, freezeHead);
    }
  }
  return (asOfSeq: number, month: LocalMonth): number =>
    Math.min(asOfSeq, freezes.get(month) ?? Number.POSITIVE_INFINITY);
};

/**
 * The unknowns that a showing adds up. What a unit above the cap adds is the cap, which everybody
 * knows: it is no unknown, and covers no other.
 */
export const sumOf = (showing: Showing, counting: Counting, method: Method): Sum => {
  const { asOfSeq, capFen, terms } = showing;
  const sum = new Map<number, number>();
  const seqOf = seqOfMonth(method);
  for (const { part, months, sign } of terms) {
    const counted = countedAt(counting, part, months, (month) => seqOf(asOfSeq, month));
    for (const { unknown, unitFen } of counted) {
      if (capFen !== null && unitFen > capFen) continue;
      const times = (sum.get(unknown) ?? 0) + sign;
      if (times === 0) sum.delete(unknown);
      else sum.set(unknown, times);
    }
  }
  return sum;
};

/**
 * What readers of all publications know: of each partition by itself, its parts and the city, over
 * the whole history. It only grows, so it is made once for each publication.
 */
export interface Knowledge {
  readonly byPartition: ReadonlyMap<Partition, Equations>;
  readonly showings: readonly Showing[];
  readonly texts: ReadonlySet<string>;
}

export const NO_KNOWLEDGE: Knowledge = {
  byPartition: new Map(PARTITIONS.map((partition) => [partition, NO_EQUATIONS])),
  showings: [],
  texts: new Set(),
};

export const textOf = ({ asOfSeq, capFen, terms }: Showing): string =>
  JSON.stringify([asOfSeq, `${capFen}`, terms]);

/** With what one more publication says. */
export const withContent = (
  knowledge: Knowledge,
  content: PublishedContent,
  counting: Counting,
  method: Method,
): Knowledge => {
  const fresh = new Map(showingsOf(content, method).map((one) => [textOf(one), one]));
  for (const text of knowledge.texts) fresh.delete(text);
  const sums = new Map([...fresh.values()].map((one) => [one, sumOf(one, counting, method)]));
  const byPartition = new Map(knowledge.byPartition);
  for (const [partition, before] of knowledge.byPartition) {
    let equations = before;
    for (const [showing, sum] of sums) {
      if (tellsOf(showing, partition)) equations = told(equations, sum).equations;
    }
    byPartition.set(partition, equations);
  }
  return {
    byPartition,
    showings: [...knowledge.showings, ...fresh.values()],
    texts: new Set([...knowledge.texts, ...fresh.keys()]),
  };
};

export const knowledgeOf = (
  published: readonly PublishedContent[],
  counting: Counting,
  method: Method,
): Knowledge =>
  published.reduce(
    (knowledge, content) => withContent(knowledge, content, counting, method),
    NO_KNOWLEDGE,
  );
