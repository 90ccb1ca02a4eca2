import { z } from '@hono/zod-openapi';
import { endpoint, NoBody, Nothing } from '../endpoint.ts';
import { Id } from '../ids.ts';
import { LogHead } from './envelope.ts';
import { Act, ChangeInput, ReasonedAct, ReversalInput, Written } from './registration.ts';
import { RegistrationReason, RegistrationRulesView } from './registration-rules.ts';
import {
  CaseClaim,
  HistoryLine,
  QueuePage,
  QueueQuery,
  RegisteredPage,
  RegisteredQuery,
  RegistrationChecks,
  RegistrationVersion,
} from './registry.ts';
import {
  DeskReceiptsPage,
  DeskReceiptsQuery,
  ListInput,
  RegisteredListDetail,
  RegisteredListView,
} from './registry-lists.ts';

const ledger = { service: 'ledger', params: Nothing, query: Nothing, body: NoBody } as const;
const desk = {
  ...ledger,
  access: { who: 'roles', roles: ['registrar', 'senior-registrar'] },
} as const;
/** Reading alone; the auditor reads what the desk has done. */
const records = {
  ...ledger,
  access: { who: 'roles', roles: ['registrar', 'senior-registrar', 'auditor'] },
} as const;
const senior = { ...ledger, access: { who: 'roles', roles: ['senior-registrar'] } } as const;
const byContract = z.strictObject({ contractId: Id });
const byChange = z.strictObject({ contractId: Id, changeId: Id });
const byList = z.strictObject({ listId: Id });
const waiting = z.strictObject({ atLeast: z.coerce.number().int().nonnegative().optional() });

export const readRegistrationRules = endpoint({
  ...ledger,
  method: 'get',
  path: '/registration-rules',
  summary: { zh: '登记规则与来源', en: 'Registration rules: values, dates, status, sources' },
  access: { who: 'public' },
  answer: RegistrationRulesView,
  refusals: [],
});

export const readRegistrationReasons = endpoint({
  ...ledger,
  method: 'get',
  path: '/registration-reasons',
  summary: { zh: '退回、不予登记等的理由', en: 'Reasons for returning, refusing and changing' },
  access: { who: 'public' },
  answer: z.object({ items: z.array(RegistrationReason) }),
  refusals: [],
});

/** By due day, the oldest clock first. */
export const listRegistrationQueue = endpoint({
  ...desk,
  method: 'get',
  path: '/registration-queue',
  summary: { zh: '审核队列', en: 'The desk queue, oldest clock first' },
  query: QueueQuery,
  answer: QueuePage,
  refusals: ['not-caught-up', 'invalid-input'],
});

export const claimRegistration = endpoint({
  ...desk,
  method: 'post',
  path: '/registrations/{contractId}/claim',
  summary: { zh: '领取案件', en: 'Take a case, so that the others see it' },
  params: byContract,
  body: z.strictObject({ commandId: Id }),
  answer: z.object({ contractId: Id, claim: CaseClaim.nullable() }),
  refusals: ['case-claimed', 'registration-state'],
});

/** By who has it, or by a senior registrar. */
export const releaseRegistration = endpoint({
  ...desk,
  method: 'post',
  path: '/registrations/{contractId}/release',
  summary: { zh: '放回案件', en: 'Put a case back' },
  params: byContract,
  body: z.strictObject({ commandId: Id }),
  answer: z.object({ contractId: Id, claim: CaseClaim.nullable() }),
  refusals: ['case-claimed'],
});

export const readRegistrationChecks = endpoint({
  ...desk,
  method: 'get',
  path: '/registrations/{contractId}/checks',
  summary: { zh: '系统核查', en: 'What the system checked' },
  params: byContract,
  query: waiting,
  answer: RegistrationChecks,
  refusals: ['not-caught-up'],
});

export const readRegistrationHistory = endpoint({
  ...ledger,
  method: 'get',
  path: '/registrations/{contractId}/history',
  summary: { zh: '办理过程', en: 'Every act, for the desk and the parties' },
  access: { who: 'signed-in' },
  params: byContract,
  query: waiting,
  answer: z.object({ items: z.array(HistoryLine) }),
  refusals: ['not-caught-up'],
});

/** 变更前后: for the desk, the auditor and the parties. */
export const readRegistrationVersions = endpoint({
  ...ledger,
  method: 'get',
  path: '/registrations/{contractId}/versions',
  summary: { zh: '登记内容的各个版本', en: 'The facts as registered and as amended' },
  access: { who: 'signed-in' },
  params: byContract,
  query: waiting,
  answer: z.object({ items: z.array(RegistrationVersion) }),
  refusals: ['not-caught-up'],
});

/** Of all contracts, the longest waiting first. */
export const listReceipts = endpoint({
  ...records,
  method: 'get',
  path: '/receipts',
  summary: { zh: '到账核验队列', en: 'Receipts by state, for the desk' },
  query: DeskReceiptsQuery,
  answer: DeskReceiptsPage,
  refusals: ['not-caught-up', 'invalid-input'],
});

export const proposeChange = endpoint({
  ...desk,
  method: 'post',
  path: '/registrations/{contractId}/changes',
  summary: { zh: '提出变更、注销或撤销', en: 'Propose to amend, deregister or revoke' },
  params: byContract,
  body: ChangeInput,
  answer: Written,
  refusals: [
    'version-conflict',
    'id-reused',
    'registration-state',
    'duties-not-separated',
    'change-pending',
    'parties-changed',
    'not-registrant',
    'technology-value-above-contract-value',
    'receipts-above-amended-value',
  ],
});

export const proposeReceiptReversal = endpoint({
  ...desk,
  method: 'post',
  path: '/registrations/{contractId}/receipts/{receiptId}/reversal',
  summary: { zh: '提出撤回到账', en: 'Propose to reverse a receipt' },
  params: z.strictObject({ contractId: Id, receiptId: Id }),
  body: ReversalInput,
  answer: Written,
  refusals: [
    'version-conflict',
    'id-reused',
    'registration-state',
    'receipt-state',
    'duties-not-separated',
    'change-pending',
  ],
});

const DECIDED = [
  'version-conflict',
  'id-reused',
  'registration-state',
  'change-state',
  'duties-not-separated',
] as const;

/** By a senior registrar who neither proposed it nor took part in the registration. */
export const confirmChange = endpoint({
  ...senior,
  method: 'post',
  path: '/registrations/{contractId}/changes/{changeId}/confirm',
  summary: { zh: '核准变更', en: 'Confirm a proposed change' },
  params: byChange,
  body: Act,
  answer: Written,
  refusals: [
    ...DECIDED,
    'proposal-expired',
    'receipts-above-amended-value',
    'contract-text-used',
    'receipt-state',
  ],
});

export const rejectChange = endpoint({
  ...senior,
  method: 'post',
  path: '/registrations/{contractId}/changes/{changeId}/reject',
  summary: { zh: '驳回变更', en: 'Reject a proposed change' },
  params: byChange,
  body: ReasonedAct,
  answer: Written,
  refusals: DECIDED,
});

/** By the proposer alone. */
export const withdrawChange = endpoint({
  ...desk,
  method: 'post',
  path: '/registrations/{contractId}/changes/{changeId}/withdraw',
  summary: { zh: '收回提议', en: "Take back one's own proposal" },
  params: byChange,
  body: ReasonedAct,
  answer: Written,
  refusals: DECIDED,
});

/** By registration number, the newest first. */
export const searchRegistered = endpoint({
  ...records,
  method: 'get',
  path: '/registered-contracts',
  summary: { zh: '已登记合同检索', en: 'Search the registered contracts' },
  query: RegisteredQuery,
  answer: RegisteredPage,
  refusals: ['not-caught-up', 'invalid-input'],
});

export const issueRegisteredList = endpoint({
  ...desk,
  method: 'post',
  path: '/registered-lists',
  summary: { zh: '生成登记清单', en: 'Make a list of registered contracts' },
  body: ListInput,
  answer: z.object({ listId: Id, seq: z.int() }),
  refusals: [
    'id-reused',
    'list-mixes-threshold',
    'list-contract-not-registered',
    'not-caught-up',
    'invalid-input',
  ],
});

export const listRegisteredLists = endpoint({
  ...records,
  method: 'get',
  path: '/registered-lists',
  summary: { zh: '登记清单', en: 'Lists, the newest first' },
  query: z.strictObject({
    /** Only those that hold this contract. */
    contractId: Id.optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    ...waiting.shape,
  }),
  answer: z.object({
    items: z.array(RegisteredListView),
    next: Id.nullable(),
    head: LogHead,
  }),
  refusals: ['not-caught-up'],
});

export const readRegisteredList = endpoint({
  ...records,
  method: 'get',
  path: '/registered-lists/{listId}',
  summary: { zh: '一份登记清单', en: 'One list' },
  params: byList,
  query: waiting,
  answer: RegisteredListDetail,
  refusals: ['not-caught-up'],
});

export const REGISTRY_ENDPOINTS = [
  readRegistrationRules,
  readRegistrationReasons,
  listRegistrationQueue,
  claimRegistration,
  releaseRegistration,
  readRegistrationChecks,
  readRegistrationHistory,
  readRegistrationVersions,
  listReceipts,
  proposeChange,
  proposeReceiptReversal,
  confirmChange,
  rejectChange,
  withdrawChange,
  searchRegistered,
  issueRegisteredList,
  listRegisteredLists,
  readRegisteredList,
];
