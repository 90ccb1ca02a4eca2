import type { LocalMonth } from '@jishi/contracts/time';
import { monthSpan } from './calendar.ts';
import { emptyMarket, type MarketState } from './market-state.ts';
import type { Edition, Method } from './method.ts';
import type { Reference } from './priors.ts';

/** The market as of a head, and what each link year has taken from the year before it. */
export interface Family {
  readonly method: Method;
  readonly market: MarketState;
  /** By link year; there once its link head is reached. */
  readonly references: Map<number, Reference>;
  readonly frozenYears: Set<number>;
}

export const emptyFamily = (method: Method): Family => ({
  method,
  market: emptyMarket(method),
  references: new Map(),
  frozenYears: new Set(),
});

/** The reference year of an edition: the base, or the calendar year before the link year. */
export const referenceMonths = (
  { baseMonths, editions }: Method,
  edition: Edition,
): readonly LocalMonth[] =>
  edition === editions[0]
    ? baseMonths
    : monthSpan(`${edition.linkYear - 1}-01`, `${edition.linkYear - 1}-12`);
