import { componentRatios } from './change-index.ts';
import type { ComponentRule } from './components.ts';
import type { Family } from './family-state.ts';
import type { SeriesReference } from './priors.ts';
import { type Series, shrinkOf } from './series.ts';
import { type Figures, readWindow } from './window.ts';

/** What a month of a series is computed from, and what comes of it; for tests. */
export interface RatiosOfMonth {
  readonly figures: Figures;
  readonly own: SeriesReference;
  readonly rule: ComponentRule;
  readonly ratios: ReturnType<typeof componentRatios>;
}

/** Null where the series has no reference; of 2026's parameters. */
export const ratiosOf = (family: Family, period: string, series: Series): RatiosOfMonth | null => {
  const reference = family.references.get(2026);
  const own = reference?.series.get(series.key);
  const [edition] = family.method.editions;
  if (!reference || !own || !edition) return null;
  const { daysPerListingMonth } = family.method;
  const rule = { edition, shrink: shrinkOf(series, edition), daysPerListingMonth };
  const figures = readWindow(family.market, [period], reference.cap).cell(series.cell);
  return { figures, own, rule, ratios: componentRatios(figures, own, rule) };
};
