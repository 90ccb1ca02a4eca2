import { refuseField } from '@jishi/contracts/problem';
import type { LocalMonth } from '@jishi/contracts/time';
import { componentRatios, lnComposite } from './change-index.ts';
import { type Compared, type PartTerm, termsOf } from './contribution-terms.ts';
import type { Family } from './family-state.ts';
import { type Fixed, scaled } from './logarithm.ts';
import { COMPONENTS, type Component } from './method-file.ts';
import { editionFor, lnOfficial, readPeriod, type Setting, settingUnder } from './official.ts';
import { NO_PART, type Part, type Parting, partsOf } from './parts.ts';
import type { Series } from './series.ts';
import type { WindowReading } from './window.ts';

/** One line of a contribution table, in units of ln I: by component and in all. */
export interface Contribution {
  readonly code: string;
  readonly terms: Readonly<Record<Component, Fixed>>;
  readonly total: Fixed;
}

/** The line of what a new θ makes of the earlier period (B12-17). */
export const LINK_LINE = '(link)';

const lineOf = (code: string, terms: Record<Component, Fixed>): Contribution => ({
  code,
  terms,
  total: COMPONENTS.reduce((sum, j) => sum + terms[j], 0n),
});

const linesOf = (
  parts: readonly [ReadonlyMap<string, Part>, ReadonlyMap<string, Part>],
  terms: Record<Component, PartTerm>,
  { edition }: Setting,
): Contribution[] => {
  const [before, after] = parts;
  const codes = [...new Set([...before.keys(), ...after.keys()])].sort();
  return codes.map((code) => {
    const own = before.get(code) ?? NO_PART;
    const now = after.get(code) ?? NO_PART;
    const weighted = (j: Component): Fixed => scaled(terms[j](own, now), edition.weights[j]);
    const all = { S: weighted('S'), A: weighted('A'), B: weighted('B') };
    return lineOf(code, { ...all, C: weighted('C'), P: weighted('P') });
  });
};

const known = <T extends object | bigint>(value: T | string, period: LocalMonth): T => {
  if (typeof value !== 'string') return value;
  const [zh, en] = [`${period} 没有指数值(${value})`, `No index value for ${period}: ${value}`];
  throw refuseField('invalid-input', 'period', 'no-value', zh, en);
};

const checkLinks = (family: Family, from: LocalMonth, to: LocalMonth): void => {
  const years = [from, to].map((month) => known(editionFor(family, month), month).linkYear);
  if (Math.abs((years[1] ?? 0) - (years[0] ?? 0)) <= 1) return;
  const [zh, en] = ['不跨越一个以上的链接年', 'Contributions cross at most one link'];
  throw refuseField('invalid-input', 'from', 'over-two-links', zh, en);
};

/**
 * Contributions 贡献 of groups to ln I(t) − ln I(s): they add up exactly. Across one link s is
 * recomputed under θ_t, and the difference to its official value is a line of its own. Refusals
 * (`invalid-input`): no-value, over-two-links.
 */
export const contributions = (
  family: Family,
  series: Series,
  [from, to]: readonly [LocalMonth, LocalMonth],
  parting: Parting,
): readonly Contribution[] => {
  checkLinks(family, from, to);
  const edition = known(editionFor(family, to), to);
  const setting = known(settingUnder(family, series, edition), to);
  const readings: readonly WindowReading[] = [from, to].map((period) =>
    known(readPeriod(family, series, period, setting), period),
  );
  const [earlier, later] = readings;
  if (!earlier || !later) throw new Error('two periods are compared');
  const before = earlier.cell(series.cell);
  const after = later.cell(series.cell);
  const { own, rule } = setting;
  const ratiosBefore = known(componentRatios(before, own, rule) ?? 'no-trade', from);
  const ratiosAfter = known(componentRatios(after, own, rule) ?? 'no-trade', to);
  const compared: Compared = {
    ...{ before, after, setting, daysPerListingMonth: family.method.daysPerListingMonth },
    crossHeld: ratiosBefore.crossHeld || ratiosAfter.crossHeld,
  };
  const held = [...ratiosBefore.held, ...ratiosAfter.held];
  const partsFrom = partsOf(family.market, earlier, series.cell, parting);
  const partsTo = partsOf(family.market, later, series.cell, parting);
  const lines = linesOf([partsFrom, partsTo], termsOf(compared, held), setting);
  const lnUnderLater = own.lnLevel + lnComposite(ratiosBefore, edition.weights);
  const link = lnUnderLater - known(lnOfficial(family, series, from), from);
  if (known(editionFor(family, from), from) === edition) return lines;
  const none = { S: 0n, A: 0n, B: 0n, C: 0n, P: 0n };
  return [...lines, { code: LINK_LINE, terms: none, total: link }];
};
