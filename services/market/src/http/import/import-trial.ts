import { newId } from '@jishi/contracts/ids';
import type { ImportKind, ImportView } from '@jishi/contracts/market/import';
import * as api from '@jishi/contracts/market/import-endpoints';
import { openDatabase } from '@jishi/runtime/database';
import { csvText, type OutCell } from '@jishi/workbook/csv-text';
import { xlsxBytes } from '@jishi/workbook/xlsx-write';
import { importOpen } from '../../process/import-rows.ts';
import type { TradeTables } from '../../store/trade/tables.ts';
import type { Trader, TradeTrial } from '../trade-trial.ts';

/** For tests: sheets as people fill them in, and the steps of an import by its endpoints. */

export const LISTING_HEADINGS = [
  '成果名称',
  '解决什么问题',
  '成果简介',
  '技术成熟度',
  '技术领域',
  '国民经济行业',
  '合作方式',
  '价格',
];

export const listingLine = (title: string, change: Readonly<Record<number, OutCell>> = {}) =>
  [
    title,
    '薄壁件磨削后变形超差,返工多',
    '以间歇进给与在线测温控制磨削热,使薄壁件变形减小',
    '6',
    '先进制造',
    '制造业',
    '许可',
    '面议',
  ].map((cell, i) => change[i] ?? cell);

export const CONTRACT_HEADINGS = [
  '项目名称',
  '合同签订日期',
  '买方名称',
  '买方统一社会信用代码',
  '买方行政区划代码',
  '买方性质',
  '合同类别',
  '合同子类',
  '知识产权类别',
  '技术领域',
  '计划来源',
  '服务的国民经济行业',
  '社会经济目标',
  '合同成交金额(万元)',
  '其中技术交易额(万元)',
  '支付方式',
  '是否关联交易',
  '卖方性质',
];

export const contractLine = (title: string, change: Readonly<Record<number, OutCell>> = {}) =>
  [
    title,
    '2026-10-12',
    '昆山某公司',
    '91320594692569651Q',
    '320583',
    '有限责任公司',
    '技术开发合同',
    '委托开发',
    '技术秘密',
    '先进制造',
    '计划外',
    '制造业',
    '工商业发展',
    '60',
    '48',
    '分期支付',
    '否',
    '有限责任公司',
  ].map((cell, i) => change[i] ?? cell);

export const csvFile = (lines: readonly (readonly OutCell[])[]): Buffer =>
  Buffer.from(csvText(lines));

export const xlsxFile = async (lines: readonly (readonly OutCell[])[]): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  const rows = lines.map((cells) => ({ cells }));
  for await (const chunk of xlsxBytes([{ name: '成果', rows }])) chunks.push(chunk);
  return Buffer.concat(chunks);
};

export const titles = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => `试验成果第 ${from + i} 项工艺`);

export const uploadFile = (
  trader: Pick<Trader, 'call'>,
  bytes: Uint8Array,
  kind: ImportKind = 'listings',
  importId = newId(),
): Promise<ImportView> =>
  trader.call(api.uploadSheet, {
    query: { importId, kind, name: '成果汇总.xlsx' },
    bytes: new Uint8Array(bytes),
  });

export const rowsOf = async (trader: Pick<Trader, 'call'>, importId: string) =>
  (await trader.call(api.listImportRows, { params: { importId }, query: { limit: 200 } })).items;

export const run = (
  trader: Pick<Trader, 'call'>,
  view: Pick<ImportView, 'importId' | 'version' | 'counts'>,
  choice: 'clean-only' | 'all-or-none' = 'clean-only',
  runId = newId(),
) =>
  trader.call(api.runImport, {
    params: { importId: view.importId },
    body: { runId, version: view.version, choice, rows: view.counts.clean },
  });

/** Does what the job does, here and now. */
export const importAll = (trial: TradeTrial): Promise<void> =>
  importOpen(openDatabase<TradeTables>(trial.serving), trial.clock);

export const download = async (
  trial: TradeTrial,
  path: string,
  token?: string,
): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }> => {
  const answer = await trial.app.request(`/api/market${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes };
};
