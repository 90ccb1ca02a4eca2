import type {
  PublishedContent,
  PublishedValue,
  RevisionLabel,
} from '@jishi/contracts/ledger/published-content';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import { revisionLabel } from '../index/family/vintages.ts';

/** A publication as it is kept: prepared by one person, published by the word of another. */
export interface Publication {
  readonly publicationId: string;
  readonly period: LocalMonth;
  readonly vintage: number;
  readonly status: 'prepared' | 'published' | 'withdrawn';
  readonly contentHash: string;
  readonly preparedBy: string;
  readonly preparedAt: Instant;
  readonly expiresAt: Instant;
}

/** What a value says, without the head that it says it as of, in an order of its own. */
const said = (one: PublishedValue): string =>
  JSON.stringify([
    ...[one.value, one.reason, one.hidden, one.state, one.chainGapPercent, one.grade, one.flags],
    one.sub && [one.sub.S, one.sub.A, one.sub.B, one.sub.C, one.sub.P],
    one.primitives && Object.entries(one.primitives).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

export const isSameValue = (a: PublishedValue | undefined, b: PublishedValue): boolean =>
  a !== undefined && said(a) === said(b);

/** Series that a new vintage shows otherwise than the last one. */
export const movedSeries = (
  content: PublishedContent,
  last: PublishedContent | null,
): readonly string[] => {
  const before = new Map(last?.values.map((one) => [one.series, one]));
  return content.values
    .filter((one) => !isSameValue(before.get(one.series), one))
    .map(({ series }) => series);
};

const refuseDeclared = (): Error => {
  const [zh, en] = ['首次发布没有修订标签', 'A first publication has no revision label'];
  return refuseField('invalid-input', 'revision', 'revision-of-first', zh, en);
};

/**
 * The label of a new vintage (B6): what the operator declares, R3 with another θ, else R1. Null for
 * the first, which nobody can declare a correction; and where nothing has moved.
 */
export const revisionOf = (
  content: PublishedContent,
  published: readonly PublishedContent[],
  declared: 'R2' | 'C' | null,
): RevisionLabel | null => {
  const last = published.filter(({ period }) => period === content.period).at(-1);
  if (!last && declared !== null) throw refuseDeclared();
  if (!last) return null;
  const moved = movedSeries(content, last).length > 0;
  const [before, after] = [last, content].map(({ method }) => method.parameterHash);
  return revisionLabel(
    { methodHash: before ?? '', value: 'before' },
    { methodHash: after ?? '', value: moved ? 'after' : 'before' },
    declared,
  );
};

/** The label that the operator declared; null where the rule gave it. */
export const declaredOf = ({ revision }: PublishedContent): 'R2' | 'C' | null =>
  revision === 'R2' || revision === 'C' ? revision : null;

/** Refusals of a confirmation, in this order. The hash is the one that the person was shown. */
export const requireConfirmable = (
  publication: Publication,
  by: { readonly userId: string; readonly contentHash: string; readonly now: Instant },
): void => {
  if (publication.status !== 'prepared') throw new Refusal('publication-state');
  if (publication.preparedBy === by.userId) throw new Refusal('duties-not-separated');
  if (by.now >= publication.expiresAt) throw new Refusal('approval-expired');
  if (by.contentHash !== publication.contentHash) throw new Refusal('content-changed');
};

/** What is confirmed must follow from the log and from what has been published until now. */
export const requireUnchanged = (publication: Publication, recomputedHash: string): void => {
  if (recomputedHash !== publication.contentHash) throw new Refusal('content-changed');
};
