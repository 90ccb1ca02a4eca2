import { readIndexSeries, readLive } from '@jishi/contracts/ledger/endpoints';
import {
  listPublications,
  readPublication,
  readPublishedSeries,
} from '@jishi/contracts/ledger/publication';
import { useRead } from '../../../api/queries.ts';
import { useParameter } from '../../../place.tsx';
import { cellOfText } from '../cell-name.ts';
import type { CellRow } from './cell-table.tsx';
import type { LinePoint } from './series-line.tsx';

export type Vintage = 'first' | 'latest' | 'provisional';

export interface IndicesView {
  readonly vintage: Vintage;
  readonly cell: ReturnType<typeof cellOfText>;
  readonly month: string | null;
  /** Months that may be chosen, newest first. */
  readonly months: readonly string[];
  readonly rows: readonly CellRow[];
  readonly points: readonly LinePoint[];
  readonly own: CellRow | null;
  /** Of a publication: which, when, as of what. */
  readonly published: {
    readonly vintage: number;
    readonly publishedAt: string;
    readonly headSeq: number;
    readonly methodVersion: string;
    readonly contentHash: string;
  } | null;
  readonly stepSeq: number | null;
  readonly synthetic: boolean;
}

const usePublished = (wanted: Vintage, period: string | null) => {
  const list = useRead(listPublications);
  const [asked] = useParameter('cell');
  const cell = cellOfText(asked);
  const vintage = wanted === 'first' ? 'first' : 'latest';
  const items = list.data?.items ?? [];
  const months = [...new Set(items.map((item) => item.period))].sort().reverse();
  const month = months.find((one) => one === period) ?? months[0] ?? null;
  const isWanted = wanted !== 'provisional' && month !== null;
  const content = useRead(
    readPublication,
    { params: { period: month ?? '2000-01' }, query: { vintage } },
    { when: isWanted },
  );
  const series = useRead(readPublishedSeries, { query: { cell, vintage } }, { when: isWanted });
  return { list, cell, months, month, content, series };
};

const useProvisional = (when: boolean, cell: ReturnType<typeof cellOfText>) => ({
  live: useRead(readLive, {}, { when }),
  series: useRead(readIndexSeries, { query: { cell } }, { when }),
});

/** What the page of indices shows, from its address: cell, month and vintage. */
export const useIndices = () => {
  const [asked] = useParameter('vintage');
  const [period] = useParameter('period');
  const wanted: Vintage = asked === 'first' || asked === 'provisional' ? asked : 'latest';
  const { list, cell, months, month, content, series } = usePublished(wanted, period);
  const isEmpty = list.data !== undefined && months.length === 0;
  const vintage: Vintage = isEmpty ? 'provisional' : wanted;
  const provisional = useProvisional(vintage === 'provisional', cell);
  const view = (): IndicesView | null => {
    if (vintage === 'provisional') return provisionalView(provisional, cell);
    if (!content.data || !series.data) return null;
    const { data } = content;
    const rows = data.content.cells;
    return {
      ...{ vintage, cell, month, months, rows },
      own: rows.find((row) => row.cell === cell) ?? null,
      points: series.data.points.map((point) => ({ month: point.period, value: point.value })),
      published: {
        ...{ vintage: data.vintage, publishedAt: data.publishedAt, headSeq: data.head.seq },
        ...{ methodVersion: data.content.method.version, contentHash: data.contentHash },
      },
      stepSeq: null,
      synthetic: data.head.kind === 'synthetic',
    };
  };
  return { view: view(), vintage, isEmpty, queries: [list, content, series, provisional.series] };
};

const provisionalView = (
  { live, series }: ReturnType<typeof useProvisional>,
  cell: ReturnType<typeof cellOfText>,
): IndicesView | null => {
  if (!live.data || !series.data) return null;
  const { data } = live;
  const rowOf = (now: (typeof data.districts)[number]): CellRow => ({
    cell: now.cell,
    state: now.point?.state ?? 'not-defined',
    value: now.point?.value ?? null,
    reason: now.point?.reason ?? null,
    valueFen: null,
    contracts: null,
    asOfSeq: data.asOf.seq,
  });
  const rows = [data.overall, ...data.districts, ...data.industries, ...data.fields].map(rowOf);
  return {
    ...{ vintage: 'provisional', cell, rows, months: [], published: null },
    month: data.overall.point?.month ?? null,
    own: rows.find((row) => row.cell === cell) ?? null,
    points: series.data.points.map(({ month, value }) => ({ month, value })).slice(-36),
    stepSeq: data.asOf.seq,
    synthetic: data.head.kind === 'synthetic',
  };
};
