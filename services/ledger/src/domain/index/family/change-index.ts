import { type ComponentRule, componentLogs } from './components.ts';
import { exp, type Fixed, formatFixed, scaled } from './logarithm.ts';
import type { Edition } from './method.ts';
import { COMPONENTS, type Component } from './method-file.ts';
import type { SeriesReference } from './priors.ts';
import type { Figures } from './window.ts';

/** ln(c_j(t)/c̄_j) of each component, 0 where it is held, and what was held or missing. */
export interface ComponentRatios {
  readonly lnRatios: Readonly<Record<Component, Fixed>>;
  /** Held at ratio 1 for the whole link year, or for want of a hazard in the period. */
  readonly held: readonly Component[];
  /** The X term alone is held: X is 0 in the period or in the reference. */
  readonly crossHeld: boolean;
}

/** Null where S or N is 0 in the period. Source: B4, B12-11. */
export const componentRatios = (
  figures: Figures,
  reference: SeriesReference,
  rule: ComponentRule,
): ComponentRatios | null => {
  const logs = componentLogs(figures, reference.priors, rule, reference.crossHeld);
  if (!logs) return null;
  const isCrossMissing = !reference.crossHeld && isCrossZero(figures, reference, rule);
  const held = COMPONENTS.filter(
    (j) => reference.held.includes(j) || (j === 'C' && logs.C === null),
  );
  const ratioOf = (j: Component): Fixed => {
    if (held.includes(j)) return 0n;
    const mean = reference.lnMeans[j];
    const withoutCross = j === 'B' && isCrossMissing ? (reference.lnMeanCross ?? 0n) : 0n;
    return (logs[j] ?? 0n) - mean + withoutCross;
  };
  return {
    lnRatios: {
      S: ratioOf('S'),
      A: ratioOf('A'),
      B: ratioOf('B'),
      C: ratioOf('C'),
      P: ratioOf('P'),
    },
    held,
    crossHeld: reference.crossHeld || isCrossMissing,
  };
};

const isCrossZero = (
  { tally }: Figures,
  { priors }: SeriesReference,
  { shrink }: ComponentRule,
): boolean => tally.crossRegion === 0 && (shrink.kx.top === 0n || !priors.crossShare?.top);

/** Σ_j w_j · ln(c_j(t)/c̄_j), in the order S, A, B, C, P. */
export const lnComposite = ({ lnRatios }: ComponentRatios, weights: Edition['weights']): Fixed =>
  COMPONENTS.map((j) => scaled(lnRatios[j], weights[j])).reduce((sum, term) => sum + term, 0n);

/** I = e^ln to two decimals, half to even: the only rounding of a published value. */
export const formatIndex = (ln: Fixed): string => formatFixed(exp(ln), 2);
