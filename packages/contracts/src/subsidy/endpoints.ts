import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { healthEndpoint } from '../health.ts';
import { Id } from '../ids.ts';
import { FenString } from '../money.ts';
import { LocalDate } from '../time.ts';
import { CaseLine, CaseStatus, CaseView } from './case.ts';
import { ClawbackLine, ClawbackStatus, ClawbackView } from './clawback.ts';
import {
  AuditLine,
  BatchCandidate,
  BudgetLine,
  NoticeLine,
  Queue,
  QueueCount,
  ReconciliationView,
} from './desk.ts';
import {
  BATCH_CASES_MAX,
  BankAnswerFile,
  BankAnswerInput,
  BankAnswerResult,
  BatchStatus,
  BatchView,
  BooksView,
  PayeeAccountInput,
  PayeeAccountView,
} from './payment.ts';
import { SchemeId, SchemeView, SubsidyRole } from './policy.ts';

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
    /** What is to be done with them; counted by `/case-queues`. */
    queue: Queue.optional(),
    scheme: SchemeId.optional(),
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    /** Cases on which the caller has acted. */
    mine: z.enum(['yes']).optional(),
    /** Part of the party's name, or the beginning of the registration number. */
    q: z.string().trim().min(1).max(100).optional(),
    order: z.enum(['oldest', 'newest']).default('oldest'),
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

/** Officers only; counts are of all cases that the caller may act on or look at. */
export const countQueues = endpoint({
  ...subsidy,
  method: 'get',
  path: '/case-queues',
  summary: { zh: '待办与各队列件数', en: 'How many cases wait in each queue' },
  access: { who: 'roles', roles: CASE_OFFICER_ROLES },
  answer: z.object({ items: z.array(QueueCount) }),
  refusals: [],
});

export const listNotices = endpoint({
  ...subsidy,
  method: 'get',
  path: '/notices',
  summary: {
    zh: '公示:拟补助名单与异议办法',
    en: 'Public notice of approved awards, and how to object',
  },
  access: { who: 'public' },
  query: z.strictObject({
    running: z.enum(['yes']).optional(),
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(NoticeLine), next: Id.nullable(), asOf: LocalDate }),
  refusals: [],
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

export const listClawbacks = endpoint({
  ...subsidy,
  method: 'get',
  path: '/clawbacks',
  summary: { zh: '追回案', en: 'Claims back: officers see all, a party its own; oldest first' },
  access: { who: 'signed-in' },
  query: z.strictObject({
    status: ClawbackStatus.optional(),
    caseId: Id.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...atLeast,
  }),
  answer: z.object({ items: z.array(ClawbackLine), next: Id.nullable() }),
  refusals: ['not-caught-up'],
});

const byClawback = z.strictObject({ clawbackId: Id });

export const readClawback = endpoint({
  ...subsidy,
  method: 'get',
  path: '/clawbacks/{clawbackId}',
  summary: { zh: '一件追回案', en: 'One claim with its reason, trace and repayments' },
  access: { who: 'signed-in' },
  params: byClawback,
  answer: ClawbackView,
  refusals: [],
});

const clawbackAct = {
  ...subsidy,
  method: 'post',
  access: { who: 'roles', roles: ['subsidy-officer'] },
  params: byClawback,
  answer: ClawbackView,
} as const;

const Reason = z.string().trim().min(2).max(500);

/** The amount is the ledger's and the rule's; the officer gives the reason. */
export const demandClawback = endpoint({
  ...clawbackAct,
  path: '/clawbacks/{clawbackId}/demand',
  summary: { zh: '提出追回', en: 'A subsidy officer demands the amount back' },
  body: Act.extend({ reason: Reason }),
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const approveClawback = endpoint({
  ...clawbackAct,
  path: '/clawbacks/{clawbackId}/approve',
  summary: { zh: '批准追回', en: 'A second officer approves the claim by its hash' },
  body: Act.extend({ contentHash: Hash }),
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'content-changed',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const returnClawback = endpoint({
  ...clawbackAct,
  path: '/clawbacks/{clawbackId}/return',
  summary: { zh: '退回追回', en: 'A second officer sends the demand back' },
  body: Act.extend({ reason: Reason }),
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

/** In one sum or in parts; never more than is left. Counts when another officer confirms it. */
export const enterRepayment = endpoint({
  ...clawbackAct,
  access: { who: 'roles', roles: ['finance-officer'] },
  path: '/clawbacks/{clawbackId}/repayments',
  summary: { zh: '登记退款', en: 'A finance officer enters a repayment by its bank reference' },
  body: Act.extend({
    amountFen: FenString.refine((text) => text !== '0', 'amount-fen'),
    receivedOn: LocalDate,
    bankReference: z
      .string()
      .trim()
      .min(4)
      .max(64)
      .regex(/[\p{L}\p{N}]/u),
  }),
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'repayment-above-claim',
    'repayment-date-in-future',
    'bank-reference-used',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

const repaymentAct = {
  ...clawbackAct,
  access: { who: 'roles', roles: ['finance-officer'] },
  params: byClawback.extend({ repaymentId: Id }),
} as const;

export const confirmRepayment = endpoint({
  ...repaymentAct,
  path: '/clawbacks/{clawbackId}/repayments/{repaymentId}/confirm',
  summary: { zh: '确认退款', en: 'Another finance officer confirms a repayment; it is booked now' },
  body: Act,
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

/** By whoever entered it or by another: nothing was booked, and the reference is free again. */
export const withdrawRepayment = endpoint({
  ...repaymentAct,
  path: '/clawbacks/{clawbackId}/repayments/{repaymentId}/withdraw',
  summary: { zh: '撤回退款登记', en: 'Take back a repayment that is not confirmed' },
  body: Act.extend({ reason: Reason }),
  refusals: [
    'id-reused',
    'version-conflict',
    'clawback-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const registerPayeeAccount = endpoint({
  ...subsidy,
  method: 'post',
  path: '/payee-accounts',
  needs: 'verified-organisation',
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

/** Approved awards that are in no batch, each with what stands in its way today. */
export const listBatchCandidates = endpoint({
  ...subsidy,
  method: 'get',
  path: '/batch-candidates',
  summary: { zh: '可编入批次的案件', en: 'Approved awards, ready for a batch or why not' },
  access: { who: 'roles', roles: ['finance-officer', 'auditor'] },
  query: z.strictObject({
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(BATCH_CASES_MAX).default(BATCH_CASES_MAX),
  }),
  answer: z.object({ items: z.array(BatchCandidate), next: Id.nullable() }),
  refusals: [],
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

/** The same answer as the bank's own file; read here, so that the page sends it as it came. */
export const enterBankAnswerFile = endpoint({
  ...financeAct,
  path: '/batches/{batchId}/bank-answer-file',
  summary: { zh: '上传银行回执文件', en: "Upload the bank's answer as a CSV file" },
  params: byBatch,
  body: BankAnswerFile,
  answer: BankAnswerResult,
  refusals: ['id-reused', 'batch-state', 'answer-file-not-read', 'conflict-of-interest'],
});

/**
 * Lines of the answer that say «failed», entered by another officer: confirmed, the awards may be
 * paid by a new batch; rejected, the instructions wait for the bank's answer again.
 */
export const settleFailedLines = endpoint({
  ...financeAct,
  path: '/batches/{batchId}/failed-lines',
  summary: {
    zh: '确认或退回未付成',
    en: 'Another finance officer confirms or rejects failed lines',
  },
  params: byBatch,
  body: Act.extend({ outcome: z.enum(['confirmed', 'rejected']) }),
  answer: BatchView,
  refusals: [
    'id-reused',
    'version-conflict',
    'batch-state',
    'duties-not-separated',
    'conflict-of-interest',
  ],
});

export const readReconciliation = endpoint({
  ...subsidy,
  method: 'get',
  path: '/reconciliation',
  summary: { zh: '银行对账', en: 'What was sent, what the bank says, what the books say' },
  access: { who: 'roles', roles: ['finance-officer', 'auditor'] },
  answer: ReconciliationView,
  refusals: [],
});

export const readBudget = endpoint({
  ...subsidy,
  method: 'get',
  path: '/budget',
  summary: { zh: '预算执行', en: 'The budget of each scheme and year, and where it is' },
  access: { who: 'roles', roles: CASE_OFFICER_ROLES },
  answer: z.object({ items: z.array(BudgetLine), asOf: LocalDate }),
  refusals: [],
});

export const listAudit = endpoint({
  ...subsidy,
  method: 'get',
  path: '/audit',
  summary: { zh: '操作留痕', en: 'Who did what, when, from what to what, and why; newest first' },
  access: { who: 'roles', roles: ['auditor'] },
  query: z.strictObject({
    subject: Id.optional(),
    userId: Id.optional(),
    act: z.string().max(40).optional(),
    from: LocalDate.optional(),
    /** Before this day. */
    until: LocalDate.optional(),
    after: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ items: z.array(AuditLine), next: z.string().nullable() }),
  refusals: [],
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
  countQueues,
  listNotices,
  decideCase,
  approveCase,
  returnCase,
  listClawbacks,
  readClawback,
  demandClawback,
  approveClawback,
  returnClawback,
  enterRepayment,
  confirmRepayment,
  withdrawRepayment,
  registerPayeeAccount,
  listPayeeAccounts,
  createBatch,
  listBatchCandidates,
  listBatches,
  readBatch,
  approveBatch,
  cancelBatch,
  downloadBatchFile,
  enterBankAnswer,
  enterBankAnswerFile,
  settleFailedLines,
  readReconciliation,
  readBudget,
  listAudit,
  readBooks,
];
