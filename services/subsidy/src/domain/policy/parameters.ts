import { ContractType } from '@jishi/contracts/codes';
import { PartyNature } from '@jishi/contracts/party';
import type { ParameterUnit } from '@jishi/contracts/subsidy/policy';

interface ParameterRule {
  /** Units in which the value may be given; any other is an error at load. */
  readonly units: readonly ParameterUnit[];
  /** For `choice` and `codes`: the words that the rules understand. */
  readonly words?: readonly string[];
}

const EXCLUSION = { units: ['choice'], words: ['excluded', 'allowed'] } as const;
const RATE = { units: ['bp'] } as const;
const AMOUNT = { units: ['CNY'] } as const;

/**
 * Every parameter that a rule may ask for: a file with another key, or without one of these, does
 * not load. A choice lists only words that a rule acts on.
 */
export const PARAMETERS = {
  beneficiaryRoles: { units: ['codes'], words: ['seller', 'buyer', 'broker'] },
  baseContractTypes: { units: ['codes'], words: ContractType.options },
  base: { units: ['choice'], words: ['verified-receipts'] },
  legalPersonNatures: { units: ['codes'], words: PartyNature.options },
  brokerNatures: { units: ['codes'], words: PartyNature.options },
  brokerMustBeLocal: { units: ['choice'], words: ['yes', 'no'] },
  relatedParty: EXCLUSION,
  subcontract: EXCLUSION,
  brokerIsParty: EXCLUSION,
  institutionAndPerson: EXCLUSION,
  rateSeller: RATE,
  rateBuyer: RATE,
  rateBrokerInstitution: RATE,
  rateBrokerPerson: RATE,
  ceiling: AMOUNT,
  ceilingBrokerPerson: AMOUNT,
  ceilingScope: { units: ['choice'], words: ['party-role-year'] },
  yearBy: { units: ['choice'], words: ['verification'] },
  noticeDays: { units: ['calendar-days', 'working-days'] },
  annualBudget: AMOUNT,
  afterDeregistration: EXCLUSION,
  clawbackFreesCap: { units: ['choice'], words: ['on-repayment', 'never'] },
  clawbackDueDays: { units: ['calendar-days', 'working-days'] },
  clawbackInterest: { units: ['choice'], words: ['none'] },
  repaidTo: { units: ['choice'], words: ['treasury'] },
} as const satisfies Record<string, ParameterRule>;

export type ParameterKey = keyof typeof PARAMETERS;

export const PARAMETER_KEYS = Object.keys(PARAMETERS) as ParameterKey[];

export const parameterRule = (key: ParameterKey): ParameterRule => PARAMETERS[key];

/** The scheme's rules in the order in which they are checked and in which a refusal counts. */
export const ARTICLES = [
  'in-force',
  'rule-registered',
  'article-2',
  'article-3-type',
  'article-3-base',
  'article-4',
  'rule-related',
  'rule-subcontract',
  'rule-broker',
  'rule-rate',
  'plan-19',
] as const;
export type Article = (typeof ARTICLES)[number];
