import type { PublicationRef } from '@jishi/contracts/ledger/publication';
import type { PreviewValue, PublicationView } from '@jishi/contracts/ledger/publication-desk';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import type { FamilyFact } from '../domain/index/family/facts.ts';
import type { Family } from '../domain/index/family/family-state.ts';
import { seriesOf } from '../domain/index/family/series.ts';
import { valueLine } from '../domain/index/family/value-lines.ts';
import { countingOf } from '../domain/publication/counted.ts';
import { seqOfMonth } from '../domain/publication/knowledge.ts';
import { changeCount, NO_CHANGE, valueIn } from '../domain/publication/preview.ts';
import { isSameValue } from '../domain/publication/publication.ts';
import { windowOf } from '../domain/publication/published-value.ts';
import type { PublicationRow } from '../store/publication/publications.ts';

/** What anybody may know of a publication: no word of who made it. */
export const refOf = (stored: PublicationRow): PublicationRef => ({
  publicationId: stored.publicationId,
  period: stored.period,
  vintage: stored.vintage,
  revision: stored.revision,
  methodVersion: stored.methodVersion,
  publishedAt: stored.decidedAt ?? stored.preparedAt,
  head: stored.head,
  contentHash: stored.contentHash,
});

export const viewOf = (
  stored: PublicationRow,
  userId: string | null,
  now: Instant,
): PublicationView => ({
  publicationId: stored.publicationId,
  period: stored.period,
  vintage: stored.vintage,
  revision: stored.revision,
  methodVersion: stored.methodVersion,
  status: stored.status === 'prepared' && now >= stored.expiresAt ? 'expired' : stored.status,
  contentHash: stored.contentHash,
  head: stored.head,
  preparedBy: stored.preparedBy,
  preparedAt: stored.preparedAt,
  expiresAt: stored.expiresAt,
  decidedBy: stored.decidedBy,
  decidedAt: stored.decidedAt,
  isMine: stored.preparedBy === userId,
});

export interface PreviewSources {
  /** As of the publication's head. */
  readonly family: Family;
  readonly facts: readonly FamilyFact[];
  /** Vintages of the month before the one that is looked at, oldest first. */
  readonly vintages: readonly PublishedContent[];
}

/** Each value with its exact one, its earlier ones, and how many contracts made the change. */
export const previewValues = (
  content: PublishedContent,
  { family, facts, vintages }: PreviewSources,
): PreviewValue[] => {
  const { period, head } = content;
  const [first, last] = [vintages[0] ?? null, vintages.at(-1) ?? null];
  const seqOf = seqOfMonth(family.method);
  const at = (seq: number) => (month: LocalMonth) => seqOf(seq, month);
  const counting = last && countingOf(facts, head.seq, family.method);
  const allSeries = new Map<string, ReturnType<typeof seriesOf>[number]>(
    seriesOf(family.method).map((one) => [one.key, one]),
  );
  return content.values.map((published): PreviewValue => {
    const series = allSeries.get(published.series);
    const before = valueIn(last, published.series);
    const ends = [at(last?.head.seq ?? head.seq), at(head.seq)] as const;
    return {
      series: published.series,
      published,
      exactValue: series ? valueLine(family, series, period).value : null,
      exactContracts: series ? (windowOf(family, series, period)?.figures.tally.contracts ?? 0) : 0,
      firstValue: valueIn(first, published.series)?.value ?? null,
      lastValue: before?.value ?? null,
      moves: !isSameValue(before, published),
      waits: published.primitives !== null && published.asOfSeq < head.seq,
      inWindow: counting ? changeCount(counting, published, period, ends) : NO_CHANGE,
    };
  });
};
