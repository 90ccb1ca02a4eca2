import { DistrictCode } from '@jishi/contracts/codes';
import { type Fen, formatFen, shareRoundedDown, smallerFen } from '@jishi/contracts/money';
import type { Verdict } from '@jishi/contracts/subsidy/decision';
import type { Article, ParameterKey } from '../policy/parameters.ts';
import type { Values } from '../policy/values.ts';
import { baseFenOf, type CaseFacts } from './facts.ts';
import type { Reason } from './reasons.ts';

/** What one rule says: its verdict, the reason by name, what went in and which values it used. */
export interface Finding {
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly inputs: Readonly<Record<string, string>>;
  readonly uses: readonly ParameterKey[];
}

type Rule = (facts: CaseFacts, values: Values) => Finding;

const finding = (
  refusal: Reason | false | undefined,
  inputs: Finding['inputs'],
  uses: readonly ParameterKey[],
): Finding => ({
  verdict: refusal ? 'refused' : 'passed',
  reason: refusal || 'ok',
  inputs,
  uses,
});

const isLocal = (facts: CaseFacts): boolean =>
  (DistrictCode.options as readonly string[]).includes(facts.party.district);

const registrationRefusal = (facts: CaseFacts, values: Values): Reason | undefined => {
  if (facts.contract.standing === 'revoked') return 'revoked';
  if (facts.contract.standing === 'deregistered') {
    return values.word('afterDeregistration') === 'excluded' ? 'deregistered' : undefined;
  }
  return facts.party.isStillParty ? undefined : 'not-a-party-now';
};

/** The contract stands in the ledger, and the party in it: else there is nothing to support. */
const ruleRegistered: Rule = (facts, values) =>
  finding(
    registrationRefusal(facts, values),
    { standing: facts.contract.standing, isStillParty: String(facts.party.isStillParty) },
    ['afterDeregistration'],
  );

/** Draft article 2: the scheme names the roles it supports. */
const article2: Rule = ({ role }, values) =>
  finding(!values.words('beneficiaryRoles').includes(role) && 'role-not-supported', { role }, [
    'beneficiaryRoles',
  ]);

/** Draft article 3: only development, transfer and licence contracts have a technology value. */
const article3Type: Rule = ({ contract }, values) =>
  finding(
    !values.words('baseContractTypes').includes(contract.contractType) && 'type-without-base',
    { contractType: contract.contractType, registrationNumber: contract.registrationNumber },
    ['baseContractTypes'],
  );

/** Draft article 3: the base is money that arrived; without any the case waits, unrefused. */
const article3Base: Rule = (facts) => {
  const baseFen = baseFenOf(facts);
  const inputs = { baseFen: formatFen(baseFen), receipts: String(facts.receipts.length) };
  if (baseFen > 0n) return finding(false, inputs, ['base']);
  return { verdict: 'needs', reason: 'no-verified-receipt', inputs, uses: ['base'] };
};

const brokerRefusal = (facts: CaseFacts, values: Values): Reason | undefined => {
  const { nature, kind } = facts.party;
  if (kind === 'foreign' || !values.words('brokerNatures').includes(nature)) return 'broker-nature';
  if (values.word('brokerMustBeLocal') === 'yes' && !isLocal(facts)) return 'not-of-this-city';
  return undefined;
};

const legalPersonRefusal = (facts: CaseFacts, values: Values): Reason | undefined => {
  const { nature, kind } = facts.party;
  if (kind !== 'domestic' || !values.words('legalPersonNatures').includes(nature)) {
    return 'not-a-legal-person';
  }
  return isLocal(facts) ? undefined : 'not-of-this-city';
};

/** Draft article 4: sellers and buyers are legal persons of Suzhou; brokers also persons. */
const article4: Rule = (facts, values) => {
  const { kind, nature, district } = facts.party;
  const inputs = { kind, nature, district };
  return facts.role === 'broker'
    ? finding(brokerRefusal(facts, values), inputs, ['brokerNatures', 'brokerMustBeLocal'])
    : finding(legalPersonRefusal(facts, values), inputs, ['legalPersonNatures']);
};

/** Related parties: registered and counted, not supported (assumed from other places' rules). */
const ruleRelated: Rule = ({ contract }, values) =>
  finding(
    contract.relatedParty && values.word('relatedParty') === 'excluded' && 'related-party',
    { relatedParty: String(contract.relatedParty) },
    ['relatedParty'],
  );

/** Subcontracts: registered and counted, not supported (assumed from a district's rule). */
const ruleSubcontract: Rule = ({ contract }, values) =>
  finding(
    contract.subcontract && values.word('subcontract') === 'excluded' && 'subcontract-excluded',
    { subcontract: String(contract.subcontract) },
    ['subcontract'],
  );

/** A broker is neither seller nor buyer, and one contract supports one broker only (assumed). */
const ruleBroker: Rule = (facts, values) => {
  const isBroker = facts.role === 'broker';
  const { sellerPartyId, buyerPartyId } = facts.contract;
  const isParty = isBroker && [sellerPartyId, buyerPartyId].includes(facts.party.partyId);
  const isSecond = isBroker && facts.otherBrokerAwarded;
  const refusal =
    (isParty && values.word('brokerIsParty') === 'excluded' && 'broker-is-party') ||
    (isSecond && values.word('institutionAndPerson') === 'excluded' && 'other-broker-awarded');
  return finding(
    refusal,
    { role: facts.role, brokerIsParty: String(isParty), otherBrokerAwarded: String(isSecond) },
    ['brokerIsParty', 'institutionAndPerson'],
  );
};

const isPersonBroker = (facts: CaseFacts): boolean =>
  facts.role === 'broker' && facts.party.kind === 'person';

const rateKey = (facts: CaseFacts): ParameterKey => {
  if (facts.role === 'seller') return 'rateSeller';
  if (facts.role === 'buyer') return 'rateBuyer';
  return isPersonBroker(facts) ? 'rateBrokerPerson' : 'rateBrokerInstitution';
};

/** base × rate, rounded down to the fen: this scheme's only rounding, in the payer's favour. */
const shareFenOf = (facts: CaseFacts, values: Values): Fen =>
  shareRoundedDown(baseFenOf(facts), values.number(rateKey(facts)));

/** The rate of the role; city texts were not found, so the values are labelled stand-ins. */
const ruleRate: Rule = (facts, values) => {
  const shareFen = shareFenOf(facts, values);
  return finding(
    baseFenOf(facts) > 0n && shareFen === 0n && 'share-below-one-fen',
    {
      baseFen: formatFen(baseFenOf(facts)),
      rateBp: String(values.number(rateKey(facts))),
      shareFen: formatFen(shareFen),
    },
    [rateKey(facts), 'base'],
  );
};

/** The steps from base to award, in fen; the cap is what is left for (party, role, year). */
export const amountsOf = (facts: CaseFacts, values: Values) => {
  const capFen = values.fen(isPersonBroker(facts) ? 'ceilingBrokerPerson' : 'ceiling');
  const remainingFen = capFen > facts.capUsedFen ? capFen - facts.capUsedFen : 0n;
  const shareFen = shareFenOf(facts, values);
  const awardFen = smallerFen(shareFen, remainingFen);
  return {
    baseFen: baseFenOf(facts),
    rateBp: values.number(rateKey(facts)),
    shareFen,
    capFen,
    remainingFen,
    awardFen,
    cutByCapFen: shareFen - awardFen,
  };
};

/** Plan item 19, up to ¥500,000: per party, role and year of verification (scope assumed). */
const plan19: Rule = (facts, values) => {
  const { capFen, remainingFen, cutByCapFen } = amountsOf(facts, values);
  const usedUp = remainingFen === 0n;
  const ceiling = isPersonBroker(facts) ? (['ceilingBrokerPerson'] as const) : [];
  return {
    verdict: usedUp ? 'refused' : 'passed',
    reason: usedUp ? 'cap-used-up' : cutByCapFen > 0n ? 'cut-to-cap' : 'ok',
    inputs: {
      capFen: formatFen(capFen),
      capUsedFen: formatFen(facts.capUsedFen),
      capRemainingFen: formatFen(remainingFen),
      cutByCapFen: formatFen(cutByCapFen),
    },
    uses: ['ceiling', ...ceiling, 'ceilingScope', 'yearBy'],
  };
};

/** One function per article, checked in this order; `in-force` comes before any value is read. */
export const RULES_IN_ORDER: Readonly<Record<Exclude<Article, 'in-force'>, Rule>> = {
  'rule-registered': ruleRegistered,
  'article-2': article2,
  'article-3-type': article3Type,
  'article-3-base': article3Base,
  'article-4': article4,
  'rule-related': ruleRelated,
  'rule-subcontract': ruleSubcontract,
  'rule-broker': ruleBroker,
  'rule-rate': ruleRate,
  'plan-19': plan19,
};
