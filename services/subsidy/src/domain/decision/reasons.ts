/** What a rule may say, by name: the sentence tells what was found and what would change it. */
export const REASONS = {
  ok: { zh: '符合', en: 'Holds' },
  'not-in-force': {
    zh: '到账核验日不在政策施行期间内',
    en: 'The receipt was verified on a day on which the scheme is not in force',
  },
  deregistered: {
    zh: '合同已注销登记,不再有补助基数',
    en: 'The contract was deregistered and has no base any more',
  },
  revoked: {
    zh: '合同登记已被撤销,不再有补助基数',
    en: 'The registration was revoked; the contract has no base any more',
  },
  'not-a-party-now': {
    zh: '变更登记后,本案主体不再是该合同这一角色的当事人',
    en: 'After an amendment the party no longer has this role in the contract',
  },
  'role-not-supported': {
    zh: '该角色不在补助对象之列',
    en: 'The scheme does not support this role',
  },
  'type-without-base': {
    zh: '技术咨询、技术服务合同没有实际成交额,只统计不补助;开发、转让、许可合同可补助',
    en: 'Consulting and service contracts have no base: counted, not supported; development, transfer and licence contracts are',
  },
  'no-verified-receipt': {
    zh: '尚无经核验的到账;核验到账后可核定',
    en: 'No receipt is verified yet; the case can be decided once one is',
  },
  'not-a-legal-person': {
    zh: '不是规定性质的境内独立法人(企业、高校、院所)',
    en: 'Not a domestic legal person of the natures named (enterprise, university, institute)',
  },
  'not-of-this-city': { zh: '不在本市注册', en: 'Not registered in this city' },
  'broker-nature': {
    zh: '不是规定性质的技术转移机构或技术经纪(经理)人',
    en: 'Not a broker institution or person of the natures named',
  },
  'related-party': {
    zh: '买卖双方为关联方:登记并统计,不予补助',
    en: 'Seller and buyer are related: registered and counted, not supported',
  },
  'subcontract-excluded': {
    zh: '转包合同:登记并统计,不予补助',
    en: 'A subcontracted contract: registered and counted, not supported',
  },
  'broker-is-party': {
    zh: '中介方同时是本合同的买方或卖方',
    en: 'The broker is also the seller or the buyer of this contract',
  },
  'other-broker-awarded': {
    zh: '本合同的另一中介方已获补助,机构与个人不得重复享受',
    en: 'Another broker of this contract has been awarded; institution and person exclude each other',
  },
  'share-below-one-fen': {
    zh: '按比例计算不足一分',
    en: 'The share is below one fen',
  },
  'cap-used-up': {
    zh: '本年度、本角色的最高金额已用完,超限不补',
    en: 'The ceiling of this year and role is used up; what exceeds it is not paid',
  },
  'cut-to-cap': {
    zh: '按剩余额度核减,超限部分不补',
    en: 'Cut to what is left of the ceiling; the rest is not paid',
  },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Reason = keyof typeof REASONS;
