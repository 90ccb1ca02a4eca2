import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { healthEndpoint } from '../health.ts';
import { Id } from '../ids.ts';
import { CaseLine, CaseStatus, CaseView } from './case.ts';
import {
  BATCH_CASES_MAX,
  BankAnswerInput,
  BankAnswerResult,
  BatchStatus,
  BatchView,
  BooksView,
  PayeeAccountInput,
  PayeeAccountView,
} from './payment.ts';
import { SchemeView, SubsidyRole } from './policy.ts';

const subsidy = { service: 'subsidy', params: Nothing, query: Nothing, body: NoBody } as const;
const byCase = z.strictObject({ caseId: Id });
const byBatch = z.strictObject({ batchId: Id });
/** A read may wait (2 s, then 503) until the cases have reached a sequence of the ledger. */
const atLeast = { atLeast: z.coerce.number().int().nonnegative().optional() };
const Act = z.strictObject({ commandId: Id, version: z.int().nonnegative() });
const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Officers who see every case; anybody else sees the cases of the own party only. */
export const CASE_OFFICER_ROLES = ['subsidy-officer', 'finance-officer', 'auditor'] as const;

export const readHealth = healthEndpoint('subsidy');

export const listSchemes = endpoint({
  ...subsidy,
  method: 'get',
  path: '/schemes',
  summary: {
    zh: '补助政策:条款、参数、来源与状态',
    en: 'Schemes: rules and parameters with their sources and how well each is known',
  },
  access: { who: 'public' },
  answer: z.object({ items: z.array(SchemeView) }),
  refusals: [],
});

export const listCases = endpoint({
  ...subsidy,
  method: 'get',
  path: '/cases',
  summary: { zh: '补助案件', en: 'Cases: officers see all, a party its own; oldest first' },
  access: { who: 'signed-in' },
  query: z.strictObject({
    status: CaseStatus.optional(),
    role: SubsidyRole.optional(),
    contractId: Id.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...atLeast,
  }),
  answer: z.object({ items: z.array(CaseLine), next: Id.nullable() }),
  refusals: ['not-caught-up'],
});

export const readCase = endpoint({
  ...subsidy,
  method: 'get',
  path: '/cases/{caseId}',
  summary: { zh: '一件补助案件', en: 'One case with its decision, trace and payment' },
  access: { who: 'signed-in' },
  params: byCase,
  query: z.strictObject(atLeast),
  answer: CaseView,
  refusals: ['not-caught-up'],
});

const officerAct = {
  ...subsidy,
  method: 'post',
  access: { who: 'roles', roles: ['subsidy-officer'] },
  params: byCase,
  answer: CaseView,
} as const;

/** Computes; the officer enters nothing. The answer says why, whatever the outcome. */
export const decideCase = endpoint({
  ...officerAct,
  path: '/cases/{caseId}/decide',
  summary: { zh: '核定', en: 'Decide a case: computed from policy, ledger and cap' },
  body: Act,
  refusals: [
    'id-reused',
    'version-conflict',
    'case-state',
    'case-incomplete',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const approveCase = endpoint({
  ...officerAct,
  path: '/cases/{caseId}/approve',
  summary: { zh: '复核通过', en: 'A second officer approves the decision by its hash' },
  body: Act.extend({ contentHash: Hash }),
  refusals: [
    'id-reused',
    'version-conflict',
    'case-state',
    'content-changed',
    'budget-exhausted',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const returnCase = endpoint({
  ...officerAct,
  path: '/cases/{caseId}/return',
  summary: { zh: '复核退回', en: 'A second officer sends the decision back; its cap is freed' },
  body: Act.extend({ reason: z.string().trim().min(2).max(500) }),
  refusals: [
    'id-reused',
    'version-conflict',
    'case-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const registerPayeeAccount = endpoint({
  ...subsidy,
  method: 'post',
  path: '/payee-accounts',
  summary: { zh: '登记收款账户', en: 'A party registers the account it is paid to' },
  access: { who: 'signed-in' },
  body: PayeeAccountInput,
  answer: PayeeAccountView,
  refusals: ['id-reused', 'role-missing'],
});

/** Newest first; the last that is already effective is the one used. */
export const listPayeeAccounts = endpoint({
  ...subsidy,
  method: 'get',
  path: '/payee-accounts',
  summary: { zh: '本单位收款账户', en: "The caller's own accounts, numbers masked" },
  access: { who: 'signed-in' },
  answer: z.object({ items: z.array(PayeeAccountView) }),
  refusals: [],
});

const financeAct = {
  ...subsidy,
  method: 'post',
  access: { who: 'roles', roles: ['finance-officer'] },
  answer: BatchView,
} as const;

export const createBatch = endpoint({
  ...financeAct,
  path: '/batches',
  summary: { zh: '编制支付批次', en: 'Put approved cases into a payment batch' },
  body: z.strictObject({
    commandId: Id,
    batchId: Id,
    caseIds: z.array(Id).min(1).max(BATCH_CASES_MAX),
  }),
  refusals: [
    'id-reused',
    'case-state',
    'notice-running',
    'payee-account-missing',
    'payee-name-differs',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const listBatches = endpoint({
  ...subsidy,
  method: 'get',
  path: '/batches',
  summary: { zh: '支付批次', en: 'Payment batches, newest first' },
  access: { who: 'roles', roles: ['finance-officer', 'auditor'] },
  query: z.strictObject({
    status: BatchStatus.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  answer: z.object({ items: z.array(BatchView) }),
  refusals: [],
});

export const readBatch = endpoint({
  ...subsidy,
  method: 'get',
  path: '/batches/{batchId}',
  summary: { zh: '一个支付批次', en: 'One payment batch' },
  access: { who: 'roles', roles: ['finance-officer', 'auditor'] },
  params: byBatch,
  answer: BatchView,
  refusals: [],
});

export const approveBatch = endpoint({
  ...financeAct,
  path: '/batches/{batchId}/approve',
  summary: { zh: '批准支付', en: 'A second finance officer approves the file by its hash' },
  params: byBatch,
  body: Act.extend({ fileHash: Hash }),
  refusals: [
    'id-reused',
    'version-conflict',
    'batch-state',
    'content-changed',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const cancelBatch = endpoint({
  ...financeAct,
  path: '/batches/{batchId}/cancel',
  summary: { zh: '撤销未批准的批次', en: 'Cancel a batch that is not approved yet' },
  params: byBatch,
  body: Act,
  refusals: ['id-reused', 'version-conflict', 'batch-state'],
});

/** CSV in UTF-8 with BOM; its SHA-256 is the batch's `fileHash`. Only after approval. */
export const downloadBatchFile = endpoint({
  ...subsidy,
  method: 'get',
  path: '/batches/{batchId}/file',
  summary: { zh: '下载支付文件', en: 'The payment file; each download is in the audit trail' },
  access: { who: 'roles', roles: ['finance-officer'] },
  params: byBatch,
  answer: z.string(),
  refusals: ['batch-state'],
  sends: 'file',
});

export const enterBankAnswer = endpoint({
  ...financeAct,
  path: '/batches/{batchId}/bank-answer',
  summary: { zh: '录入银行回执', en: "Enter the bank's answer: all lines match, or none counts" },
  params: byBatch,
  body: BankAnswerInput,
  answer: BankAnswerResult,
  refusals: ['id-reused', 'batch-state', 'conflict-of-interest'],
});

export const readBooks = endpoint({
  ...subsidy,
  method: 'get',
  path: '/books/balance',
  summary: { zh: '账目平衡检查', en: 'Balances of the books, added up again from the postings' },
  access: { who: 'roles', roles: ['auditor', 'finance-officer'] },
  answer: BooksView,
  refusals: [],
});

export const SUBSIDY_ENDPOINTS = [
  readHealth,
  listSchemes,
  listCases,
  readCase,
  decideCase,
  approveCase,
  returnCase,
  registerPayeeAccount,
  listPayeeAccounts,
  createBatch,
  listBatches,
  readBatch,
  approveBatch,
  cancelBatch,
  downloadBatchFile,
  enterBankAnswer,
  readBooks,
];
