/** Sentences for the validation rules of our own schemas; the schema's message is the key. */
export const RULES = {
  'amount-fen': {
    zh: '金额应为整数分的十进制字符串,如 "328000000"',
    en: 'An amount is a decimal string of whole fen, such as "328000000"',
  },
  'date-form': { zh: '日期应写作 YYYY-MM-DD', en: 'A date is written YYYY-MM-DD' },
  'date-not-real': { zh: '没有这一天', en: 'There is no such day' },
  'index-cell': {
    zh: '没有这个分组:分组是 city,或如 district:sip、industry:C、field:electronics 加已有的代码',
    en: 'No such cell: it is city, or a known code as in district:sip, industry:C, field:electronics',
  },
  'month-form': { zh: '月份应写作 YYYY-MM', en: 'A month is written YYYY-MM' },
  'instant-form': {
    zh: '时刻写作 2026-01-31T08:00:00.000Z:UTC,秒后三到六位小数',
    en: 'An instant is written 2026-01-31T08:00:00.000Z: UTC, with three to six decimals',
  },
  'uscc-check': {
    zh: '统一社会信用代码有误:应为 18 位,且两位校验码正确',
    en: 'Not a valid unified social credit code: 18 characters with both check digits right',
  },
  'patent-check': {
    zh: '专利号或申请号有误:位数、类型或校验位不对',
    en: 'Not a valid patent or application number: form, type or check digit is wrong',
  },
  'patent-kind': {
    zh: '号码与权利种类不符:已授权的专利带 ZL 且类型一致,申请不带 ZL',
    en: 'The number is of another kind of right: a granted patent bears ZL, an application does not',
  },
  'technology-value-above-contract-value': {
    zh: '技术交易额不得大于成交额',
    en: 'The technology value may not exceed the contract value',
  },
  'contract-sub-type': {
    zh: '合同子类不属于该合同类别',
    en: 'The sub-type does not belong to the contract type',
  },
  'licence-scope': {
    zh: '许可合同应写明许可范围,其他合同不写',
    en: 'A licence states its scope, and no other contract does',
  },
  'period-backwards': { zh: '终止日早于起始日', en: 'The period ends before it begins' },
  'royalty-method': {
    zh: '只有提成支付的合同才写提成',
    en: 'A royalty belongs to a contract that is paid by royalty',
  },
  'milestones-above-contract-value': {
    zh: '各阶段金额之和不得大于成交额',
    en: 'The milestones together may not exceed the contract value',
  },
  'none-alone': {
    zh: '「未涉及知识产权」不能与其他类别同选',
    en: '«None» is chosen alone',
  },
  'file-name': {
    zh: '文件名不能为空,也不能只有路径或后缀',
    en: 'A file has a name, more than a path or an extension',
  },
  'negotiation-subject': {
    zh: '买方就成果发起,卖方就需求发起',
    en: 'A buyer opens on a listing, a seller on a need',
  },
  'rejection-subject': {
    zh: '拒绝须指明报价,或者终止洽谈',
    en: 'A rejection names an offer or ends the negotiation',
  },
  'match-text': { zh: '请写下标题或内容', en: 'Write a title or a text' },
} as const;
