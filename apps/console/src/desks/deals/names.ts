import type { ContractType } from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import type { NegotiationEntry, NegotiationView, Terms } from '@jishi/contracts/market/negotiation';
import type { TermPart } from '@jishi/contracts/market/term-changes';
import { exactYuan } from '../../format/amount.ts';
import { fill, type Language } from '../../words/words.tsx';
import type { DealsWords } from './words.ts';

export const typeName = (code: ContractType, language: Language): string =>
  CONTRACT_TYPES.find((type) => type.code === code)?.[language] ?? code;

export const subTypeName = (code: string, language: Language): string =>
  CONTRACT_TYPES.flatMap((type) => type.subTypes).find((sub) => sub.code === code)?.[language] ??
  code;

const yuan = (fen: string): string => exactYuan(BigInt(fen));

/** Whole basis points as percent: `3.5`. */
export const percentOf = (bp: number): string => String(bp / 100);

const licenceText = ({ licence }: Terms, w: DealsWords): string => {
  if (licence === null) return w.none;
  const { exclusivity, territory, until } = licence;
  return fill(w.licenceLine, {
    exclusivity: w[`exclusivity.${exclusivity}`],
    territory,
    until: until === null ? w.licenceForLife : fill(w.licenceUntil, { day: until }),
  });
};

const royaltyText = ({ royalty }: Terms, w: DealsWords): string => {
  if (royalty === undefined) return w.none;
  const { capFen } = royalty;
  return fill(w.royaltyLine, {
    base: w[`base.${royalty.base}`],
    rate: percentOf(royalty.rateBp),
    entry: yuan(royalty.entryFeeFen),
    cap: capFen === null ? w.royaltyNoCap : fill(w.royaltyCap, { amount: yuan(capFen) }),
  });
};

const milestonesText = ({ milestones = [] }: Terms, w: DealsWords): string =>
  milestones.length === 0
    ? w.none
    : milestones
        .map(({ name, dueOn, amountFen }, i) =>
          fill(w.milestoneLine, {
            n: i + 1,
            name,
            day: dueOn,
            amount: amountFen === null ? '' : fill(w.milestoneAmount, { amount: yuan(amountFen) }),
          }),
        )
        .join('\n');

interface Naming {
  readonly language: Language;
  readonly w: DealsWords;
  /** Organisations whose names are known here, by party. */
  readonly names: ReadonlyMap<string, string>;
}

/** One part of the terms as a sentence; amounts exact to the fen. */
export const partText = (terms: Terms, part: TermPart, { language, w, names }: Naming): string => {
  switch (part) {
    case 'contractType':
      return `${typeName(terms.contractType, language)} · ${subTypeName(terms.contractSubType, language)}`;
    case 'contractValueFen':
    case 'technologyValueFen':
      return `${yuan(terms[part])} ${language === 'zh' ? '元' : 'CNY'}`;
    case 'payment':
      return `${w[`method.${terms.payment.method}`]}。${terms.payment.text}`;
    case 'royalty':
      return royaltyText(terms, w);
    case 'deferredPayment':
      return terms.deferredPayment === undefined
        ? w.none
        : fill(w.deferredLine, {
            day: terms.deferredPayment.freeUntil,
            judgedBy: terms.deferredPayment.judgedBy,
          });
    case 'milestones':
      return milestonesText(terms, w);
    case 'licence':
      return licenceText(terms, w);
    case 'deliverables':
      return terms.deliverables;
    case 'performance':
      return fill(w.periodLine, terms.performance);
    case 'brokerPartyId':
      return terms.brokerPartyId === null
        ? w.none
        : (names.get(terms.brokerPartyId) ?? `…${terms.brokerPartyId.slice(-8)}`);
  }
};

/** Optional parts that neither this nor the offer before says anything about are left out. */
export const isSaid = (terms: Terms, part: TermPart): boolean => {
  const value = part === 'contractType' ? terms.contractType : terms[part];
  return value !== undefined && value !== null;
};

/** Result × need, as the room is called. */
export const roomTitle = (room: Pick<NegotiationView, 'listingTitle' | 'needTitle'>): string =>
  [room.listingTitle, room.needTitle].filter((title) => title !== null).join(' × ');

type Turning = Pick<NegotiationView, 'turn' | 'you' | 'status'>;

/** Whether the reader's side is the one that acts next, or may. */
export const isMyTurn = ({ turn, you, status }: Turning): boolean =>
  turn === you || (turn === 'either' && you !== 'broker' && status !== 'contracted');

export const turnText = (room: Turning, w: DealsWords): string => {
  if (room.turn === null) {
    return room.status === 'contracted' ? w['turn.contract'] : w['turn.none'];
  }
  if (room.turn === room.you) return w['turn.mine'];
  if (room.turn === 'either') return room.status === 'agreed' ? w['turn.draw'] : w['turn.either'];
  return w[`turn.${room.turn}`];
};

export const entryName = (entry: NegotiationEntry, isFirst: boolean, w: DealsWords): string =>
  entry.kind === 'offered' && !isFirst ? w['entry.counter'] : w[`entry.${entry.kind}`];

/** Bytes as people read them; the exact number is not what matters here. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
