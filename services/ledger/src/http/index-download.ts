import { downloadIndexValues } from '@jishi/contracts/ledger/index-endpoints';
import type { Service } from '@jishi/runtime/service';
import { CSV_MARK, csvLine, type OutCell } from '@jishi/workbook/csv-text';
import { XLSX_TYPE, xlsxBytes } from '@jishi/workbook/xlsx-write';
import type { ValueLine } from '../domain/index/family/value-lines.ts';
import type { IndexDeps } from './index-deps.ts';
import { exactValues, publicValues, type ValuesAnswer } from './index-values.ts';
import { viewOf } from './index-view.ts';

interface Column {
  readonly head: string;
  readonly width: number;
  readonly cell: (line: ValueLine) => OutCell;
}

/** A number of ours stays a number, whatever its sign; a text is guarded by the writer. */
const number = (text: string | null | undefined): OutCell =>
  text === null || text === undefined ? null : { number: text };

const text = (head: string, width: number, of: (line: ValueLine) => string | null): Column => ({
  ...{ head, width, cell: of },
});
const figure = (head: string, of: (line: ValueLine) => string | null | undefined): Column => ({
  ...{ head, width: 14, cell: (line) => number(of(line)) },
});

const COLUMNS: readonly Column[] = [
  text('序列 series', 22, ({ series }) => series),
  figure('窗口(月) windowMonths', ({ windowMonths }) => `${windowMonths}`),
  text('期间 period', 12, ({ period }) => period),
  figure('变动指数 value', ({ value }) => value),
  figure('水平指数 state', ({ state }) => state),
  figure('规模 S', ({ sub }) => sub?.S),
  figure('活跃 A', ({ sub }) => sub?.A),
  figure('广度 B', ({ sub }) => sub?.B),
  figure('转化 C', ({ sub }) => sub?.C),
  figure('价格 P', ({ sub }) => sub?.P),
  figure('链接偏差% chainGapPercent', ({ chainGapPercent }) => chainGapPercent),
  text('证据等级 grade', 12, ({ grade }) => grade),
  text('无值原因 reason', 18, ({ reason }) => reason),
  text('不公开原因 hidden', 18, ({ hidden }) => hidden),
  text('注明 flags', 24, ({ flags }) => flags.join(' ')),
  text('暂估 provisional', 14, ({ provisional }) => (provisional ? 'yes' : 'no')),
];

const SYNTHETIC = '合成数据 · Synthetic data';

/** What the values are as of, the headings, and a row for each line. */
const rowsOf = ({ head, exact, values }: ValuesAnswer, isSynthetic: boolean): OutCell[][] => [
  ...(isSynthetic ? [[SYNTHETIC]] : []),
  [
    `账本位置 as of #${head.seq}${head.recordedAt === null ? '' : ` ${head.recordedAt}`}`,
    exact ? '精确 exact' : '已发布 published',
  ],
  COLUMNS.map((column) => column.head),
  ...values.map((line) => COLUMNS.map(({ cell }) => cell(line))),
];

const csvOf = (rows: readonly OutCell[][]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(CSV_MARK + rows.map(csvLine).join(''), 'utf8'));

const xlsxOf = async (
  rows: readonly OutCell[][],
  frozenRows: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const sheet = {
    name: '指数 index',
    rows: rows.map((cells) => ({ cells })),
    widths: COLUMNS.map(({ width }) => width),
    frozenRows,
  };
  const parts: Uint8Array[] = [];
  for await (const part of xlsxBytes([sheet])) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
};

/** GET /index/download: what /index/values answers, as a file that is always an attachment. */
export const serveIndexDownload = (service: Service, deps: IndexDeps): void => {
  service.serveRaw(downloadIndexValues, async ({ query, principal }) => {
    await deps.refuseBeyondHead(query.asOf);
    const isExact = viewOf(principal) === 'exact';
    const answer = await (isExact ? exactValues : publicValues)(deps, query);
    const isSynthetic = deps.index.latest().kind !== 'real';
    const rows = rowsOf(answer, isSynthetic);
    const isCsv = query.format === 'csv';
    const periods = [...new Set(answer.values.map(({ period }) => period))].sort();
    const span = periods.length === 0 ? 'empty' : `${periods[0]}_${periods.at(-1)}`;
    const name = `jishi-index-${span}${isSynthetic ? '-synthetic' : ''}.${query.format}`;
    return new Response(isCsv ? csvOf(rows) : await xlsxOf(rows, isSynthetic ? 3 : 2), {
      headers: {
        'content-type': isCsv ? 'text/csv; charset=utf-8' : XLSX_TYPE,
        'content-disposition': `attachment; filename="${name}"`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });
};
