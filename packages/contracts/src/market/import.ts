import { z } from '@hono/zod-openapi';
import { Id } from '../ids.ts';
import { Instant } from '../time.ts';
import { Sha256Hex } from './contract.ts';

/** 批量导入: results (成果), or contracts that were signed on paper outside the market. */
export const ImportKind = z.enum(['listings', 'contracts']);
export type ImportKind = z.infer<typeof ImportKind>;

export const SheetFormat = z.enum(['xlsx', 'csv']);
export type SheetFormat = z.infer<typeof SheetFormat>;

export const IMPORT_BYTES_MAX = 10_000_000;
export const IMPORT_ROWS_MAX = 5_000;
/** The first part of the sheet in which the row of headings is looked for. */
export const HEADING_ROW_MAX = 50;
/** Of a text that one fix writes into many rows. */
export const SAME_TEXT_MAX = 2_000;

/** What a listing becomes: a draft of its own officer, or one that waits for the exchange. */
export const ImportTarget = z.enum(['draft', 'submitted']);
export type ImportTarget = z.infer<typeof ImportTarget>;

export const AmountUnit = z.enum(['yuan', 'wan']);
export type AmountUnit = z.infer<typeof AmountUnit>;

const FieldKey = z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{1,39}$/);

/** One column of the file, and what it is taken for; null when it is not imported. */
export const ImportColumn = z.strictObject({
  /** From 1, as in A1. */
  column: z.int().positive(),
  heading: z.string(),
  field: FieldKey.nullable(),
  /** In which unit its amounts are written; null for a column that holds none. */
  unit: AmountUnit.nullable(),
});
export type ImportColumn = z.infer<typeof ImportColumn>;

/** A column that an import may have, as the page and the template name it. */
export const ImportField = z.object({
  key: FieldKey,
  zh: z.string(),
  en: z.string(),
  required: z.boolean(),
  isAmount: z.boolean(),
  hintZh: z.string(),
  hintEn: z.string(),
});
export type ImportField = z.infer<typeof ImportField>;

/**
 * `wrong`: has errors. `duplicate`: is in the file before, or in the market. `queued`: a run has
 * taken it. `imported`: is a record now.
 */
export const RowState = z.enum(['clean', 'wrong', 'duplicate', 'queued', 'imported']);
export type RowState = z.infer<typeof RowState>;

/** One thing wrong with one cell. A suggestion is there only where it is safe to take. */
export const CellProblem = z.strictObject({
  field: FieldKey,
  /** Of the cell, such as `F18`; null when the file has no such column. */
  address: z.string().nullable(),
  rule: z.string(),
  /** What stands in the cell now. */
  text: z.string(),
  zh: z.string(),
  en: z.string(),
  suggestion: z.string().nullable(),
});
export type CellProblem = z.infer<typeof CellProblem>;

/** Rows with the same error in the same column: one fix serves them all. */
export const ProblemGroup = z.object({
  field: FieldKey,
  rule: z.string(),
  rows: z.int().positive(),
  /** What is said of one of them. */
  zh: z.string(),
  en: z.string(),
  /** In how many of these rows the system has a safe suggestion. */
  suggested: z.int().nonnegative(),
});
export type ProblemGroup = z.infer<typeof ProblemGroup>;

const Count = z.int().nonnegative();
export const RowCounts = z.object({
  total: Count,
  clean: Count,
  wrong: Count,
  duplicate: Count,
  queued: Count,
  imported: Count,
});
export type RowCounts = z.infer<typeof RowCounts>;

export const RunChoice = z.enum(['clean-only', 'all-or-none']);
export type RunChoice = z.infer<typeof RunChoice>;

/** One pressing of the button, and its receipt when it is through. */
export const ImportRun = z.object({
  runId: Id,
  choice: RunChoice,
  target: ImportTarget,
  rowsTotal: Count,
  rowsDone: Count,
  /** Became records; the others of `rowsDone` were in the market by then. */
  created: Count,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
});
export type ImportRun = z.infer<typeof ImportRun>;

export const ImportView = z
  .object({
    importId: Id,
    kind: ImportKind,
    status: z.enum(['open', 'running', 'discarded']),
    version: z.int().positive(),
    fileName: z.string(),
    fileSha256: Sha256Hex,
    fileBytes: Count,
    format: SheetFormat,
    sheetName: z.string().nullable(),
    /** Visible sheets that were not read. */
    otherSheets: z.array(z.string()),
    encoding: z.string().nullable(),
    uploadedAt: Instant,
    headingRow: z.int().positive(),
    /** Whether the row of headings was recognised, or only guessed. */
    headingFound: z.boolean(),
    columns: z.array(ImportColumn),
    /** Required columns that the file does not have: nothing is imported before. */
    missing: z.array(FieldKey),
    fields: z.array(ImportField),
    target: ImportTarget,
    counts: RowCounts,
    groups: z.array(ProblemGroup),
    runs: z.array(ImportRun),
  })
  .openapi('SheetImport');
export type ImportView = z.infer<typeof ImportView>;

export const ImportRow = z.object({
  /** The row's number in the file. */
  row: z.int().positive(),
  state: RowState,
  /** By field, as it stands after the fixes. */
  values: z.record(z.string(), z.string()),
  /** Fields whose cell was fixed on the page. */
  fixed: z.array(FieldKey),
  problems: z.array(CellProblem),
  /** Why it is a duplicate, in both languages; null otherwise. */
  duplicateOf: z.object({ zh: z.string(), en: z.string() }).nullable(),
  recordId: Id.nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;
