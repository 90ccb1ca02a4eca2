import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import {
  HEADING_ROW_MAX,
  ImportColumn,
  ImportKind,
  ImportRow,
  ImportTarget,
  ImportView,
  RowState,
  RunChoice,
  SAME_TEXT_MAX,
  SheetFormat,
} from './import.ts';
import { PAPER_CONTRACT_ENDPOINTS } from './paper-contracts.ts';

const FieldKey = ImportColumn.shape.field.unwrap();
const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const OFFICER = { who: 'roles', roles: ['listing-officer', 'buyer'] } as const;
const byImport = z.strictObject({ importId: Id });
const Version = z.int().positive();
const byFormat = z.strictObject({ format: SheetFormat.default('xlsx') });
const CHANGE_REFUSALS = ['version-conflict', 'import-state'] as const;

/** Why a file is not read: by its content, before anything of it is kept. */
export const UNREADABLE = [
  'sheet-not-a-spreadsheet',
  'sheet-old-format',
  'sheet-encrypted',
  'sheet-macros',
  'sheet-external-links',
  'sheet-unpacks-too-large',
  'sheet-too-many-rows',
  'sheet-too-many-columns',
  'sheet-too-many-merges',
  'sheet-damaged',
  'sheet-empty',
  'sheet-too-costly',
] as const;

export const downloadTemplate = endpoint({
  ...market,
  method: 'get',
  path: '/import-templates/{kind}',
  summary: { zh: '下载导入模板', en: 'A template with headings, notes, code lists, one example' },
  access: { who: 'public' },
  params: z.strictObject({ kind: ImportKind }),
  query: byFormat,
  answer: z.string(),
  refusals: [],
  sends: 'file',
});

/** The body is the file. The same file of the same organisation is the same import. */
export const uploadSheet = endpoint({
  ...market,
  method: 'post',
  path: '/imports',
  summary: { zh: '上传表格并检查', en: 'Upload a spreadsheet and check it; nothing is imported' },
  access: OFFICER,
  needs: 'verified-organisation',
  query: z.strictObject({
    importId: Id,
    kind: ImportKind,
    name: z.string().trim().min(1).max(300),
  }),
  takes: 'bytes',
  answer: ImportView,
  refusals: [
    'id-reused',
    'not-trading',
    'too-large',
    'service-busy',
    'rate-limited',
    ...UNREADABLE,
  ],
});

export const listImports = endpoint({
  ...market,
  method: 'get',
  path: '/imports',
  summary: { zh: '本单位的导入', en: 'Imports of my organisation, newest first' },
  access: OFFICER,
  query: z.strictObject({
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: z.object({
    items: z.array(
      ImportView.pick({
        importId: true,
        kind: true,
        status: true,
        fileName: true,
        fileSha256: true,
        uploadedAt: true,
        counts: true,
        runs: true,
      }),
    ),
    next: Id.nullable(),
  }),
  refusals: [],
});

export const readImport = endpoint({
  ...market,
  method: 'get',
  path: '/imports/{importId}',
  summary: { zh: '一次导入', en: 'One import: columns, counts, groups of errors, runs' },
  access: OFFICER,
  params: byImport,
  answer: ImportView,
  refusals: [],
});

export const listImportRows = endpoint({
  ...market,
  method: 'get',
  path: '/imports/{importId}/rows',
  summary: { zh: '导入的各行', en: 'Rows of an import, a page at a time' },
  access: OFFICER,
  params: byImport,
  query: z.strictObject({
    state: RowState.optional(),
    field: FieldKey.optional(),
    rule: z.string().max(60).optional(),
    after: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(ImportRow), next: z.int().nullable() }),
  refusals: [],
});

const change = { ...market, method: 'post', access: OFFICER, params: byImport } as const;

/** 核对列: which row holds the headings, what each column is, and what becomes of the rows. */
export const setImportColumns = endpoint({
  ...change,
  path: '/imports/{importId}/columns',
  summary: { zh: '核对列', en: 'Say what each column is' },
  body: z.strictObject({
    version: Version,
    headingRow: z.int().min(1).max(HEADING_ROW_MAX),
    target: ImportTarget,
    /** Null: recognise the columns of that row anew. */
    columns: z
      .array(ImportColumn.omit({ heading: true }))
      .max(100)
      .nullable(),
  }),
  answer: ImportView,
  refusals: [...CHANGE_REFUSALS, 'import-column-twice'],
});

/** A fix of single cells, or of all rows alike: each by its own suggestion, or by one value. */
export const fixImport = endpoint({
  ...change,
  path: '/imports/{importId}/fixes',
  summary: { zh: '修正单元格', en: 'Fix cells, one by one or all alike' },
  body: z.strictObject({
    version: Version,
    fix: z.discriminatedUnion('what', [
      z.strictObject({
        what: z.literal('cells'),
        cells: z
          .array(
            z.strictObject({
              row: z.int().positive(),
              field: FieldKey,
              text: z.string().max(32_767),
            }),
          )
          .min(1)
          .max(200),
      }),
      z.strictObject({ what: z.literal('suggested'), field: FieldKey, rule: z.string().max(60) }),
      z.strictObject({
        what: z.literal('same-text'),
        field: FieldKey,
        rule: z.string().max(60),
        from: z.string().max(32_767),
        to: z.string().max(SAME_TEXT_MAX),
      }),
    ]),
  }),
  answer: ImportView,
  refusals: CHANGE_REFUSALS,
});

/** Imports exactly the rows that were shown: their number must be the one that the person saw. */
export const runImport = endpoint({
  ...change,
  needs: 'verified-organisation',
  path: '/imports/{importId}/runs',
  summary: { zh: '导入', en: 'Import the clean rows, in the background' },
  body: z.strictObject({
    runId: Id,
    version: Version,
    choice: RunChoice,
    rows: z.int().positive(),
  }),
  answer: ImportView,
  refusals: [...CHANGE_REFUSALS, 'id-reused', 'import-not-clean', 'import-columns-missing'],
});

export const discardImport = endpoint({
  ...change,
  path: '/imports/{importId}/discard',
  summary: { zh: '放弃', en: 'Discard what was not imported' },
  body: z.strictObject({ version: Version }),
  answer: ImportView,
  refusals: CHANGE_REFUSALS,
});

export const downloadAnnotated = endpoint({
  ...market,
  method: 'get',
  path: '/imports/{importId}/annotated',
  summary: { zh: '下载带错误列的表格', en: 'The sheet with marked cells and a column of errors' },
  access: OFFICER,
  params: byImport,
  query: byFormat,
  answer: z.string(),
  refusals: [],
  sends: 'file',
});

const exported = {
  ...market,
  method: 'get',
  access: { who: 'signed-in' },
  query: byFormat,
  answer: z.string(),
  refusals: ['not-trading'],
  sends: 'file',
} as const;

export const exportOwnListings = endpoint({
  ...exported,
  path: '/listings/mine/export',
  summary: { zh: '导出本单位的成果', en: 'Export my organisation’s listings' },
});

export const exportOwnNeeds = endpoint({
  ...exported,
  path: '/needs/mine/export',
  summary: { zh: '导出本单位的需求', en: 'Export my organisation’s needs' },
});

export const exportOwnContracts = endpoint({
  ...exported,
  path: '/contracts/mine/export',
  summary: { zh: '导出本单位的合同', en: 'Export my organisation’s contracts' },
});

export const IMPORT_ENDPOINTS = [
  downloadTemplate,
  uploadSheet,
  listImports,
  readImport,
  listImportRows,
  setImportColumns,
  fixImport,
  runImport,
  discardImport,
  downloadAnnotated,
  exportOwnListings,
  exportOwnNeeds,
  exportOwnContracts,
  ...PAPER_CONTRACT_ENDPOINTS,
];
