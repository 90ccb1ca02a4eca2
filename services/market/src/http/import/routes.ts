import * as api from '@jishi/contracts/market/import-endpoints';
import type { Clock } from '@jishi/contracts/time';
import { openDatabase } from '@jishi/runtime/database';
import type { Service } from '@jishi/runtime/service';
import { createReader, type ReadFile } from '@jishi/workbook/reader';
import type { Pool } from 'pg';
import { findImport, listImportsOf } from '../../store/import/imports.ts';
import { allRows, pageOfRows } from '../../store/import/rows.ts';
import type { TradeTables } from '../../store/trade/tables.ts';
import { nextOf } from '../trade-context.ts';
import { annotatedSheet } from './annotated-file.ts';
import { beginRun, discard, fix, setColumns } from './changes.ts';
import { exportContracts, exportListings, exportNeeds } from './exports.ts';
import { type ImportContext, inImports } from './import-context.ts';
import { rowView, summaries, viewOf } from './import-views.ts';
import { sheetAnswer } from './sheet-answer.ts';
import { templateSheets } from './template-file.ts';
import { upload } from './uploads.ts';

export interface ImportDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly isSynthetic?: boolean;
  readonly readFile?: ReadFile;
}

const TEMPLATE_NAMES = { listings: '成果导入模板', contracts: '合同导入模板' } as const;

const serveReads = ({ serve, serveRaw }: Service, context: ImportContext): void => {
  serveRaw(api.downloadTemplate, async ({ params: { kind }, query }) =>
    sheetAnswer(TEMPLATE_NAMES[kind], query.format, templateSheets(kind)),
  );
  serve(api.listImports, ({ query, principal }) =>
    inImports(context, principal, async (trx) => {
      const found = await listImportsOf(trx, query);
      const ids = found.map(({ id }) => id);
      return { items: await summaries(trx, found), next: nextOf(ids, query.limit) };
    }),
  );
  serve(api.readImport, ({ params, principal }) =>
    inImports(context, principal, (trx) => viewOf(trx, params.importId)),
  );
  serve(api.listImportRows, ({ params, query, principal }) =>
    inImports(context, principal, async (trx) => {
      const stored = await findImport(trx, params.importId);
      const rows = await pageOfRows(trx, stored.id, query);
      const last = rows.length < query.limit ? undefined : rows.at(-1)?.row_number;
      return { items: rows.map((row) => rowView(stored, row)), next: last ?? null };
    }),
  );
  serveRaw(api.downloadAnnotated, ({ params, query, principal }) =>
    inImports(context, principal, async (trx) => {
      const stored = await findImport(trx, params.importId);
      const name = `${stored.file_name.replace(/\.[^.]*$/, '')}-错误`;
      const sheet = annotatedSheet(stored, await allRows(trx, stored.id));
      return sheetAnswer(name, query.format, [sheet]);
    }),
  );
};

const serveChanges = ({ serve }: Service, context: ImportContext): void => {
  serve(api.uploadSheet, ({ query, principal, context: c }) =>
    upload(context, query, c.req.raw, principal),
  );
  serve(api.setImportColumns, ({ params, body, principal }) =>
    setColumns(context, params.importId, body, principal),
  );
  serve(api.fixImport, ({ params, body, principal }) =>
    fix(context, params.importId, body, principal),
  );
  serve(api.runImport, ({ params, body, principal }) =>
    beginRun(context, params.importId, body, principal),
  );
  serve(api.discardImport, ({ params, body, principal }) =>
    discard(context, params.importId, body, principal),
  );
};

/** Spreadsheets in and out. Mounted before trade, whose `/{id}` paths would take some of these. */
export const serveImports = (service: Service, deps: ImportDeps): void => {
  const context: ImportContext = {
    db: openDatabase<TradeTables>(deps.pool),
    clock: deps.clock,
    readFile: deps.readFile ?? createReader(),
    isSynthetic: deps.isSynthetic ?? false,
  };
  serveReads(service, context);
  serveChanges(service, context);
  service.serveRaw(api.exportOwnListings, async ({ query, principal }) =>
    exportListings(context, query.format, principal),
  );
  service.serveRaw(api.exportOwnNeeds, async ({ query, principal }) =>
    exportNeeds(context, query.format, principal),
  );
  service.serveRaw(api.exportOwnContracts, async ({ query, principal }) =>
    exportContracts(context, query.format, principal),
  );
};
