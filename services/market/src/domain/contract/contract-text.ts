import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import type { ContractHead, Declaration } from '@jishi/contracts/market/contract';
import type { Terms } from '@jishi/contracts/market/negotiation';
import type { PartyKey, PartyRef } from '@jishi/contracts/party';

const PAYMENT: Record<Terms['payment']['method'], string> = {
  'lump-sum': '一次总算、一次总付',
  'lump-sum-in-instalments': '一次总算、分期支付',
  royalty: '提成支付',
  'entry-fee-and-royalty': '提成支付附加预付入门费',
};

const EXCLUSIVITY = { exclusive: '独占许可', sole: '排他许可', ordinary: '普通许可' } as const;

/** Whole yuan and two places from whole fen: exact, without a float. */
export const yuanText = (fen: string): string => {
  const padded = fen.padStart(3, '0');
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
};

/** A value stands on its line: nobody writes a second heading by a line break in a title. */
const line = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A longer text keeps its lines, set in, so that none of them reads like a heading of ours. */
const block = (text: string): string => text.replace(/\r?\n/g, '\n    ');

const keyText = (key: PartyKey): string => {
  switch (key.kind) {
    case 'domestic':
      return `统一社会信用代码 ${key.uscc}`;
    case 'foreign':
      return `国别 ${key.country},登记名称 ${line(key.registeredName)}`;
    case 'person':
      return `个人(编码 ${key.subjectRef})`;
  }
};

const partyLine = (label: string, party: PartyRef): string =>
  `${label}:${line(party.name)}(${keyText(party.key)};主体编码 ${party.partyId})`;

const yesNo = (yes: boolean): string => (yes ? '是' : '否');

const declarationLine = (label: string, d: Declaration): string =>
  `${label}声明:关联交易 ${yesNo(d.relatedParty)};分包合同 ${yesNo(d.subcontract)};` +
  `同意公开成交额 ${yesNo(d.publishValue)}。`;

const typeLine = (terms: Terms): string => {
  const type = CONTRACT_TYPES.find((t) => t.code === terms.contractType);
  const subType = type?.subTypes.find((s) => s.code === terms.contractSubType);
  return (
    `${type?.zh ?? terms.contractType}(${subType?.zh ?? terms.contractSubType};` +
    `代码 ${terms.contractType}/${terms.contractSubType})`
  );
};

const licenceLines = (terms: Terms): string[] =>
  terms.licence === null
    ? []
    : [
        `许可方式:${EXCLUSIVITY[terms.licence.exclusivity]};地域:${line(terms.licence.territory)};` +
          `期限:${terms.licence.until === null ? '权利存续期内' : `至 ${terms.licence.until}`}。`,
      ];

const deferredLines = ({ deferredPayment }: Terms): string[] =>
  deferredPayment === undefined
    ? []
    : [
        `先使用后付费:至 ${deferredPayment.freeUntil} 前免费使用,期满按以下约定评估后付费。`,
        `    ${block(deferredPayment.judgedBy)}`,
      ];

const bpText = (bp: number): string => yuanText(String(bp)).replace(/\.?0+$/, '');

const royaltyLines = ({ royalty }: Terms): string[] => {
  if (royalty === undefined) return [];
  const base = royalty.base === 'net-sales' ? '净销售额' : '利润';
  const entry = `入门费人民币 ${yuanText(royalty.entryFeeFen)} 元`;
  const cap = royalty.capFen === null ? '不设上限' : `上限人民币 ${yuanText(royalty.capFen)} 元`;
  return [`提成:按${base}的 ${bpText(royalty.rateBp)}%;${entry};${cap}。`];
};

const milestoneLines = ({ milestones = [] }: Terms): string[] =>
  milestones.map(({ name, dueOn, amountFen }, i) => {
    const amount = amountFen === null ? '' : `;支付人民币 ${yuanText(amountFen)} 元`;
    return `阶段 ${i + 1}:${line(name)};${dueOn} 前完成${amount}。`;
  });

interface Drawn {
  readonly contractId: string;
  readonly head: ContractHead;
  readonly terms: Terms;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly listingId: string | null;
  readonly needId: string | null;
}

/**
 * The contract's text, format 2: the same input gives the same bytes for ever, since both
 * signatures cover its hash; another wording gets another number. What was signed in format 1 is
 * kept as it was signed. Format 2 leaves field and industry to the registration form, where they
 * can be put right without a new signature, and writes the milestones and the royalty.
 */
export const renderContractText = (
  contract: Drawn,
  declarations: { readonly seller: Declaration; readonly buyer: Declaration },
): string => {
  const { head, terms } = contract;
  const broker = contract.broker ? [partyLine('中介方(丙方)', contract.broker)] : [];
  return [
    '技术合同(文本格式 2)',
    `合同编号:${contract.contractId}`,
    `项目名称:${line(head.title)}`,
    `合同类别:${typeLine(terms)}`,
    partyLine('卖方(甲方)', contract.seller),
    partyLine('买方(乙方)', contract.buyer),
    ...broker,
    `所依成果:${contract.listingId ?? '无'};所应需求:${contract.needId ?? '无'}。`,
    `一、标的与交付:${block(terms.deliverables)}`,
    `二、成交额:人民币 ${yuanText(terms.contractValueFen)} 元;` +
      `其中技术交易额:人民币 ${yuanText(terms.technologyValueFen)} 元。`,
    `三、支付方式:${PAYMENT[terms.payment.method]}。${block(terms.payment.text)}`,
    ...royaltyLines(terms),
    ...deferredLines(terms),
    `四、履行期限:${terms.performance.from} 至 ${terms.performance.to}。`,
    ...milestoneLines(terms),
    ...licenceLines(terms),
    `五、生效:${
      head.effectiveOn === null
        ? '自最后一方签署之日起生效。'
        : `自 ${head.effectiveOn} 起生效;最后一方签署晚于该日的,自签署之日起生效。`
    }`,
    declarationLine('甲方', declarations.seller),
    declarationLine('乙方', declarations.buyer),
    '',
  ].join('\n');
};
