/** Sentences for the validation rules of our own schemas; the schema's message is the key. */
export const RULES = {
  'amount-fen': {
    zh: '金额应为整数分的十进制字符串,如 "328000000"',
    en: 'An amount is a decimal string of whole fen, such as "328000000"',
  },
  'date-form': { zh: '日期应写作 YYYY-MM-DD', en: 'A date is written YYYY-MM-DD' },
  'date-not-real': { zh: '没有这一天', en: 'There is no such day' },
  'month-form': { zh: '月份应写作 YYYY-MM', en: 'A month is written YYYY-MM' },
  'instant-form': { zh: '时刻应为 UTC 的 ISO 8601', en: 'An instant is ISO 8601 in UTC' },
  'uscc-check': {
    zh: '统一社会信用代码有误:应为 18 位,且两位校验码正确',
    en: 'Not a valid unified social credit code: 18 characters with both check digits right',
  },
  'patent-check': {
    zh: '专利号或申请号有误:位数、类型或校验位不对',
    en: 'Not a valid patent or application number: form, type or check digit is wrong',
  },
} as const;
