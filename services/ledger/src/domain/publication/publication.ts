import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { PublishedCell, PublishedContent } from '@jishi/contracts/ledger/publication';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant, LocalMonth } from '@jishi/contracts/time';
import type { ShownBefore } from './content.ts';

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

/** What a cell says, without the head that it says it as of, in an order of its own. */
const said = ({ state, value, reason, valueFen, contracts, base }: PublishedCell): string =>
  JSON.stringify([
    ...[state, value, reason, valueFen, contracts, base?.mean],
    base?.months.map((month) => [month.month, month.valueFen, month.contracts]),
  ]);

export const isSameCell = (a: PublishedCell | undefined, b: PublishedCell): boolean =>
  a !== undefined && said(a) === said(b);

/** Cells that a new vintage would show otherwise than the last one. */
export const movedCells = (
  content: PublishedContent,
  last: PublishedContent | null,
): readonly IndexCell[] => {
  const before = new Map(last?.cells.map((cell) => [cell.cell, cell]));
  return content.cells
    .filter((cell) => !isSameCell(before.get(cell.cell), cell))
    .map(({ cell }) => cell);
};

/**
 * Where each cell was shown, oldest first. Its base is looked for in all periods, its month in
 * this one. A month of the base year that was shown by itself is a showing of the base too.
 */
export const shownBefore = (
  published: readonly PublishedContent[],
  period: LocalMonth,
  baseMonths: readonly LocalMonth[],
): ShownBefore => {
  const base = new Map<IndexCell, readonly number[]>();
  const month = new Map<IndexCell, readonly number[]>();
  for (const content of published) {
    for (const cell of content.cells) {
      if (cell.state === 'hidden') continue;
      const isOfBase = baseMonths.includes(content.period);
      const inBase = [cell.base?.asOfSeq, isOfBase ? cell.asOfSeq : undefined];
      const heads = [...new Set(inBase)].filter((head) => head !== undefined);
      if (heads.length > 0) base.set(cell.cell, [...(base.get(cell.cell) ?? []), ...heads]);
      if (content.period !== period) continue;
      month.set(cell.cell, [...(month.get(cell.cell) ?? []), cell.asOfSeq]);
    }
  }
  return { base, month };
};

/** Refusals of a confirmation, in this order. The hash is the one that the person was shown. */
export const requireConfirmable = (
  publication: Publication,
  by: { readonly userId: string; readonly contentHash: string; readonly now: Instant },
  recomputedHash: () => string,
): void => {
  if (publication.status !== 'prepared') throw new Refusal('publication-state');
  if (publication.preparedBy === by.userId) throw new Refusal('duties-not-separated');
  if (by.now >= publication.expiresAt) throw new Refusal('approval-expired');
  if (by.contentHash !== publication.contentHash) throw new Refusal('content-changed');
  if (recomputedHash() !== publication.contentHash) throw new Refusal('content-changed');
};
