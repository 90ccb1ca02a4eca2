import type { ErasureReason } from '@jishi/contracts/ledger/erasure';
import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';

/**
 * Why a registrar returns, refuses or changes: codes with a sentence in both languages. A code is
 * never renamed: events keep it for ever.
 */

type Entry = readonly [code: string, zh: string, en: string];

const FAQ = 'Torch Center FAQ 2021 (nine kinds of contracts not registered)';
const DRAFT = 'Draft registration rule, article 39 (six kinds); final text not found';

const of =
  (
    acts: RegistrationReason['acts'],
    status: RegistrationReason['status'],
    source: string,
  ): ((entry: Entry) => RegistrationReason) =>
  ([code, zh, en]) => ({ code, acts, zh, en, status, source });

/** 不予登记: 2.5 «not registrable»; most of them can be mended, and then it is returned. */
const NOT_REGISTRABLE: readonly RegistrationReason[] = (
  [
    ['not-effective', '合同未生效或无效', 'The contract is not in force, or void'],
    ['not-technical', '合同内容不属于技术合同', 'The subject is not technology'],
    ['party-unclear', '合同当事人不明确', 'It is not clear who the parties are'],
    ['subject-unclear', '合同标的不明确', 'It is not clear what is delivered'],
    ['price-unclear', '价款、报酬或其计算方法不明确', 'Price or its formula is not clear'],
    ['approval-missing', '依法须经批准而未附批准文件', 'A required approval is missing'],
    ['name-mismatch', '合同名称与内容不符', 'The name does not fit the content'],
    [
      'monopoly-clause',
      '含有非法垄断技术、妨碍技术进步的条款',
      'It unlawfully monopolises technology',
    ],
    ['proof-missing', '缺少必要的证明材料', 'A required proof is missing'],
    ['seal-mismatch', '印章与当事人名称不一致', 'The seal is not that of the party'],
  ] satisfies Entry[]
).map(of(['return', 'refuse'], 'SINGLE_SOURCE', FAQ));

const DRAFTED: readonly RegistrationReason[] = (
  [
    [
      'not-mastered-result',
      '转让、许可的成果尚未掌握或不完整',
      'What is transferred is not mastered yet',
    ],
    ['public-domain', '标的为公有技术或已失效的权利', 'The right has expired or never was'],
    ['works-contract', '属于承揽或建设工程合同', 'It is a contract for work or construction'],
  ] satisfies Entry[]
).map(of(['return', 'refuse'], 'DRAFT', DRAFT));

/** 退回补正: what a supplement mends. Our own wording of the form's columns and attachments. */
const SUPPLEMENTS: readonly RegistrationReason[] = (
  [
    ['form-incomplete', '登记表填写不全', 'The form is not complete'],
    ['form-wrong', '登记表与合同文本不一致', 'The form differs from the contract'],
    ['contract-type-wrong', '合同类别或子类有误', 'Type or sub-type is wrong'],
    ['field-wrong', '技术领域或行业有误', 'Field or industry is wrong'],
    ['technology-value-unclear', '技术交易额的扣除未说明', 'The deduction is not explained'],
    ['amount-wrong', '金额与合同文本不一致', 'The amount differs from the contract'],
    ['text-missing', '缺少合同文本或文本不全', 'The contract text is missing or incomplete'],
    ['ip-proof-missing', '缺少知识产权证明', 'The proof of rights is missing'],
    ['authorisation-missing', '内设机构签订的合同缺少法人授权书', 'The authorisation is missing'],
    ['chinese-copy-missing', '外文合同缺少中文文本', 'The Chinese copy is missing'],
    ['dates-wrong', '签订、生效或有效期限有误', 'A date is wrong'],
    [
      'splitting-unexplained',
      '同一双方短期内多份合同须说明',
      'Several contracts of one pair: explain',
    ],
    ['relation-undeclared', '未申报关联关系', 'A relation of the parties was not declared'],
  ] satisfies Entry[]
).map(of(['return'], 'ASSUMPTION', 'Own list, after the columns and attachments of the form'));

const CHANGES: readonly RegistrationReason[] = [
  ...(
    [
      ['terms-amended', '双方变更了合同内容', 'Both sides amended the contract'],
      ['entry-corrected', '更正登记内容', 'What was entered is corrected'],
      ['amount-settled', '履行中确定或变更了价款', 'The amount was settled in performance'],
    ] satisfies Entry[]
  ).map(of(['amend'], 'DRAFT', 'Draft of 2024-12-18, article 16')),
  ...(
    [
      ['dissolved', '合同解除', 'The contract was dissolved'],
      ['performance-ended', '合同未履行而终止', 'It ended without performance'],
      ['registered-twice', '重复登记', 'It was registered twice'],
    ] satisfies Entry[]
  ).map(of(['deregister'], 'DRAFT', 'Draft of 2024-12-18, article 16')),
  ...(
    [
      ['false-material', '以虚假材料取得登记', 'It was obtained with false material'],
      ['void-by-court', '合同被撤销或确认无效', 'The contract was set aside or declared void'],
      ['found-not-registrable', '查明不符合登记条件', 'It proved not registrable'],
    ] satisfies Entry[]
  ).map(of(['revoke'], 'DRAFT', 'Draft of 2024-12-18, article 16')),
  ...(
    [
      ['subject-request', '当事人要求删除个人信息', 'The person asks for it'],
      ['court-order', '司法机关要求删除', 'A court orders it'],
      ['recorded-in-error', '不应记入的内容', 'It should not have been recorded'],
    ] satisfies [code: ErasureReason, zh: string, en: string][]
  ).map(of(['erase'], 'ASSUMPTION', 'Own list')),
  ...(
    [
      ['money-returned', '款项已退回买方', 'The money went back to the buyer'],
      ['evidence-false', '到账凭证不实', 'The evidence is not true'],
      ['entry-mistaken', '登记有误', 'It was entered by mistake'],
    ] satisfies Entry[]
  ).map(of(['reverse-receipt'], 'ASSUMPTION', 'Own list')),
  ...(
    [
      ['evidence-insufficient', '证明材料不足', 'The evidence is not enough'],
      ['reason-not-given', '理由不成立', 'The reason does not hold'],
      ['proposed-mistakenly', '提议有误', 'It was proposed by mistake'],
    ] satisfies Entry[]
  ).map(of(['reject'], 'ASSUMPTION', 'Own list')),
];

const OTHER: RegistrationReason = of(
  ['return', 'refuse', 'amend', 'deregister', 'revoke', 'reverse-receipt', 'reject'],
  'ASSUMPTION',
  'Own list',
)(['other', '其他(须写明)', 'Other, in words']);

export const REGISTRATION_REASONS: readonly RegistrationReason[] = [
  ...[...SUPPLEMENTS, ...NOT_REGISTRABLE, ...DRAFTED, ...CHANGES],
  OTHER,
];
