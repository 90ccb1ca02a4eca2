import type { ContractType } from '@jishi/contracts/codes';
import type { ContractSubType } from '@jishi/contracts/contract-types';
import type { Terms } from '@jishi/contracts/market/negotiation';
import type { LocalDate } from '@jishi/contracts/time';
import type { Reason } from './desk-steps.ts';

/** How far a deal of the story has come when the newcomer first looks. */
export const STAGES = [
  'offered',
  'agreed',
  'drawn',
  'signed',
  'accepted',
  'reviewed',
  'registered',
  'received',
  'paid',
  'revoked',
] as const;
export type Stage = (typeof STAGES)[number];

export interface StoryDeal {
  readonly key: string;
  readonly listing: string;
  /** null when the buyer came to the listing without one. */
  readonly need: string | null;
  readonly seller: string;
  readonly buyer: string;
  readonly broker: string | null;
  readonly stage: Stage;
  readonly title: string;
  readonly contractType: ContractType;
  readonly contractSubType: ContractSubType;
  readonly contractValueFen: string;
  readonly technologyValueFen: string;
  /** Money that arrived, from the stage «received» on. */
  readonly receivedFen: string | null;
  readonly publishValue: boolean;
  /** Of the agreed amounts, what the buyer offers first; 90 when not said. */
  readonly firstPercent?: number;
  /** What the seller's counter-offer says otherwise. */
  readonly counter?: (today: LocalDate) => Partial<Terms>;
  /** The broker named has not answered yet. */
  readonly brokerIsAsked?: true;
  /** At the stage «drawn»: who has signed. */
  readonly signedBy?: 'seller' | 'buyer';
  /** The seller fills in the form and attaches the papers. */
  readonly papers?: true;
  /** The desk has sent it back. */
  readonly returnedFor?: readonly Reason[];
}

/** One deal at each stage, so that every desk has something to do; the last one to claim back. */
export const DEALS: readonly StoryDeal[] = [
  {
    key: 'cooling',
    listing: 'battery',
    need: 'car-cooling',
    seller: 'demo-university',
    buyer: 'taicang-parts',
    broker: 'demo-broker',
    stage: 'received',
    title: '动力电池一体化液冷板技术秘密使用许可合同',
    contractType: 'licence',
    contractSubType: 'secret-licence',
    contractValueFen: '860000000',
    technologyValueFen: '800000000',
    receivedFen: '480000000',
    publishValue: true,
  },
  {
    key: 'adhesive',
    listing: 'adhesive',
    need: 'board-adhesive',
    seller: 'demo-university',
    buyer: 'kunshan-board',
    broker: 'wuzhong-broker',
    stage: 'received',
    title: '低温固化导电胶技术秘密使用许可合同',
    contractType: 'licence',
    contractSubType: 'secret-licence',
    contractValueFen: '360000000',
    technologyValueFen: '320000000',
    receivedFen: '160000000',
    publishValue: false,
  },
  {
    key: 'weld',
    listing: 'weld',
    need: 'steel-weld',
    seller: 'gusu-university',
    buyer: 'zhangjiagang-steel',
    broker: null,
    stage: 'registered',
    title: '焊接缺陷在线识别技术服务合同',
    contractType: 'service',
    contractSubType: 'technical-service',
    contractValueFen: '480000000',
    technologyValueFen: '420000000',
    receivedFen: null,
    publishValue: true,
  },
  {
    key: 'fibre',
    listing: 'fibre',
    need: 'cable-fibre',
    seller: 'optics-institute',
    buyer: 'wujiang-cable',
    broker: 'wuzhong-broker',
    stage: 'accepted',
    title: '抗弯曲多芯光纤预制棒合作开发合同',
    contractType: 'development',
    contractSubType: 'joint-development',
    contractValueFen: '1250000000',
    technologyValueFen: '1100000000',
    receivedFen: null,
    publishValue: false,
  },
  {
    key: 'enzyme',
    listing: 'enzyme',
    need: 'textile-enzyme',
    seller: 'bio-company',
    buyer: 'changshu-textile',
    broker: null,
    stage: 'agreed',
    title: '耐高温木聚糖酶技术秘密使用许可合同',
    contractType: 'licence',
    contractSubType: 'secret-licence',
    contractValueFen: '190000000',
    technologyValueFen: '180000000',
    receivedFen: null,
    publishValue: false,
  },
  {
    key: 'water',
    listing: 'water',
    need: 'demo-water',
    seller: 'gusu-university',
    buyer: 'demo-company',
    broker: null,
    stage: 'offered',
    title: '高盐废水分盐回用技术服务合同',
    contractType: 'service',
    contractSubType: 'technical-service',
    contractValueFen: '110000000',
    technologyValueFen: '90000000',
    receivedFen: null,
    publishValue: false,
  },
  {
    key: 'weld-licence',
    listing: 'weld',
    need: null,
    seller: 'gusu-university',
    buyer: 'changshu-textile',
    broker: null,
    stage: 'revoked',
    title: '焊接缺陷识别技术秘密使用许可合同',
    contractType: 'licence',
    contractSubType: 'secret-licence',
    contractValueFen: '260000000',
    technologyValueFen: '240000000',
    receivedFen: '200000000',
    publishValue: false,
  },
];
