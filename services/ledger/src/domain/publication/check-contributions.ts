import type { Contributions } from '@jishi/contracts/ledger/index-family';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import { formatIndex, lnComposite } from '../index/family/change-index.ts';
import { byComponent, type ChangeEnd, printChange } from '../index/family/contribution-points.ts';
import { LINK_LINE } from '../index/family/contributions.ts';
import { type Fixed, scaled } from '../index/family/logarithm.ts';
import type { Edition, Method } from '../index/family/method.ts';
import { COMPONENTS, type Component } from '../index/family/method-file.ts';
import { seriesOf } from '../index/family/series.ts';
import type { Difference } from './difference.ts';
import { ratiosFrom, referenceFrom, ruleOf } from './recompute.ts';

const where = 'contributions';
type Told = NonNullable<PublishedContent['contributions']>;

const unitsOf = (text: string): bigint => BigInt(text.replace('.', ''));
const sumOf = (texts: readonly string[]): bigint =>
  texts.reduce((sum, text) => sum + unitsOf(text), 0n);

/** Each table adds up: down in every column, and across in every line but the link's. */
const sumDifferences = (table: Contributions): Difference[] => {
  const { by, lines, sum, from, to } = table;
  const of = (field: string, published: string, found: bigint): Difference[] =>
    unitsOf(published) === found
      ? []
      : [{ where, field: `${by}.${field}`, published, recomputed: `${found}` }];
  return [
    ...COMPONENTS.flatMap((j) =>
      of(`sum.${j}`, sum.terms[j], sumOf(lines.map(({ terms }) => terms[j]))),
    ),
    ...of('sum.total', sum.total, sumOf(lines.map(({ total }) => total))),
    ...of('sum.points', sum.points, sumOf(lines.map(({ points }) => points))),
    ...of('change', sum.points, unitsOf(to.value) - unitsOf(from.value)),
    ...lines
      .filter(({ code }) => code !== LINK_LINE)
      .flatMap(({ code, terms, total }) => of(code, total, sumOf(COMPONENTS.map((j) => terms[j])))),
  ];
};

/** The two ends that a table names are those whose primitives stand beside it. */
const endDifferences = ({ before, after }: Told, { by, from, to }: Contributions): Difference[] => {
  const named = ({ period, value }: { period: string; value: string }): string =>
    `${period} ${value}`;
  const [said, found] = [[from, to].map(named).join(), [before, after].map(named).join()];
  return said === found ? [] : [{ where, field: `${by}.ends`, published: said, recomputed: found }];
};

const merged = ({ by, lines, merged: codes }: Contributions): Difference[] => {
  const isNamed = lines.some(({ code }) => code === '(others)') === codes.length > 0;
  return isNamed ? [] : [{ where, field: `${by}.merged`, published: codes, recomputed: null }];
};

/**
 * The two values and the component table from the primitives of both months. Across a link the
 * month before was valued by another θ, so that only the sums are looked at.
 */
const componentDifferences = (
  content: PublishedContent,
  told: Told,
  { method, edition }: { readonly method: Method; readonly edition: Edition },
): Difference[] => {
  const [city] = seriesOf(method);
  const given = content.reference.city;
  const table = told.tables.find(({ by }) => by === 'component');
  if (!city || !given || !table) {
    return [{ where, field: 'component', published: null, recomputed: 'a table' }];
  }
  if (table.lines.some(({ code }) => code === LINK_LINE)) return [];
  const reference = referenceFrom(city.key, given);
  const [earlier, later] = [told.before, told.after].map(({ primitives }) =>
    ratiosFrom(primitives, reference, ruleOf(method, edition, city)),
  );
  if (!earlier || !later) {
    return [{ where, field: 'primitives', published: 'a value', recomputed: null }];
  }
  const endOf = (end: Told['before'], ratios: typeof earlier): ChangeEnd => {
    const ln = reference.lnLevel + lnComposite(ratios, edition.weights);
    return { period: end.period, value: formatIndex(ln), ln };
  };
  const ends = [endOf(told.before, earlier), endOf(told.after, later)] as const;
  const held = [...earlier.held, ...later.held];
  const term = (j: Component): Fixed =>
    held.includes(j) ? 0n : scaled(later.lnRatios[j] - earlier.lnRatios[j], edition.weights[j]);
  const terms = { S: term('S'), A: term('A'), B: term('B'), C: term('C'), P: term('P') };
  const total = COMPONENTS.reduce((sum, j) => sum + terms[j], 0n);
  const change = printChange(byComponent([{ code: '', terms, total }]), ends);
  const said = { from: table.from, to: table.to, lines: table.lines, sum: table.sum };
  const textOf = (one: typeof said | typeof change): string =>
    JSON.stringify([
      [one.from.value, one.to.value],
      [...one.lines, one.sum].map((line) => [
        ...[line.code, line.total, line.points],
        ...COMPONENTS.map((j) => line.terms[j]),
      ]),
    ]);
  // X may be missing in one of the months alone: then it is in neither of the two.
  if (earlier.crossHeld !== later.crossHeld || textOf(said) === textOf(change)) return [];
  return [{ where, field: 'component', published: textOf(said), recomputed: textOf(change) }];
};

export const checkContributions = (
  content: PublishedContent,
  theta: { readonly method: Method; readonly edition: Edition },
): readonly Difference[] => {
  const told = content.contributions;
  if (!told) return [];
  return [
    ...told.tables.flatMap((table) => [
      ...sumDifferences(table),
      ...endDifferences(told, table),
      ...merged(table),
    ]),
    ...componentDifferences(content, told, theta),
  ];
};
