import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { Instant, LocalDate } from '../time.ts';

/** What a file of a contract is. All but the evidence of a receipt go to the registration. */
export const FileKind = z.enum([
  'contract-text',
  'ip-proof',
  'commitment',
  'authorisation',
  'approval',
  'broker-agreement',
  'receipt-evidence',
  'other',
]);
export type FileKind = z.infer<typeof FileKind>;

export const FILE_BYTES_MAX = 10 * 1024 * 1024;
export const FILES_PER_CONTRACT_MAX = 50;

/** What a file is by its content; what it is called decides nothing. */
export const FILE_TYPES = {
  'application/pdf': { extension: 'pdf', zh: 'PDF', en: 'PDF' },
  'image/png': { extension: 'png', zh: 'PNG 图片', en: 'PNG image' },
  'image/jpeg': { extension: 'jpg', zh: 'JPEG 图片', en: 'JPEG image' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    extension: 'docx',
    zh: 'Word 文档',
    en: 'Word document',
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    extension: 'xlsx',
    zh: 'Excel 表格',
    en: 'Excel workbook',
  },
  'application/ofd': { extension: 'ofd', zh: 'OFD 版式文件', en: 'OFD document' },
} as const;
export type FileType = keyof typeof FILE_TYPES;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const ContractFile = z
  .strictObject({
    fileId: Id,
    kind: FileKind,
    name: z.string(),
    mediaType: z.string(),
    size: z.int().positive(),
    sha256: Sha256,
    addedBy: z.enum(['seller', 'buyer', 'broker']),
    addedAt: Instant,
    /** Whether the registration has been told of it; then it stays. */
    submitted: z.boolean(),
  })
  .openapi('ContractFile');
export type ContractFile = z.infer<typeof ContractFile>;

const market = { service: 'market', params: Nothing, query: Nothing, body: NoBody } as const;
const byContract = z.strictObject({ contractId: Id });
const byFile = z.strictObject({ contractId: Id, fileId: Id });
const DESK = ['registrar', 'senior-registrar', 'auditor'] as const;
const TRADERS = ['listing-officer', 'buyer', 'broker'] as const;

/** The body is the file itself. The same file again for the same purpose is not kept twice. */
export const addContractFile = endpoint({
  ...market,
  method: 'post',
  path: '/contracts/{contractId}/files',
  summary: { zh: '上传合同材料', en: 'Add a file to a contract; at most 10 MB' },
  access: { who: 'roles', roles: TRADERS },
  params: byContract,
  query: z.strictObject({
    fileId: Id,
    kind: FileKind,
    name: z.string().trim().min(1, 'file-name').max(300),
  }),
  answer: ContractFile,
  refusals: [
    'id-reused',
    'contract-state',
    'too-large',
    'media-type-unsupported',
    'file-quota-reached',
  ],
  takes: 'bytes',
});

/** Only by the side that brought it, and only while the registration has not been told of it. */
export const removeContractFile = endpoint({
  ...market,
  method: 'delete',
  path: '/contracts/{contractId}/files/{fileId}',
  summary: { zh: '移除尚未提交的材料', en: 'Remove a file that was not submitted yet' },
  access: { who: 'roles', roles: TRADERS },
  params: byFile,
  answer: z.object({ fileId: Id }),
  refusals: ['contract-state'],
});

/** Always as an attachment. What an officer reads is written to the audit trail. */
export const readContractFile = endpoint({
  ...market,
  method: 'get',
  path: '/contracts/{contractId}/files/{fileId}',
  summary: { zh: '下载合同材料', en: 'Download a file of a contract' },
  access: { who: 'signed-in' },
  params: byFile,
  answer: z.string(),
  refusals: [],
  sends: 'file',
});

/** What the desk of the registration reads beside the ledger's own record. */
export const ContractPapers = z
  .strictObject({
    contractId: Id,
    /** Signed here, signed on paper and imported, or not known here at all. */
    source: z.enum(['market', 'paper', 'elsewhere']),
    /** Null for what was not signed here. */
    text: z.string().nullable(),
    contractTextHash: Sha256.nullable(),
    signedOn: LocalDate.nullable(),
    signatures: z.array(
      z.strictObject({ side: z.enum(['seller', 'buyer']), signedAt: Instant, userId: Id }),
    ),
    files: z.array(ContractFile),
  })
  .openapi('ContractPapers');
export type ContractPapers = z.infer<typeof ContractPapers>;

export const readContractPapers = endpoint({
  ...market,
  method: 'get',
  path: '/contracts/{contractId}/papers',
  summary: {
    zh: '合同文本、签署记录与材料(登记用)',
    en: 'Text, signatures and files of a contract, for the registration; also when it has none',
  },
  access: { who: 'roles', roles: DESK },
  params: byContract,
  answer: ContractPapers,
  refusals: [],
});

export const FILE_ENDPOINTS = [
  addContractFile,
  removeContractFile,
  readContractFile,
  readContractPapers,
];
