import type { Fen } from '@jishi/contracts/money';
import type { CaseStatus } from '@jishi/contracts/subsidy/case';
import type { DecisionContent } from '@jishi/contracts/subsidy/decision';

/**
 * What a change in the ledger does to a case. `wait`: money is on its way to the bank, the answer
 * comes first. `none`: nothing was decided, deciding will see the new facts.
 */
export type Consequence =
  | { readonly kind: 'wait' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unchanged' }
  /** The decision loses its ground; the case is decided anew. */
  | { readonly kind: 'reopened' }
  /** The contract is gone, or the party is no longer in it: the case ends unpaid. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'lower'; readonly differenceFen: Fen }
  | { readonly kind: 'higher' };

const sameAnswer = (a: DecisionContent, b: DecisionContent): boolean =>
  a.outcome === b.outcome &&
  a.decidedBy === b.decidedBy &&
  a.awardFen === b.awardFen &&
  a.calculation?.baseFen === b.calculation?.baseFen;

/** The ground itself is gone, whatever else the articles say. */
export const isGroundGone = (now: DecisionContent): boolean => now.decidedBy === 'rule-registered';

/** Of a paid award: what the party may keep now against what it holds and nobody claims. */
const ofPaid = (heldFen: Fen, now: DecisionContent): Consequence => {
  const keepsFen = BigInt(now.awardFen);
  if (keepsFen < heldFen) return { kind: 'lower', differenceFen: heldFen - keepsFen };
  return { kind: keepsFen > heldFen ? 'higher' : 'unchanged' };
};

/**
 * The consequence of new facts. `decided` is the valid decision, `now` the same case decided with
 * the facts of now and the values of the original day, `heldFen` what was paid and is not claimed
 * back. A higher award is shown and not paid by itself.
 */
export const consequenceOf = (
  status: CaseStatus,
  decided: DecisionContent | undefined,
  now: DecisionContent,
  heldFen: Fen,
): Consequence => {
  switch (status) {
    case 'closed':
      return { kind: 'none' };
    case 'instructed':
      return { kind: 'wait' };
    case 'open':
      return { kind: isGroundGone(now) ? 'closed' : 'none' };
    case 'paid':
      return ofPaid(heldFen, now);
    default: {
      const isSame = decided !== undefined && sameAnswer(decided, now);
      const staysRefused = status === 'refused' && now.outcome !== 'award';
      if (isSame || staysRefused) return { kind: 'unchanged' };
      return { kind: isGroundGone(now) ? 'closed' : 'reopened' };
    }
  }
};
