import { formatFen } from '@jishi/contracts/money';
import type { Calculation, Check, DecisionContent } from '@jishi/contracts/subsidy/decision';
import { type LocalDate, yearOf } from '@jishi/contracts/time';
import type { Policy } from '../policy/load.ts';
import { ARTICLES, type Article } from '../policy/parameters.ts';
import { isInForce, type Values, valuesOn } from '../policy/values.ts';
import { amountsOf, type Finding, RULES_IN_ORDER } from './articles.ts';
import type { CaseFacts } from './facts.ts';
import { REASONS } from './reasons.ts';

const checkOf = (
  policy: Policy,
  article: Article,
  found: Finding,
  values: Values | undefined,
): Check => {
  const { zh, en, source, status } = policy.articles[article];
  const reason = REASONS[found.reason];
  return {
    article,
    zh,
    en,
    verdict: found.verdict,
    reason: found.reason,
    reasonZh: reason.zh,
    reasonEn: reason.en,
    inputs: { ...found.inputs },
    parameters: values ? found.uses.map(values.used) : [],
    source,
    status,
  };
};

const inForce = (policy: Policy, day: LocalDate): Finding => {
  const holds = isInForce(policy, day);
  return {
    verdict: holds ? 'passed' : 'refused',
    reason: holds ? 'ok' : 'not-in-force',
    inputs: { policyDay: day, from: policy.from, until: policy.until ?? '' },
    uses: [],
  };
};

const restsOnAssumption = (check: Check): boolean =>
  check.status === 'ASSUMPTION' || check.parameters.some((used) => used.status === 'ASSUMPTION');

const calculationOf = (facts: CaseFacts, values: Values): Calculation => {
  const amounts = amountsOf(facts, values);
  return {
    baseFen: formatFen(amounts.baseFen),
    rateBp: amounts.rateBp,
    shareFen: formatFen(amounts.shareFen),
    capFen: formatFen(amounts.capFen),
    capUsedBeforeFen: formatFen(facts.capUsedFen),
    capRemainingFen: formatFen(amounts.remainingFen),
    awardFen: formatFen(amounts.awardFen),
    cutByCapFen: formatFen(amounts.cutByCapFen),
  };
};

/**
 * The decision of a case on its policy day (the day on which the last of its receipts was
 * verified), whose values apply. Amounts in fen. Every article is checked in order and kept; the
 * first refusal is the answer, else the first thing missing, else the award. Nothing is thrown:
 * «not eligible» is an answer. Outside the scheme's life only `in-force` is checked.
 */
export const decideCase = (
  policy: Policy,
  policyHash: string,
  policyDay: LocalDate,
  facts: CaseFacts,
): DecisionContent => {
  const life = inForce(policy, policyDay);
  const values = life.verdict === 'passed' ? valuesOn(policy, policyDay) : undefined;
  const checks = [
    checkOf(policy, 'in-force', life, values),
    ...(values
      ? ARTICLES.filter((article) => article !== 'in-force').map((article) =>
          checkOf(policy, article, RULES_IN_ORDER[article](facts, values), values),
        )
      : []),
  ];
  const refusal = checks.find((check) => check.verdict === 'refused');
  const need = checks.find((check) => check.verdict === 'needs');
  const capRefused = refusal === undefined || refusal.article === 'plan-19';
  const calculation = values && capRefused && !need ? calculationOf(facts, values) : null;
  const outcome = refusal ? 'not-eligible' : need ? 'incomplete' : 'award';
  return {
    scheme: policy.scheme,
    policyHash,
    policyDay,
    year: yearOf(policyDay),
    outcome,
    decidedBy: (refusal ?? need)?.article ?? null,
    awardFen: outcome === 'award' && calculation ? calculation.awardFen : '0',
    calculation,
    checks,
    includesAssumption: checks.some(restsOnAssumption),
  };
};
