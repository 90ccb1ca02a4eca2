import type { LinkedMethod } from '@jishi/contracts/ledger/index-family';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalMonth } from '@jishi/contracts/time';
import { unpublishedLine } from '../domain/index/family/public-lines.ts';
import type { Series } from '../domain/index/family/series.ts';
import type { ValueLine } from '../domain/index/family/value-lines.ts';
import type { FamilySource } from './family-source.ts';
import type { IndexSource } from './live-source.ts';
import type { PublishedLine, PublishedValues } from './published-values.ts';
import { createRunningMonth, type PublicStep } from './running-month.ts';

export interface PublicValues {
  /** The last public step, or the one of a sequence that is known to be one. */
  readonly step: (seq?: number) => Promise<PublicStep>;
  /** As of an earlier head: a public step, or one that was published; else `as-of-not-public`. */
  readonly stepAt: (seq: number) => Promise<PublicStep>;
  /** The same as of any head, for those who may see the log as it was at each of them. */
  readonly stepBefore: (seq: number) => Promise<PublicStep>;
  /** Published lines of a series and period, by the vintages known at a head. */
  readonly published: (asked: PublicSpan) => Promise<PublishedTable>;
}

export interface PublicSpan {
  readonly from: LocalMonth;
  readonly to: LocalMonth;
  readonly vintage: 'first' | 'latest';
  /** Vintages of later heads were not there yet. */
  readonly asOf: number | null;
}

export type PublishedTable = ReadonlyMap<string, PublishedLine>;

export const lineKey = (series: string, period: LocalMonth): string => `${series} ${period}`;

/** θ of each link year among published lines; a month before the link has none. */
export const methodsOf = (lines: Iterable<PublishedLine>): readonly LinkedMethod[] => {
  const byYear = new Map<number, LinkedMethod>();
  for (const { method } of lines) if (method) byYear.set(method.linkYear, method);
  return [...byYear.values()].sort((a, b) => a.linkYear - b.linkYear);
};

/**
 * The head of what the public is told: that of the last publication in it, or of the last step
 * where that is later. As of this head the same publications are told again.
 */
export const headOf = (step: PublicStep, table: PublishedTable): PublicStep['head'] => {
  let { head } = step;
  for (const { head: published } of table.values()) {
    if (published.seq > head.seq) head = { seq: published.seq, recordedAt: published.recordedAt };
  }
  return head;
};

/** What the public may read of the family: publications, and the city's running month by steps. */
export const createPublicValues = (
  family: FamilySource,
  index: IndexSource,
  publications: PublishedValues,
): PublicValues => {
  const running = createRunningMonth(family, index);

  const at = async (seq: number): Promise<PublicStep> => {
    const latest = index.published();
    return seq === latest.seq ? running.toldAt(seq, latest.recordedAt) : running.untoldAt(seq);
  };

  const isPublished = async (seq: number): Promise<boolean> =>
    (await publications.vintages()).some(({ mark }) => mark.headSeq === seq);

  return {
    step: (seq = index.published().seq) => at(seq),
    stepAt: async (seq) => {
      // As of a head the running month has no value: what it is worth now may move, a head never.
      if (await index.isPublicStep(seq)) return running.untoldAt(seq);
      if (!(await isPublished(seq))) throw new Refusal('as-of-not-public');
      // Between two steps lie single contracts: what was published then is told, and the last step.
      return running.untoldAt(await index.stepBefore(seq));
    },
    stepBefore: async (seq) => running.untoldAt(await index.stepBefore(seq)),
    published: async ({ asOf, ...span }) => {
      const known = await publications.list({ ...span, ...(asOf === null ? {} : { upTo: asOf }) });
      return new Map(known.map((one) => [lineKey(one.line.series, one.line.period), one]));
    },
  };
};

/** One line as the public reads it; null: nothing is told of that month (it is not over). */
export const publicLine = (
  family: FamilySource,
  table: PublishedTable,
  step: PublicStep,
  series: Series,
  period: LocalMonth,
): ValueLine | null => {
  const found = table.get(lineKey(series.key, period));
  if (found) return found.line;
  const isRunning = series.key === step.running.series && period === step.running.period;
  if (isRunning) return step.running;
  if (period >= step.running.period) return null;
  return unpublishedLine(series, period, family.method.file.base.from);
};
