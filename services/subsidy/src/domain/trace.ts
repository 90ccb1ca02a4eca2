import { type Fen, formatFen } from '@jishi/contracts/money';
import type { Check, DecisionContent, UsedParameter } from '@jishi/contracts/subsidy/decision';
import type { TraceLine } from '@jishi/contracts/subsidy/trace';

/** What a trace points to besides the decision itself. */
export interface TraceFacts {
  readonly receipts: readonly {
    readonly seq: number;
    readonly amountFen: Fen;
    readonly countedFen: Fen;
    /** Sequence of the reversal; null while the receipt stands. */
    readonly reversedSeq: number | null;
  }[];
  /** Sequences of the registration and of the amendments. */
  readonly contractSeqs: readonly number[];
  /** Earlier cases that take part of the same cap. */
  readonly otherCaseIds: readonly string[];
}

type Line = Omit<TraceLine, 'step'>;

const sum = (amounts: readonly Fen[]): Fen => amounts.reduce((total, fen) => total + fen, 0n);

const checkOf = (content: DecisionContent, article: string): Check | undefined =>
  content.checks.find((check) => check.article === article);

const usedOf = (check: Check | undefined, keys: readonly string[]): UsedParameter | undefined =>
  check?.parameters.findLast((used) => keys.includes(used.key));

const RATES = ['rateSeller', 'rateBuyer', 'rateBrokerInstitution', 'rateBrokerPerson'];
const CEILINGS = ['ceiling', 'ceilingBrokerPerson'];

const article = (name: string, used: UsedParameter | undefined): Line['source'] => ({
  kind: 'article',
  article: name,
  parameters: used ? [used.key] : [],
});

/** Money that arrived, what of it does not count, and the base. */
const baseLines = (content: DecisionContent, facts: TraceFacts): Line[] => {
  const check = checkOf(content, 'article-3-base');
  const receivedFen = sum(facts.receipts.map((receipt) => receipt.amountFen));
  // As it was when this was computed: what was reversed later counted then.
  const stated = check?.inputs.baseFen;
  const baseFen =
    stated === undefined ? sum(facts.receipts.map((r) => r.countedFen)) : BigInt(stated);
  const reversals = facts.receipts.flatMap((r) => (r.reversedSeq === null ? [] : [r.reversedSeq]));
  const received: Line = {
    kind: 'received',
    amountFen: formatFen(receivedFen),
    rateBp: null,
    sign: 'plus',
    source: { kind: 'receipts', seqs: facts.receipts.map((receipt) => receipt.seq) },
    status: 'VERIFIED',
  };
  const notCounted: Line = {
    ...received,
    kind: 'not-counted',
    amountFen: formatFen(receivedFen - baseFen),
    sign: 'minus',
    source: { kind: 'contract', seqs: [...facts.contractSeqs, ...reversals] },
  };
  const base: Line = {
    ...received,
    kind: 'base',
    amountFen: formatFen(baseFen),
    sign: 'equals',
    source: article('article-3-base', usedOf(check, ['base'])),
    status: check?.status ?? null,
  };
  return receivedFen === baseFen ? [received, base] : [received, notCounted, base];
};

/** From the base to the award; nothing when an article refused before any figure. */
const awardLines = (content: DecisionContent, facts: TraceFacts, baseStep: number): Line[] => {
  const { calculation } = content;
  if (!calculation) return [];
  const rate = usedOf(checkOf(content, 'rule-rate'), RATES);
  const ceiling = usedOf(checkOf(content, 'plan-19'), CEILINGS);
  const figure = (kind: Line['kind'], amountFen: string, sign: Line['sign']) => ({
    kind,
    amountFen,
    rateBp: null,
    sign,
  });
  const fromLines = (...steps: number[]): Line['source'] => ({ kind: 'lines', steps });
  return [
    {
      kind: 'rate',
      amountFen: null,
      rateBp: calculation.rateBp,
      sign: 'times',
      source: article('rule-rate', rate),
      status: rate?.status ?? null,
    },
    {
      ...figure('share', calculation.shareFen, 'equals'),
      source: fromLines(baseStep, baseStep + 1),
      status: null,
    },
    {
      ...figure('cap', calculation.capFen, 'plus'),
      source: article('plan-19', ceiling),
      status: ceiling?.status ?? null,
    },
    {
      ...figure('cap-used', calculation.capUsedBeforeFen, 'minus'),
      source: { kind: 'cases', caseIds: [...facts.otherCaseIds] },
      status: 'VERIFIED',
    },
    {
      ...figure('cap-remaining', calculation.capRemainingFen, 'equals'),
      source: fromLines(baseStep + 3, baseStep + 4),
      status: null,
    },
    {
      ...figure('award', content.awardFen, 'equals'),
      source: article('plan-19', undefined),
      status: checkOf(content, 'plan-19')?.status ?? null,
    },
  ];
};

/** A decision as lines that can be pointed at, in the order of the calculation; amounts in fen. */
export const traceOf = (content: DecisionContent, facts: TraceFacts): TraceLine[] => {
  const base = baseLines(content, facts);
  const lines = [...base, ...awardLines(content, facts, base.length)];
  return lines.map((line, i) => ({ step: i + 1, ...line }));
};
