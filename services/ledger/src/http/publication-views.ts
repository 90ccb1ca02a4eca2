import type {
  PublicationRef,
  PublishedCell,
  PublishedContent,
} from '@jishi/contracts/ledger/publication';
import type { PreviewCell, PublicationView } from '@jishi/contracts/ledger/publication-desk';
import type { Instant } from '@jishi/contracts/time';
import { changeOver } from '../domain/publication/changes.ts';
import { type ContentSources, exactCell } from '../domain/publication/content.ts';
import { isSameCell } from '../domain/publication/publication.ts';
import type { StoredPublication } from '../store/publication/publications.ts';

/** What anybody may know of a publication: no word of who made it. */
export const refOf = (stored: StoredPublication): PublicationRef => ({
  publicationId: stored.publicationId,
  period: stored.period,
  vintage: stored.vintage,
  revision: stored.content.revision,
  publishedAt: stored.decidedAt ?? stored.preparedAt,
  head: stored.content.head,
  contentHash: stored.contentHash,
});

export const viewOf = (
  stored: StoredPublication,
  userId: string | null,
  now: Instant,
): PublicationView => ({
  publicationId: stored.publicationId,
  period: stored.period,
  vintage: stored.vintage,
  revision: stored.content.revision,
  status: stored.status === 'prepared' && now >= stored.expiresAt ? 'expired' : stored.status,
  contentHash: stored.contentHash,
  head: stored.content.head,
  preparedBy: stored.preparedBy,
  preparedAt: stored.preparedAt,
  expiresAt: stored.expiresAt,
  decidedBy: stored.decidedBy,
  decidedAt: stored.decidedAt,
  isMine: stored.preparedBy === userId,
});

/** First and last vintage of the month before the one that is looked at. */
export interface Earlier {
  readonly first: PublishedContent | null;
  readonly last: PublishedContent | null;
}

const NOTHING = { added: 0, amended: 0, cancelled: 0 };

/** Each cell with its exact value, its earlier ones, and how many contracts made the change. */
export const previewCells = (
  content: PublishedContent,
  { first, last }: Earlier,
  sources: ContentSources,
): PreviewCell[] => {
  const cellOf = (from: PublishedContent | null, cell: PublishedCell) =>
    from?.cells.find((other) => other.cell === cell.cell);
  const changes = last && sources.changesSince(last.head.seq);
  return content.cells.map((cell) => {
    const exact = exactCell(cell.cell, content.period, sources);
    const before = cellOf(last, cell);
    const baseAt = cell.base?.asOfSeq ?? content.head.seq;
    return {
      cell: cell.cell,
      published: cell,
      exactValue: exact.value,
      exactContracts: exact.contracts ?? 0,
      exactValueFen: exact.valueFen ?? '0',
      firstValue: cellOf(first, cell)?.value ?? null,
      lastValue: before?.value ?? null,
      lastState: before?.state ?? null,
      moves: !isSameCell(before, cell),
      waits: before !== undefined && Math.min(cell.asOfSeq, baseAt) < content.head.seq,
      inMonth: changes ? changeOver(changes, cell.cell, [content.period]) : NOTHING,
      inBase: changes ? changeOver(changes, cell.cell, sources.parameters.baseMonths) : NOTHING,
    };
  });
};
