import { z } from '@hono/zod-openapi';

/** What sort of answer a problem is; only the runtime turns a kind into an HTTP status. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'reused'
  | 'refused'
  | 'too-large'
  | 'unsupported'
  | 'limited'
  | 'busy'
  | 'misdirected'
  | 'fault';

interface ProblemEntry {
  readonly kind: ProblemKind;
  readonly zh: string;
  readonly en: string;
}

/**
 * The closed table of problem types. Each has a section in docs/problems.md. A type is never
 * renamed or given another meaning: programs depend on it. Services add their rows here.
 */
export const PROBLEMS = {
  'invalid-input': { kind: 'invalid', zh: '输入有误', en: 'The input is not valid' },
  'not-signed-in': { kind: 'unauthenticated', zh: '未登录', en: 'Not signed in' },
  'token-not-valid': {
    kind: 'unauthenticated',
    zh: '令牌无效或已过期',
    en: 'The token is not valid or has expired',
  },
  'role-missing': { kind: 'forbidden', zh: '没有此项权限', en: 'Your roles do not allow this' },
  'duties-not-separated': {
    kind: 'forbidden',
    zh: '同一人不得经办两个环节',
    en: 'The same person may not do both steps',
  },
  'not-found': { kind: 'missing', zh: '没有找到,或无权查看', en: 'Not found, or not yours to see' },
  'version-conflict': {
    kind: 'conflict',
    zh: '记录已被他人修改',
    en: 'The record has changed meanwhile',
  },
  'id-reused': {
    kind: 'reused',
    zh: '该编号已用于其他内容',
    en: 'This id was used with other content',
  },
  'too-large': { kind: 'too-large', zh: '内容过大', en: 'The content is too large' },
  'media-type-unsupported': {
    kind: 'unsupported',
    zh: '不支持的内容类型',
    en: 'Unsupported content type',
  },
  'rate-limited': { kind: 'limited', zh: '请求过于频繁', en: 'Too many requests' },
  'not-caught-up': {
    kind: 'busy',
    zh: '数据尚未追上该序号',
    en: 'The view has not caught up with that sequence yet',
  },
  'service-busy': {
    kind: 'busy',
    zh: '服务繁忙,请稍后重试',
    en: 'The service is busy; try again shortly',
  },
  'history-first': {
    kind: 'busy',
    zh: '演示历史正在写入,写完即可办理',
    en: 'The demo history is being written; acts are taken as soon as it is there',
  },
  'origin-not-allowed': {
    kind: 'forbidden',
    zh: '请求来源不被允许',
    en: 'The origin of the request is not allowed',
  },
  'host-not-known': {
    kind: 'misdirected',
    zh: '此地址不属于本站',
    en: 'This address is not one of this installation',
  },
  'internal-fault': { kind: 'fault', zh: '系统故障', en: 'Internal fault' },
  // ledger
  'registration-state': {
    kind: 'refused',
    zh: '当前状态不允许此操作',
    en: 'The state of the registration does not allow this',
  },
  'technology-value-above-contract-value': {
    kind: 'refused',
    zh: '技术交易额不得大于成交额',
    en: 'The technology value may not exceed the contract value',
  },
  'not-registrant': {
    kind: 'refused',
    zh: '登记主体不是本市卖方(或进口合同的境内买方)',
    en: 'The registrant is not a seller of this city (or the domestic buyer of an import)',
  },
  'evidence-used': {
    kind: 'refused',
    zh: '该到账凭证已使用',
    en: 'This evidence of payment was already used',
  },
  'contract-text-used': {
    kind: 'refused',
    zh: '该合同文本已提交登记',
    en: 'This contract text was already submitted for registration',
  },
  'receipt-above-technology-value': {
    kind: 'refused',
    zh: '累计到账超过技术交易额',
    en: 'Receipts would exceed the technology value',
  },
  'receipt-state': {
    kind: 'refused',
    zh: '到账记录的状态不允许此操作',
    en: 'The state of the receipt does not allow this',
  },
  'parties-changed': {
    kind: 'refused',
    zh: '补正和变更不得更换买方或卖方',
    en: 'Supplements and amendments may not exchange seller or buyer',
  },
  'change-pending': {
    kind: 'refused',
    zh: '该合同已有一项变更等待核准',
    en: 'A change of this contract already waits for confirmation',
  },
  'change-state': {
    kind: 'refused',
    zh: '没有这项待核准的变更',
    en: 'No such change waits for confirmation',
  },
  'proposal-expired': {
    kind: 'refused',
    zh: '该提议已过核准期限',
    en: 'The proposal is too old to be confirmed',
  },
  'receipts-above-amended-value': {
    kind: 'refused',
    zh: '已登记的到账超过变更后的技术交易额',
    en: 'The receipts exceed the technology value as amended',
  },
  'case-claimed': {
    kind: 'conflict',
    zh: '该案件已由他人领取',
    en: 'Somebody else has taken this case',
  },
  'list-mixes-threshold': {
    kind: 'refused',
    zh: '同一清单不得混列500万元以上与以下的合同',
    en: 'One list may not mix contracts at or over ¥5 million with smaller ones',
  },
  'list-contract-not-registered': {
    kind: 'refused',
    zh: '清单只能列入处于已登记状态的合同',
    en: 'A list takes contracts that stand registered only',
  },
  'listing-state': {
    kind: 'refused',
    zh: '挂出记录的状态不允许此操作',
    en: 'The state of the listing does not allow this',
  },
  'as-of-beyond-head': {
    kind: 'refused',
    zh: '所求时点晚于账本最新位置',
    en: 'The as-of lies beyond the head of the log',
  },
  'log-not-signed': {
    kind: 'busy',
    zh: '账本头尚未签名,或签名已停止',
    en: 'That head of the log is not signed: not yet, or signing has stopped',
  },
  'as-of-not-public': {
    kind: 'forbidden',
    zh: '该时点不对公众开放',
    en: 'That as-of is not open to the public',
  },
  'period-not-ended': {
    kind: 'refused',
    zh: '该月在账本上尚未结束',
    en: 'By the log that month is not over yet',
  },
  'period-without-contracts': {
    kind: 'missing',
    zh: '该月没有登记合同',
    en: 'No contract was registered in that month',
  },
  'already-prepared': {
    kind: 'conflict',
    zh: '该月已有一份待确认的发布',
    en: 'A publication of that month already awaits confirmation',
  },
  'nothing-changed': {
    kind: 'refused',
    zh: '与上次发布相比没有可公布的变动',
    en: 'Nothing that may be shown has changed since the last publication',
  },
  'approval-expired': {
    kind: 'refused',
    zh: '待确认的内容已过期,请重新准备',
    en: 'What awaited confirmation has expired; prepare it again',
  },
  'publication-state': {
    kind: 'refused',
    zh: '该发布的状态不允许此操作',
    en: 'The state of the publication does not allow this',
  },
  // market
  'sign-in-failed': {
    kind: 'unauthenticated',
    zh: '邮箱或密码不正确',
    en: 'The e-mail or the password is not right',
  },
  'password-too-common': {
    kind: 'refused',
    zh: '密码过于常见,或含有本系统、本单位的名称',
    en: 'The password is too common or contains a name of this system or of the person',
  },
  'account-suspended': {
    kind: 'forbidden',
    zh: '账户已停用',
    en: 'The account is suspended',
  },
  'membership-pending': {
    kind: 'forbidden',
    zh: '加入单位的申请尚待批准',
    en: 'The membership of the organisation awaits approval',
  },
  'membership-state': {
    kind: 'refused',
    zh: '成员资格的状态不允许此操作',
    en: 'The state of the membership does not allow this',
  },
  'role-grant-state': {
    kind: 'refused',
    zh: '角色授予的状态不允许此操作',
    en: 'The state of the role grant does not allow this',
  },
  'organisation-not-verified': {
    kind: 'forbidden',
    zh: '本单位的身份尚未核实',
    en: 'Who stands behind your organisation has not been checked yet',
  },
  'organisation-state': {
    kind: 'refused',
    zh: '单位核实的状态不允许此操作',
    en: 'The state of the check of this organisation does not allow this',
  },
  'session-required': {
    kind: 'unauthenticated',
    zh: '此操作需要登录会话,令牌不能换取令牌',
    en: 'This needs a sign-in session; a token cannot make tokens',
  },
  // market: listings, negotiations, contracts
  'not-trading': {
    kind: 'forbidden',
    zh: '本单位没有交易主体身份',
    en: 'Your organisation is not a party that trades',
  },
  'listing-incomplete': {
    kind: 'refused',
    zh: '必填内容不全,不能提交审核',
    en: 'Something that a review needs is missing',
  },
  'own-record': {
    kind: 'refused',
    zh: '不能与本单位自己洽谈',
    en: 'An organisation does not negotiate with itself',
  },
  'negotiation-state': {
    kind: 'refused',
    zh: '洽谈的状态不允许此操作',
    en: 'The state of the negotiation does not allow this',
  },
  'own-offer': {
    kind: 'refused',
    zh: '不能接受或拒绝本方的报价',
    en: "One's own offer is not one's own to accept or reject",
  },
  'offer-not-open': {
    kind: 'conflict',
    zh: '该报价已失效',
    en: 'That offer is no longer open',
  },
  'broker-not-third-party': {
    kind: 'refused',
    zh: '中介方应为已登记的第三方单位',
    en: 'A broker is a known organisation other than the two sides',
  },
  'broker-not-confirmed': {
    kind: 'refused',
    zh: '中介方尚未确认',
    en: 'The broker has not confirmed yet',
  },
  'price-notice-state': {
    kind: 'refused',
    zh: '公示的状态不允许此操作',
    en: 'The state of the price notice does not allow this',
  },
  'contract-state': {
    kind: 'refused',
    zh: '合同的状态不允许此操作',
    en: 'The state of the contract does not allow this',
  },
  'contract-text-changed': {
    kind: 'conflict',
    zh: '所签文本与现行文本不一致',
    en: 'The text to be signed is not the text as it stands',
  },
  'file-quota-reached': {
    kind: 'refused',
    zh: '材料数量或总容量已达上限',
    en: 'There is no room for another file',
  },
  'not-returned': {
    kind: 'refused',
    zh: '该合同的登记没有退回补正,不能重新提交',
    en: 'The registration was not returned, so nothing is to be submitted again',
  },
  // market: spreadsheets
  'sheet-not-a-spreadsheet': {
    kind: 'unsupported',
    zh: '不是可读的表格文件',
    en: 'Not a spreadsheet that can be read',
  },
  'sheet-old-format': {
    kind: 'unsupported',
    zh: '旧版或二进制的表格格式',
    en: 'An old or binary spreadsheet format',
  },
  'sheet-encrypted': {
    kind: 'unsupported',
    zh: '表格设有打开密码',
    en: 'The spreadsheet is encrypted',
  },
  'sheet-macros': { kind: 'unsupported', zh: '表格含有宏', en: 'The spreadsheet holds macros' },
  'sheet-external-links': {
    kind: 'unsupported',
    zh: '表格链接到其他文件',
    en: 'The spreadsheet links to other files',
  },
  'sheet-unpacks-too-large': {
    kind: 'too-large',
    zh: '表格解压后过大',
    en: 'The spreadsheet unpacks to too much',
  },
  'sheet-too-many-rows': {
    kind: 'too-large',
    zh: '表格行数过多',
    en: 'The spreadsheet has too many rows',
  },
  'sheet-too-many-columns': {
    kind: 'too-large',
    zh: '表格列数过多',
    en: 'The spreadsheet has too many columns',
  },
  'sheet-too-many-merges': {
    kind: 'too-large',
    zh: '合并单元格过多或互相重叠',
    en: 'Too many merged cells, or merged areas over one another',
  },
  'sheet-damaged': { kind: 'unsupported', zh: '表格已损坏', en: 'The spreadsheet is damaged' },
  'sheet-empty': { kind: 'refused', zh: '表格是空的', en: 'The spreadsheet is empty' },
  'sheet-too-costly': {
    kind: 'refused',
    zh: '表格处理超时或占用过大',
    en: 'Reading the spreadsheet took too much',
  },
  'import-state': {
    kind: 'refused',
    zh: '导入的状态不允许此操作',
    en: 'The state of the import does not allow this',
  },
  'import-column-twice': {
    kind: 'refused',
    zh: '同一内容对应了两列',
    en: 'Two columns are taken for the same',
  },
  'import-columns-missing': {
    kind: 'refused',
    zh: '缺少必填的列',
    en: 'A required column is missing',
  },
  'import-not-clean': { kind: 'refused', zh: '尚有错误,不能全部导入', en: 'There are errors left' },
  // subsidy
  'case-state': {
    kind: 'refused',
    zh: '案件状态不允许此操作',
    en: 'The state of the case does not allow this',
  },
  'case-incomplete': {
    kind: 'refused',
    zh: '资料不全,尚不能核定',
    en: 'Something is missing to decide the case',
  },
  'conflict-of-interest': {
    kind: 'forbidden',
    zh: '与本案有利害关系,应当回避',
    en: 'Your organisation has an interest in this; another officer must act',
  },
  'content-changed': {
    kind: 'conflict',
    zh: '内容与所示不一致,请重新查看',
    en: 'The content is not the one that was shown; look again',
  },
  'budget-exhausted': {
    kind: 'refused',
    zh: '年度预算余额不足',
    en: "The year's budget does not cover this award",
  },
  'notice-running': {
    kind: 'refused',
    zh: '公示期未满',
    en: 'The public notice is still running',
  },
  'payee-account-missing': {
    kind: 'refused',
    zh: '收款方尚未登记可用账户',
    en: 'The payee has no account that may be used yet',
  },
  'payee-name-differs': {
    kind: 'refused',
    zh: '收款户名与合同当事人名称不一致',
    en: "The account's name differs from the party's name in the contract",
  },
  'batch-state': {
    kind: 'refused',
    zh: '支付批次的状态不允许此操作',
    en: 'The state of the batch does not allow this',
  },
  'clawback-state': {
    kind: 'refused',
    zh: '追回案的状态不允许此操作',
    en: 'The state of the claim does not allow this',
  },
  'repayment-above-claim': {
    kind: 'refused',
    zh: '退款超过尚未退还的金额',
    en: 'The repayment is more than what is still to be repaid',
  },
  'bank-reference-used': {
    kind: 'refused',
    zh: '该银行流水号已登记过退款',
    en: 'This bank reference was already entered as a repayment',
  },
  'repayment-date-in-future': {
    kind: 'refused',
    zh: '到账日期不得晚于今天',
    en: 'The day of the repayment may not lie in the future',
  },
  'answer-file-not-read': {
    kind: 'refused',
    zh: '回执文件无法读取',
    en: 'The answer file cannot be read',
  },
} as const satisfies Record<string, ProblemEntry>;

export type ProblemType = keyof typeof PROBLEMS;

/** One thing wrong with one field: where, which rule, and the sentence in both languages. */
export const FieldProblem = z.object({
  field: z.string(),
  rule: z.string(),
  zh: z.string(),
  en: z.string(),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457 body. `type` is a relative URI into the problem pages. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    titleEn: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    detailEn: z.string().optional(),
    requestId: z.string(),
    fields: z.array(FieldProblem).optional(),
  })
  .openapi('Problem');
export type Problem = z.infer<typeof Problem>;

export interface RefusalDetail {
  readonly zh?: string;
  readonly en?: string;
  readonly fields?: readonly FieldProblem[];
}

/** A decision not to do something, by name. Thrown by domain and store; mapped once, in runtime. */
export class Refusal extends Error {
  readonly type: ProblemType;
  readonly detail: RefusalDetail;

  constructor(type: ProblemType, detail: RefusalDetail = {}) {
    super(`${type}${detail.en ? `: ${detail.en}` : ''}`);
    this.name = 'Refusal';
    this.type = type;
    this.detail = detail;
  }
}

/** A refusal that points at one field. */
export const refuseField = (
  type: ProblemType,
  field: string,
  rule: string,
  zh: string,
  en: string,
): Refusal => new Refusal(type, { zh, en, fields: [{ field, rule, zh, en }] });
