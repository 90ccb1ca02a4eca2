import { refuseField } from '@jishi/contracts/problem';
import { addDays, type Instant, type LocalMonth, startOfDay } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import { monthSpan } from './calendar.ts';
import type { FamilyFact } from './facts.ts';
import { type Family, referenceMonths } from './family-state.ts';
import { freezeMonths } from './freeze.ts';
import { applyToMarket } from './market-state.ts';
import type { Edition, Method } from './method.ts';
import { linkLevel } from './official.ts';
import { readReference } from './priors.ts';
import { computeReference } from './reference.ts';

/** Months before the base that hold a unit: then windows may reach back over its beginning. */
const hasEarlierMonths = ({ market, method }: Family): boolean =>
  [...market.months.keys()].some((month) => month < method.file.base.from);

/** The cells' reference windows: twelve; ten where the ledger starts in the base year (B12-12). */
const windowEnds = (family: Family, edition: Edition): readonly LocalMonth[] => {
  const months = referenceMonths(family.method, edition);
  if (edition !== family.method.editions[0] || hasEarlierMonths(family)) return months;
  return months.slice(family.method.windows.cell - 1);
};

const link = (family: Family, edition: Edition): void => {
  const { method, market, references } = family;
  const file =
    edition.reference ??
    computeReference({
      ...{ market, method, edition, linkHead: market.seq },
      months: referenceMonths(method, edition),
      windowEnds: windowEnds(family, edition),
      levelOf: (series) => linkLevel(family, edition, series),
    });
  references.set(edition.linkYear, readReference(file));
};

/** The first instant after the day of December's first release, when no head is given. */
const releaseEnds = new WeakMap<Edition, Instant>();
const releaseEnd = ({ method }: Family, edition: Edition): Instant => {
  const known = releaseEnds.get(edition);
  if (known) return known;
  const days = Number(method.file.calendar.firstReleaseWorkingDays);
  const { day } = addWorkingDays(`${edition.linkYear - 1}-12-31`, days);
  const end = startOfDay(addDays(day, 1));
  releaseEnds.set(edition, end);
  return end;
};

const SECONDS = 19;
const isPast = (family: Family, edition: Edition, next: FamilyFact): boolean =>
  edition.linkHead === null
    ? next.recordedAt.slice(0, SECONDS) >= releaseEnd(family, edition).slice(0, SECONDS)
    : next.seq > edition.linkHead;

interface Freeze {
  readonly year: number;
  readonly months: readonly LocalMonth[];
  readonly head: number;
}

/** Year of months and head of every freeze that the parameters name. */
const freezesIn = ({ file, baseMonths, editions }: Method): readonly Freeze[] => [
  ...(file.base.freezeHead === null
    ? []
    : [{ year: 0, months: baseMonths, head: Number(file.base.freezeHead) }]),
  ...editions.flatMap(({ linkYear, freezeHead }) =>
    freezeHead === null
      ? []
      : [
          {
            year: linkYear,
            months: monthSpan(`${linkYear}-01`, `${linkYear}-12`),
            head: freezeHead,
          },
        ],
  ),
];

/** Every event asks, so the list is made once for a method. */
const knownFreezes = new WeakMap<Method, readonly Freeze[]>();
const freezesOf = (method: Method): readonly Freeze[] => {
  const known = knownFreezes.get(method) ?? freezesIn(method);
  knownFreezes.set(method, known);
  return known;
};

const freeze = (family: Family, isReached: (head: number) => boolean): void => {
  for (const { year, months, head } of freezesOf(family.method)) {
    if (family.frozenYears.has(year) || !isReached(head)) continue;
    freezeMonths(family.market, months);
    family.frozenYears.add(year);
  }
};

const linkPast = (family: Family, isReached: (edition: Edition) => boolean): void => {
  for (const edition of family.method.editions) {
    if (family.references.has(edition.linkYear)) continue;
    if (!isReached(edition)) return;
    link(family, edition);
  }
};

/**
 * The fold of the family: links and freezes are taken at their heads, before the next event moves
 * the market on. Nothing here reads a clock; where no head is given the event's own time decides.
 */
export const applyToFamily = (family: Family, fact: FamilyFact): void => {
  linkPast(family, (edition) => isPast(family, edition, fact));
  freeze(family, (head) => fact.seq > head);
  applyToMarket(family.market, fact);
  linkPast(family, ({ linkHead }) => linkHead === fact.seq);
  freeze(family, (head) => fact.seq === head);
};

/** Refuses a base year without data once the base is linked (`base-without-data`). */
export const requireBaseData = ({ method, references }: Family): void => {
  const [first] = method.editions;
  const reference = first && references.get(first.linkYear);
  if (!reference || reference.series.get('city')) return;
  const [zh, en] = ['基期没有数据', 'The base year has too little data for the city'];
  throw refuseField('invalid-input', 'base.from', 'base-without-data', zh, en);
};
