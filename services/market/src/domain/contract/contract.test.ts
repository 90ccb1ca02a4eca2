import { createHash } from 'node:crypto';
import type { Terms } from '@jishi/contracts/market/negotiation';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import { describe, expect, test } from 'vitest';
import { type Contract, declare, discard, type Signing, sign } from './contract.ts';
import { yuanText } from './contract-text.ts';
import { formOf } from './registration-form.ts';
import { submissionOf } from './submission.ts';

const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const party = (n: number, district: PartyRef['district']): PartyRef => ({
  partyId: `0192f0c1-0000-7000-8000-00000000000${n}`,
  key:
    district === 'abroad'
      ? { kind: 'foreign', country: 'DE', registeredName: 'Muster' }
      : { kind: 'domestic', uscc: '91320594780268314T' },
  name: `试验单位${n}`,
  nature: 'enterprise',
  district,
});
const TERMS: Terms = {
  contractType: 'licence',
  contractSubType: 'patent-licence',
  contractValueFen: '150000050',
  technologyValueFen: '120000000',
  payment: { method: 'lump-sum-in-instalments', text: '签约付 40%\n验收付 60%' },
  licence: { exclusivity: 'ordinary', territory: '江苏省', until: null },
  deliverables: '工艺文件一套',
  performance: { from: '2026-12-01', to: '2027-11-30' },
  brokerPartyId: null,
};
const BLANK: Contract = {
  contractId: '0192f0c1-0000-7000-8000-0000000000c1',
  status: 'drawn',
  version: 0,
  head: {
    title: '磨削工艺\n买方(乙方):某某',
    fieldCode: 'manufacturing',
    industryCode: 'C',
    effectiveOn: null,
  },
  terms: TERMS,
  seller: party(1, 'sip'),
  buyer: party(2, 'kunshan'),
  broker: null,
  listingId: null,
  needId: '0192f0c1-0000-7000-8000-0000000000e1',
  declarations: { seller: null, buyer: null },
  text: null,
  contractTextHash: null,
  signatures: [],
  signedOn: null,
  effectiveOn: null,
};
const SAYS = { relatedParty: false, subcontract: false, publishValue: true };
const ready = (blank: Contract = BLANK, buyer = SAYS): Contract =>
  declare(declare(blank, 'seller', SAYS, hash), 'buyer', buyer, hash);
const by = (side: Signing['side'], contract: Contract, at = '2026-11-20T15:59:59.000Z') => ({
  side,
  userId: contract[side].partyId,
  contractTextHash: contract.contractTextHash ?? '',
  at,
});
const refused = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.type;
    throw error;
  }
  throw new Error('expected a refusal');
};

test('the text of format 2 is these bytes for ever, since signatures cover its hash', () => {
  const { text, contractTextHash } = ready();
  expect(text).toBe(`技术合同(文本格式 2)
合同编号:0192f0c1-0000-7000-8000-0000000000c1
项目名称:磨削工艺 买方(乙方):某某
合同类别:技术许可合同(专利实施许可;代码 licence/patent-licence)
卖方(甲方):试验单位1(统一社会信用代码 91320594780268314T;主体编码 0192f0c1-0000-7000-8000-000000000001)
买方(乙方):试验单位2(统一社会信用代码 91320594780268314T;主体编码 0192f0c1-0000-7000-8000-000000000002)
所依成果:无;所应需求:0192f0c1-0000-7000-8000-0000000000e1。
一、标的与交付:工艺文件一套
二、成交额:人民币 1500000.50 元;其中技术交易额:人民币 1200000.00 元。
三、支付方式:一次总算、分期支付。签约付 40%
    验收付 60%
四、履行期限:2026-12-01 至 2027-11-30。
许可方式:普通许可;地域:江苏省;期限:权利存续期内。
五、生效:自最后一方签署之日起生效。
甲方声明:关联交易 否;分包合同 否;同意公开成交额 是。
乙方声明:关联交易 否;分包合同 否;同意公开成交额 是。
`);
  expect(contractTextHash).toBe(hash(text ?? ''));
});

test('yuan are written from fen without a float', () => {
  expect(['0', '5', '99', '100', '900719925474099312'].map(yuanText)).toStrictEqual([
    '0.00',
    '0.05',
    '0.99',
    '1.00',
    '9007199254740993.12',
  ]);
});

test('milestones, royalty and payment after use are written into the text', () => {
  const text = ready({
    ...BLANK,
    terms: {
      ...TERMS,
      payment: { method: 'entry-fee-and-royalty', text: '按季结算' },
      royalty: { rateBp: 350, base: 'net-sales', entryFeeFen: '10000000', capFen: null },
      deferredPayment: { freeUntil: '2027-06-30', judgedBy: '良率\n不低于 98%' },
      milestones: [
        { name: '小试\n四、履行期限:无', dueOn: '2027-03-01', amountFen: '60000000' },
        { name: '验收', dueOn: '2027-11-30', amountFen: null },
      ],
    },
  }).text;
  expect(text).toContain(`三、支付方式:提成支付附加预付入门费。按季结算
提成:按净销售额的 3.5%;入门费人民币 100000.00 元;不设上限。
先使用后付费:至 2027-06-30 前免费使用,期满按以下约定评估后付费。
    良率
    不低于 98%
四、履行期限:2026-12-01 至 2027-11-30。
阶段 1:小试 四、履行期限:无;2027-03-01 前完成;支付人民币 600000.00 元。
阶段 2:验收;2027-11-30 前完成。
许可方式`);
});

describe('signing', () => {
  test('needs both declarations, and the text as it stands', () => {
    const half = declare(BLANK, 'seller', SAYS, hash);
    expect(half.contractTextHash).toBeNull();
    expect(refused(() => sign(half, by('seller', half)))).toBe('contract-state');
    const other = { ...by('seller', ready()), contractTextHash: 'f'.repeat(64) };
    expect(refused(() => sign(ready(), other))).toBe('contract-text-changed');
  });

  test('is once for each side, and after the first the declarations stand', () => {
    const once = sign(ready(), by('seller', ready()));
    expect(once).toMatchObject({ status: 'drawn', signedOn: null });
    expect(refused(() => sign(once, by('seller', once)))).toBe('contract-state');
    expect(refused(() => declare(once, 'buyer', SAYS, hash))).toBe('contract-state');
    const both = sign(once, by('buyer', once));
    expect(both).toMatchObject({ status: 'signed', version: 4 });
    expect(refused(() => sign(both, by('buyer', both)))).toBe('contract-state');
    expect(refused(() => discard(both))).toBe('contract-state');
    expect(discard(once).status).toBe('discarded');
  });

  test('is dated by the business day of the second signature', () => {
    const signedAt = (at: string) =>
      sign(sign(ready(), by('seller', ready())), by('buyer', ready(), at));
    expect(signedAt('2026-11-20T15:59:59.999Z').signedOn).toBe('2026-11-20');
    expect(signedAt('2026-11-20T16:00:00.000Z').signedOn).toBe('2026-11-21');
  });

  test.each([
    ['before', '2026-11-19', '2026-11-20'],
    ['on', '2026-11-20', '2026-11-20'],
    ['after', '2026-11-21', '2026-11-21'],
  ])('with an effective day %s it takes effect on the later of the two', (_, named, effective) => {
    const contract = ready({ ...BLANK, head: { ...BLANK.head, effectiveOn: named } });
    const both = sign(sign(contract, by('seller', contract)), by('buyer', contract));
    expect(both).toMatchObject({ signedOn: '2026-11-20', effectiveOn: effective });
  });
});

describe('what the ledger is sent', () => {
  const submit = (contract: Contract) => submissionOf(contract, formOf(contract, [], null), []);
  const sent = (blank: Contract, buyer = SAYS) => {
    const contract = ready(blank, buyer);
    return submit(sign(sign(contract, by('seller', contract)), by('buyer', contract)));
  };

  test('is not sent before both have signed', () => {
    expect(refused(() => submit(ready()))).toBe('contract-state');
    expect(refused(() => submit(sign(ready(), by('seller', ready()))))).toBe('contract-state');
  });

  test('publishes the value only when both sides say so, and is related when either does', () => {
    expect(sent(BLANK).public).toMatchObject({
      publishedValueFen: '150000050',
      relatedParty: false,
    });
    const buyer = { relatedParty: true, subcontract: true, publishValue: false };
    expect(sent(BLANK, buyer).public).toMatchObject({
      ...{ publishedValueFen: null, relatedParty: true, subcontract: true },
    });
  });

  test.each([
    ['sip', 'kunshan', false, 'sip'],
    ['abroad', 'kunshan', true, 'kunshan'],
    ['sip', 'abroad', false, 'sip'],
    ['abroad', 'abroad', false, 'abroad'],
  ] as const)('from %s to %s: import %s, registering side %s', (from, to, isImport, side) => {
    const blank = { ...BLANK, seller: party(1, from), buyer: party(2, to) };
    expect(sent(blank).public).toMatchObject({
      ...{ isImport, sellerDistrict: side, buyerDistrict: to },
    });
  });
});
