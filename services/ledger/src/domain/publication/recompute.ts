import type {
  PublishedContent,
  PublishedReference,
  PublishedValue,
  WindowPrimitives,
} from '@jishi/contracts/ledger/published-content';
import {
  type ComponentRatios,
  componentRatios,
  formatIndex,
  lnComposite,
} from '../index/family/change-index.ts';
import type { ComponentRule } from '../index/family/components.ts';
import { gradeOf } from '../index/family/evidence.ts';
import { exp, FIXED_ONE, type Fixed, formatFixed, scaled } from '../index/family/logarithm.ts';
import type { Edition, Method } from '../index/family/method.ts';
import { COMPONENTS, type Component } from '../index/family/method-file.ts';
import { PartyTable } from '../index/family/party-table.ts';
import { readReference, type SeriesReference } from '../index/family/priors.ts';
import { parseRational } from '../index/family/rational.ts';
import { PARTITIONS, type Series, shrinkOf } from '../index/family/series.ts';
import { stateRatios } from '../index/family/state-index.ts';
import { emptyTally } from '../index/family/tally.ts';
import type { Figures } from '../index/family/window.ts';

/** The strings of one value, computed from a publication alone: no log, no database. */
export interface RecomputedValue {
  readonly series: string;
  readonly value: string;
  readonly sub: Readonly<Record<Component, string>>;
  readonly state: string | null;
  readonly grade: string;
  readonly flags: readonly string[];
}

/** Only how many there were is published of the parties. */
const partiesOf = (count: number): PartyTable => {
  const parties = new PartyTable();
  const nothing = { units: 0, sold: 0, bought: 0, cappedFen: 0n, rawFen: 0n };
  for (let party = 0; party < count; party += 1) parties.set(party, nothing);
  return parties;
};

export const figuresFrom = (given: WindowPrimitives): Figures => ({
  tally: {
    ...emptyTally(),
    units: given.units,
    contracts: given.contracts,
    crossRegion: given.crossRegion,
    conversions: given.conversions,
    daysLogSum: BigInt(given.daysLogSum),
    cappedFen: BigInt(given.cappedFen),
    squares: BigInt(given.squares),
    parties: partiesOf(given.parties),
  },
  participants: parseRational(given.participants),
  listingDays: given.listingDays,
});

/** A published reference has no strata: what follows from them is published as a logarithm. */
export const referenceFrom = (key: string, given: PublishedReference): SeriesReference => {
  const series = { [key]: { ...given, units: '0', closings: '0', strata: {} } };
  const file = { linkHead: '0', capFen: null, months: [], windowEnds: [], series };
  const read = readReference(file).series.get(key);
  if (!read) throw new Error(`no reference of ${key}`);
  return read;
};

const fixed = (text: string): Fixed => scaled(FIXED_ONE, parseRational(text));

export const ruleOf = (method: Method, edition: Edition, series: Series): ComponentRule => ({
  edition,
  shrink: shrinkOf(series, edition),
  daysPerListingMonth: method.daysPerListingMonth,
});

/** ln(c_j/c̄_j) with the published price term; null where nothing was traded. */
export const ratiosFrom = (
  primitives: WindowPrimitives & { readonly lnPrice: string },
  reference: SeriesReference,
  rule: ComponentRule,
): ComponentRatios | null => {
  const ratios = componentRatios(figuresFrom(primitives), reference, rule);
  if (!ratios || ratios.held.includes('P')) return ratios;
  const P = ratios.lnRatios.P + fixed(primitives.lnPrice);
  return { ...ratios, lnRatios: { ...ratios.lnRatios, P } };
};

const stateFrom = (
  content: PublishedContent,
  published: PublishedValue,
  method: Method,
  edition: Edition,
): string | null => {
  const { primitives, asOfSeq, series } = published;
  const partition = PARTITIONS.find((one) => series.startsWith(`${one}:`));
  const city = content.cityWindows.find((one) => one.asOfSeq === asOfSeq);
  if (!primitives?.lnStatePrice || !partition || !city) return null;
  const ratios = stateRatios(figuresFrom(primitives), figuresFrom(city.primitives), {
    ...{ method, edition, cellCount: method.cells[partition].length },
    strata: new Map(),
  });
  if (!ratios) return null;
  const lnRatios = { ...ratios, P: ratios.P + fixed(primitives.lnStatePrice) };
  const ln = COMPONENTS.reduce((sum, j) => sum + scaled(lnRatios[j], edition.weights[j]), 0n);
  return formatFixed(method.stateAverage * exp(ln), 2);
};

const flagsFrom = (
  { units, conversions, contracts }: WindowPrimitives,
  ratios: ComponentRatios,
  reference: SeriesReference,
  { method, edition }: { readonly method: Method; readonly edition: Edition },
): readonly string[] => [
  ...ratios.held.map((j) => `held:${j}`),
  ...(ratios.crossHeld ? ['held:X'] : []),
  ...(reference.mean === 'arithmetic' ? ['arithmetic-reference'] : []),
  ...(reference.linked ? [] : ['not-linked']),
  ...(units < edition.minEvidence ? ['thin:units'] : []),
  ...(conversions < edition.minEvidence ? ['thin:conversions'] : []),
  ...(contracts < Number(method.file.disclosure.lowSample) ? ['low-sample'] : []),
];

/** The strings that follow from a value's primitives and its reference; null: there are none. */
export const recomputeValue = (
  content: PublishedContent,
  published: PublishedValue,
  series: Series,
  { method, edition }: { readonly method: Method; readonly edition: Edition },
): RecomputedValue | null => {
  const { primitives } = published;
  const given = content.reference[series.key];
  if (!primitives || !given) return null;
  const reference = referenceFrom(series.key, given);
  const ratios = ratiosFrom(primitives, reference, ruleOf(method, edition, series));
  if (!ratios) return null;
  const { S, A, B, C, P } = ratios.lnRatios;
  const sub = (ln: Fixed): string => formatFixed(method.level * exp(ln), 2);
  return {
    series: series.key,
    value: formatIndex(reference.lnLevel + lnComposite(ratios, edition.weights)),
    sub: { S: sub(S), A: sub(A), B: sub(B), C: sub(C), P: sub(P) },
    state: stateFrom(content, published, method, edition),
    grade: gradeOf(figuresFrom(primitives).tally, method.file.grades, false),
    flags: flagsFrom(primitives, ratios, reference, { method, edition }),
  };
};
