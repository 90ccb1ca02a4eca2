import type { PublishedContent, PublishedValue } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { yearOfMonth } from '../index/family/calendar.ts';
import { type Edition, type Method, readMethod } from '../index/family/method.ts';
import { type Series, seriesOf } from '../index/family/series.ts';
import { checkContributions } from './check-contributions.ts';
import type { Difference } from './difference.ts';
import { type RecomputedValue, recomputeValue } from './recompute.ts';

export interface Checked {
  readonly values: readonly RecomputedValue[];
  readonly differences: readonly Difference[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** θ of a month, as the parameters name it: the base shares the first link year's. */
const editionOf = (method: Method, period: LocalMonth): Edition | null => {
  const [first] = method.editions;
  if (!first || period < method.file.base.from) return null;
  const year = Math.max(yearOfMonth(period), first.linkYear);
  return method.editions.find(({ linkYear }) => linkYear === year) ?? null;
};

const FIELDS = ['value', 'state', 'grade'] as const;

/** A value that is shown against what its primitives give. */
const shownDifferences = (
  published: PublishedValue,
  recomputed: RecomputedValue | null,
  isFirstLinkYear: boolean,
): Difference[] => {
  const where = published.series;
  const of = (field: string, said: unknown, found: unknown): Difference[] =>
    same(said, found) ? [] : [{ where, field, published: said, recomputed: found }];
  const { sub } = published;
  return [
    ...FIELDS.flatMap((field) => of(field, published[field], recomputed?.[field] ?? null)),
    ...(['S', 'A', 'B', 'C', 'P'] as const).flatMap((j) =>
      of(`sub.${j}`, sub?.[j] ?? null, recomputed?.sub[j] ?? null),
    ),
    ...of('flags', published.flags, recomputed?.flags ?? []),
    ...of('reason', published.reason, null),
    ...of('hidden', published.hidden, null),
    // In later years the direct index takes the first year's reference, which is not published.
    ...(isFirstLinkYear ? of('chainGapPercent', published.chainGapPercent, null) : []),
  ];
};

/** A value that is not shown says why, once, and nothing else. */
const bareDifferences = (published: PublishedValue): Difference[] => {
  const { series: where, value, state, sub, chainGapPercent, grade, flags } = published;
  const bare = {
    value: null,
    state: null,
    sub: null,
    chainGapPercent: null,
    grade: 'S',
    flags: [],
  };
  const said = { value, state, sub, chainGapPercent, grade, flags };
  const isWhy = (published.reason === null) !== (published.hidden === null);
  return [
    ...(same(said, bare) ? [] : [{ where, field: 'hidden', published: said, recomputed: bare }]),
    ...(isWhy ? [] : [{ where, field: 'reason', published: published.reason, recomputed: 'one' }]),
  ];
};

const seriesDifferences = (
  content: PublishedContent,
  all: readonly Series[],
): readonly Difference[] => {
  const named = (one: { key: string; length: number }): string => `${one.key} ${one.length}`;
  const said = content.values.map((one) => named({ key: one.series, length: one.windowMonths }));
  const found = all.map(named);
  const where = 'content';
  return same(said, found) ? [] : [{ where, field: 'values', published: said, recomputed: found }];
};

/**
 * Computes every published string anew from the publication alone, and tells what differs. Throws
 * where the parameters cannot be read.
 */
export const checkPublished = (content: PublishedContent): Checked => {
  const method = readMethod(content.parameters);
  const edition = editionOf(method, content.period);
  const { linkYear } = content.method;
  const where = 'content';
  const differences: Difference[] = [];
  if (linkYear !== (edition?.linkYear ?? null)) {
    const recomputed = edition?.linkYear ?? null;
    differences.push({ where, field: 'method.linkYear', published: linkYear, recomputed });
  }
  const { version, name } = method.file;
  if (content.method.version !== version || content.method.name !== name) {
    const published = content.method.version;
    differences.push({ where, field: 'method.version', published, recomputed: version });
  }
  const all = seriesOf(method);
  differences.push(...seriesDifferences(content, all));
  const values: RecomputedValue[] = [];
  const isFirstLinkYear = edition === method.editions[0];
  for (const published of content.values) {
    const series = all.find(({ key }) => key === published.series);
    if (published.primitives === null) differences.push(...bareDifferences(published));
    else {
      const recomputed =
        series && edition ? recomputeValue(content, published, series, { method, edition }) : null;
      if (recomputed) values.push(recomputed);
      differences.push(...shownDifferences(published, recomputed, isFirstLinkYear));
    }
  }
  if (edition) differences.push(...checkContributions(content, { method, edition }));
  return { values, differences };
};
