import type { HiddenReason } from '@jishi/contracts/ledger/index-family';
import type {
  CityWindow,
  PublishedContent,
  PublishedReference,
  PublishedValue,
} from '@jishi/contracts/ledger/published-content';
import { type LocalDate, type LocalMonth, monthOf } from '@jishi/contracts/time';
import { settingUnder } from '../index/family/official.ts';
import { crowdOf, primaryReason } from '../index/family/primary-disclosure.ts';
import { monthsOfWindow, seriesOf } from '../index/family/series.ts';
import { atOnce, type Steps } from '../steps.ts';
import { contributingOf, contributionsOf } from './contributing.ts';
import { type Candidate, judge, shownBefore, shownPeriods } from './deciding.ts';
import { revisionOf } from './publication.ts';
import {
  hiddenValue,
  publishedReference,
  shownValue,
  undefinedValue,
  windowPrimitives,
} from './published-value.ts';
import { type ContentSources, type Scene, sceneOf } from './scene.ts';
import { isShown, referenceShowing, type Showing, showingOf } from './showings.ts';
import { type Telling, tellingOf } from './telling.ts';

/** The city over the cells' window, if state indices may be taken against it. */
interface CityCandidate {
  readonly showing: Showing;
  readonly window: CityWindow;
}

const cityCandidate = (
  { rule, seq, basis }: Scene,
  candidates: readonly Candidate[],
): CityCandidate | null => {
  const reading = candidates.find(({ series }) => !series.isCity)?.window.reading;
  if (!reading || primaryReason(crowdOf(reading.city.tally, 'capped'), rule) !== null) return null;
  return {
    showing: showingOf('city', reading.months, basis),
    window: {
      asOfSeq: seq,
      windowMonths: reading.months.length,
      primitives: windowPrimitives(reading.city),
    },
  };
};

/** The city first, then the parts in which most has happened: the smallest wait. */
const inOrder = (candidates: readonly Candidate[]): readonly Candidate[] =>
  [...candidates].sort((a, b) => {
    if (a.series.isCity || b.series.isCity) {
      return Number(b.series.isCity) - Number(a.series.isCity);
    }
    const [size, other] = [a, b].map(({ window }) => window.figures.tally.contracts);
    return size === other ? (a.series.key < b.series.key ? -1 : 1) : (other ?? 0) - (size ?? 0);
  });

interface Told {
  readonly moved: ReadonlySet<string>;
  readonly city: CityWindow | null;
}

/** Tells as much as can be told, one after another. */
function* tellAll(
  scene: Scene,
  candidates: readonly Candidate[],
  city: CityCandidate | null,
  telling: Telling,
): Steps<Told> {
  const moved = new Set<string>();
  let cityWindow: CityWindow | null = null;
  const ordered = inOrder(candidates);
  /** A state index that could not be told anew stays, where nothing else would move. */
  const isKeptForState = ({ series, window }: Candidate): boolean => {
    const kept = scene.last?.values.find((one) => one.series === series.key);
    if (cityWindow || !kept || kept.state === null) return false;
    return !telling.isOther(series.cell, window.reading.months, kept.asOfSeq);
  };
  const tellOne = function* (candidate: Candidate): Steps<void> {
    const { series, showing, window } = candidate;
    if (isKeptForState(candidate)) return;
    const since = [...new Set(shownBefore(scene, series.key).map(({ asOfSeq }) => asOfSeq))];
    const { months } = window.reading;
    if (!telling.mayMove(series.cell, months, since)) return;
    const { method, link } = scene;
    const ofBase = link && referenceShowing(method, link, series.key, series.length);
    if (ofBase && !(yield* telling.tell(ofBase))) return;
    if (!(yield* telling.tell(showing))) return;
    moved.add(series.key);
  };
  for (const candidate of ordered.filter(({ series }) => series.isCity)) {
    yield* tellOne(candidate);
    yield;
  }
  if (city && (yield* telling.tell(city.showing))) cityWindow = city.window;
  for (const candidate of ordered.filter(({ series }) => !series.isCity)) {
    yield* tellOne(candidate);
    yield;
  }
  return { moved, city: cityWindow };
}

/** Why a value that could be shown by itself is not. */
const waitingReason = (scene: Scene, candidate: Candidate, telling: Telling): HiddenReason => {
  const { series, window } = candidate;
  const { months } = window.reading;
  if (telling.hasChanged(series.cell, months)) return 'waits-for-crowd';
  const isBeside = (period: LocalMonth): boolean =>
    monthsOfWindow(series, period).some((month) => months.includes(month));
  const isOverlapping = [...shownPeriods(scene, series.key)].some(isBeside);
  return isOverlapping ? 'overlapping-window' : 'protects-neighbour';
};

const valuesOf = (
  scene: Scene,
  judged: ReturnType<typeof judge>,
  told: Told,
  telling: Telling,
): readonly PublishedValue[] => {
  const { family, seq, last } = scene;
  return seriesOf(family.method).map((series) => {
    const reason = judged.undefined.get(series.key);
    if (reason) return undefinedValue(series, seq, reason);
    const hidden = judged.hidden.get(series.key);
    if (hidden) return hiddenValue(series, seq, hidden);
    const candidate = judged.candidates.find((one) => one.series.key === series.key);
    if (!candidate) throw new Error(`nobody has judged ${series.key}`);
    if (told.moved.has(series.key)) {
      return shownValue(family, series, candidate.line, candidate.window, told.city !== null);
    }
    const kept = last?.values.find((one) => one.series === series.key);
    if (kept && isShown(kept)) return kept;
    return hiddenValue(series, seq, waitingReason(scene, candidate, telling));
  });
};

/** The city's windows behind the states that are shown, of this vintage or kept from the last. */
const cityWindowsOf = (
  { last }: Scene,
  city: CityWindow | null,
  values: readonly PublishedValue[],
): readonly CityWindow[] => {
  const needed = new Set(values.filter(({ state }) => state !== null).map((one) => one.asOfSeq));
  const known = [...(last?.cityWindows ?? []), ...(city ? [city] : [])];
  const byHead = new Map(known.map((one) => [one.asOfSeq, one]));
  return [...byHead.values()]
    .filter(({ asOfSeq }) => needed.has(asOfSeq))
    .sort((a, b) => a.asOfSeq - b.asOfSeq);
};

const referencesOf = (
  { family, edition }: Scene,
  values: readonly PublishedValue[],
): Record<string, PublishedReference> => {
  const shown = new Set<string>(values.filter(isShown).map(({ series }) => series));
  return Object.fromEntries(
    seriesOf(family.method).flatMap((series) => {
      const setting = edition && settingUnder(family, series, edition);
      if (!shown.has(series.key) || !setting || typeof setting === 'string') return [];
      return [[series.key, publishedReference(setting)] as const];
    }),
  );
};

/** The parameter file as it was read, without what it froze of any year. */
const parametersOf = ({ method }: Scene): Record<string, unknown> => ({
  ...method.file,
  editions: method.file.editions.map((edition) => ({ ...edition, reference: null })),
});

/** Everything that a publication of a month says to anybody. The same log gives the same bytes. */
export function* contentSteps(
  period: LocalMonth,
  sources: ContentSources,
): Steps<PublishedContent> {
  const scene = sceneOf(period, sources);
  yield;
  const judged = judge(scene);
  yield;
  const city = cityCandidate(scene, judged.candidates);
  const contributing = contributingOf(scene);
  yield;
  const telling = yield* tellingOf(scene);
  yield;
  const told = yield* tellAll(scene, judged.candidates, city, telling);
  const values = valuesOf(scene, judged, told, telling);
  yield;
  const { method, edition, reference, parameterHash } = scene;
  const content: PublishedContent = {
    period,
    vintage: scene.vintages.length + 1,
    revision: null,
    ...{ head: sources.head, logRoot: sources.logRoot },
    method: {
      ...{ name: method.file.name, version: method.file.version, parameterHash },
      linkYear: edition?.linkYear ?? null,
      linkHead: reference?.file.linkHead ?? null,
    },
    capFen: reference?.file.capFen ?? null,
    parameters: parametersOf(scene),
    reference: referencesOf(scene, values),
    values: [...values],
    cityWindows: [...cityWindowsOf(scene, told.city, values)],
    ...(yield* contributionsOf(scene, contributing, told.moved.has('city'), telling)),
  };
  return { ...content, revision: revisionOf(content, sources.published, sources.declared) };
}

export const contentOf = (period: LocalMonth, sources: ContentSources): PublishedContent =>
  atOnce(contentSteps(period, sources));

/** A month can be published once a later one has begun, on the day of the head itself. */
export const isEnded = (period: LocalMonth, headDay: LocalDate): boolean =>
  monthOf(headDay) > period;
