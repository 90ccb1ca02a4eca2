import type { SystemCheck } from '@jishi/contracts/ledger/registry';
import { type Checked, found, type Neighbour } from './check.ts';

/** Checks against the other contracts of the same two parties, and of the parties themselves. */

const DUPLICATE = { code: 'duplicate', titleZh: '重复登记', titleEn: 'Registered twice' };

const titleOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');

/** The same title, or the same value signed on the same day. The same text cannot come twice. */
export const duplicateCheck = (checked: Checked): SystemCheck => {
  const { public: open, private: hidden, neighbours } = checked;
  const idsOf = (list: readonly Neighbour[]) => list.map(({ contractId }) => contractId);
  const title = titleOf(hidden.title);
  const sameTitle = idsOf(neighbours.filter((other) => titleOf(other.title) === title));
  if (sameTitle.length > 0) {
    return found(
      DUPLICATE,
      'warn',
      ['同一双方已有同名合同', 'The two parties have a contract of this title'],
      { field: 'private.title', contractIds: sameTitle },
    );
  }
  const sameDeal = idsOf(
    neighbours.filter(
      ({ signedOn, contractValueFen }) =>
        signedOn === open.signedOn && contractValueFen === hidden.contractValueFen,
    ),
  );
  return sameDeal.length > 0
    ? found(
        DUPLICATE,
        'warn',
        ['同一双方同日另有同额合同', 'The same amount was signed by both on the same day'],
        { field: 'private.contractValueFen', contractIds: sameDeal },
      )
    : found(DUPLICATE, 'ok', [
        '文本、名称、金额与日期均未见重复',
        'No text, title or deal is the same',
      ]);
};

const SPLIT = { code: 'split', titleZh: '拆分', titleEn: 'Splitting' };

/** The same finding as the decision's: then a second review is due. */
export const splitCheck = ({ splitWith, rules }: Checked): SystemCheck => {
  const { days } = rules.split.value;
  return splitWith.length === 0
    ? found(SPLIT, 'ok', [
        `${days} 天内同一双方的合同合计未达二次审核线`,
        `The pair's contracts of ${days} days stay below the threshold together`,
      ])
    : found(
        SPLIT,
        'warn',
        [
          `${days} 天内与同一双方的 ${splitWith.length} 份合同合计达到二次审核线,须二次审核`,
          `With ${splitWith.length} more of the pair in ${days} days it needs a second review`,
        ],
        { field: 'private.technologyValueFen', contractIds: splitWith },
      );
};

const RELATED = { code: 'related', titleZh: '关联关系', titleEn: 'Related parties' };

/** Declared, or plainly the same; who controls whom is in no data of ours, and it says so. */
export const relationCheck = ({ public: open, private: hidden }: Checked): SystemCheck => {
  const at = { field: 'public.relatedParty' };
  if (hidden.seller.partyId === hidden.buyer.partyId) {
    return found(RELATED, 'fail', ['买卖双方是同一单位', 'Seller and buyer are one'], at);
  }
  if (open.relatedParty) {
    const words = ['已申报关联:登记、计入,不予补助', 'Declared: counted, not subsidised'] as const;
    return found(RELATED, 'warn', words, at);
  }
  if (hidden.origin === 'paper') {
    const words = [
      '纸面合同仅有提交方一方的陈述,买方未申报,无法核对',
      'On paper: only the side that submitted it says so; the other declared nothing here',
    ] as const;
    return found(RELATED, 'unknown', words, at);
  }
  return found(
    RELATED,
    'unknown',
    [
      '双方均未申报;本系统没有股权、地址和电话资料,无法核对',
      'Not declared; there is no data here of owners, addresses or telephones',
    ],
    at,
  );
};
