import type { DistrictCode } from '@jishi/contracts/codes';
import { LIST_CONTRACTS_MAX } from '@jishi/contracts/ledger/events';
import type { SourceStatus } from '@jishi/contracts/ledger/registration';
import type { LocalDate } from '@jishi/contracts/time';

export interface Sourced<Value> {
  readonly value: Value;
  readonly status: SourceStatus;
  readonly source: string;
}

export interface ReviewLimit {
  readonly days: number;
  readonly unit: 'working-days' | 'calendar-days';
}

/** Which of the four amounts a threshold is about, and from how many fen on (inclusive). */
export interface Threshold {
  readonly amount: 'contract-value' | 'technology-value';
  readonly fromFen: bigint;
}

/** One set of registration rules, for contracts whose selecting date is in [from, to). */
export interface Regime {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
  readonly inForce: Sourced<'whole text' | 'title and draft'>;
  /** Counted from the day after acceptance. */
  readonly reviewLimit: Sourced<ReviewLimit>;
  /** For contracts at or over the second-review threshold. */
  readonly reviewLimitLarge: Sourced<ReviewLimit>;
  readonly secondReview: Sourced<Threshold>;
  /** What a supplement does to the clock: it counts from its arrival, or from acceptance anew. */
  readonly supplement: Sourced<'arrival' | 'acceptance'>;
  /** Who registers; both regimes: the seller in the city, and once. */
  readonly importRegistrant: Sourced<'domestic-buyer'>;
}

const FIVE_MILLION_YUAN_FEN = 500_000_000n;

export const REGIMES: readonly Regime[] = [
  {
    key: 'CN-2000',
    zh: '技术合同认定登记管理办法(国科发政字〔2000〕063号)',
    en: 'Measures for the registration of technology contracts (2000, No. 063)',
    from: '2000-02-16',
    to: '2026-01-23',
    inForce: {
      value: 'whole text',
      status: 'OFFICIAL',
      source: '国科发政字〔2000〕063号; repealed by the measures of 2026-01-23',
    },
    reviewLimit: {
      value: { days: 30, unit: 'calendar-days' },
      status: 'OFFICIAL',
      source: '2000 办法: 30 days from acceptance',
    },
    reviewLimitLarge: {
      value: { days: 30, unit: 'calendar-days' },
      status: 'OFFICIAL',
      source: '2000 办法 makes no difference by amount',
    },
    secondReview: {
      value: { amount: 'contract-value', fromFen: FIVE_MILLION_YUAN_FEN },
      status: 'SINGLE_SOURCE',
      source: 'Manual of the Jiangsu registration system: 成交额 ≥ ¥500万 goes to 大额审批员',
    },
    supplement: {
      value: 'acceptance',
      status: 'ASSUMPTION',
      source: '2000 办法 says nothing of it; a supplemented contract is accepted anew',
    },
    importRegistrant: {
      value: 'domestic-buyer',
      status: 'ASSUMPTION',
      source: 'Article 11 of the draft of 2024-12-18, applied to the older regime',
    },
  },
  {
    key: 'CN-2026',
    zh: '技术合同认定登记管理办法(工业和信息化部,2026年1月23日公布;仅知其名,数值据2024年征求意见稿)',
    en: 'Measures of 2026-01-23 (MIIT): known by title only; values from the draft of 2024-12-18',
    from: '2026-01-23',
    to: null,
    inForce: {
      value: 'title and draft',
      status: 'ASSUMPTION',
      source: 'Day of issue taken as first day in force; the final articles were not found',
    },
    reviewLimit: {
      value: { days: 15, unit: 'working-days' },
      status: 'DRAFT',
      source: 'Draft of 2024-12-18, article 14',
    },
    reviewLimitLarge: {
      value: { days: 30, unit: 'working-days' },
      status: 'DRAFT',
      source: 'Draft of 2024-12-18, article 14: large (generally ≥ ¥500万) or disputed',
    },
    secondReview: {
      value: { amount: 'technology-value', fromFen: FIVE_MILLION_YUAN_FEN },
      status: 'DRAFT',
      source: 'Draft of 2024-12-18, article 14: 技术交易额 generally ≥ ¥500万',
    },
    supplement: {
      value: 'arrival',
      status: 'DRAFT',
      source: 'Draft of 2024-12-18, article 14: acceptance is reset to the day of the supplements',
    },
    importRegistrant: {
      value: 'domestic-buyer',
      status: 'DRAFT',
      source: 'Draft of 2024-12-18, article 11',
    },
  },
];

/** Which date of a registration selects its regime: not found in any text, so configurable. */
export type RegimeDate = 'signedOn' | 'submittedOn' | 'acceptedOn';

/**
 * 登记编号: 16 digits = YYYY + 省 2 + 地市 2 + 登记点 2 + 序号 6. The older form had 14 digits with
 * YY; that 16 is the same with a full year is derived, not read.
 */
export interface RegistrationPoint {
  /** Six digits: province, city, registration point. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Whose sellers (for an import: buyers) register there. */
  readonly districts: readonly DistrictCode[];
  readonly status: SourceStatus;
}

export interface RegistrationRules {
  readonly regimes: readonly Regime[];
  readonly regimeDate: RegimeDate;
  /** The first one also serves whoever no other serves. */
  readonly points: readonly RegistrationPoint[];
  /** Same two parties, signed within this span, together at or over the threshold. */
  readonly split: Sourced<{ readonly days: number }>;
  /** 登记清单. */
  readonly list: Sourced<{
    readonly fromFen: bigint;
    readonly contractsMax: number;
    readonly printableAfterWorkingDays: number;
  }>;
  /** How long a proposed change may be confirmed, in calendar days. */
  readonly proposalDays: Sourced<number>;
  /** A technology value below this share of the contract value is unusual. */
  readonly unusualShareBelowBp: Sourced<bigint>;
}

const point = (
  code: string,
  zh: string,
  en: string,
  districts: readonly DistrictCode[],
): RegistrationPoint => ({ code, zh, en, districts, status: 'ASSUMPTION' });

/** Which bodies there are and their two digits was not found: one list for another city's. */
const POINTS: readonly RegistrationPoint[] = [
  point('320501', '苏州市区登记点', 'Suzhou, city', [
    ...(['gusu', 'huqiu', 'wuzhong', 'xiangcheng'] as const),
  ]),
  point('320502', '苏州工业园区登记点', 'Industrial Park', ['sip']),
  point('320503', '吴江登记点', 'Wujiang', ['wujiang']),
  point('320504', '昆山登记点', 'Kunshan', ['kunshan']),
  point('320505', '张家港登记点', 'Zhangjiagang', ['zhangjiagang']),
  point('320506', '常熟登记点', 'Changshu', ['changshu']),
  point('320507', '太仓登记点', 'Taicang', ['taicang']),
];

export const REGISTRATION_RULES: RegistrationRules = {
  regimes: REGIMES,
  regimeDate: 'submittedOn',
  points: POINTS,
  split: {
    value: { days: 90 },
    status: 'ASSUMPTION',
    source: 'Own rule against splitting below the second-review threshold',
  },
  list: {
    value: {
      fromFen: FIVE_MILLION_YUAN_FEN,
      contractsMax: LIST_CONTRACTS_MAX,
      printableAfterWorkingDays: 2,
    },
    status: 'SINGLE_SOURCE',
    source:
      'Manual of the Jiangsu registration system: 成交额 ≥ ¥500万 and below not in one list; ' +
      'printable two working days after approval. That 500 contracts fill a list is our own.',
  },
  proposalDays: {
    value: 7,
    status: 'ASSUMPTION',
    source: 'Own rule: an approval that waits longer is asked for anew',
  },
  unusualShareBelowBp: {
    value: 3_000n,
    status: 'ASSUMPTION',
    source: 'Own hint for the registrar; no text gives a usual share',
  },
};
