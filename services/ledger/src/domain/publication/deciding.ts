import type { HiddenReason } from '@jishi/contracts/ledger/index-family';
import type { PublishedValue } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import type { ReferenceFile } from '../index/family/method-file.ts';
import type { NoValue } from '../index/family/official.ts';
import { crowdOf, primaryReason } from '../index/family/primary-disclosure.ts';
import { monthsOfWindow, PARTITIONS, type Series, seriesOf } from '../index/family/series.ts';
import { type ValueLine, valueLine } from '../index/family/value-lines.ts';
import type { WindowReading } from '../index/family/window.ts';
import { isBaseThin, mayOverlap, protectedNeighbours } from './hiding.ts';
import { type Window, windowOf } from './published-value.ts';
import type { Scene } from './scene.ts';
import { isShown, type Showing, showingOf } from './showings.ts';

/** A value that may be shown, unless what was shown before forbids it. */
export interface Candidate {
  readonly series: Series;
  readonly line: ValueLine;
  readonly window: Window;
  readonly showing: Showing;
}

/** What the month itself decides: who may be shown, who has no value, who is hidden and why. */
export interface Judged {
  readonly candidates: readonly Candidate[];
  readonly undefined: ReadonlyMap<string, NoValue>;
  readonly hidden: ReadonlyMap<string, HiddenReason>;
}

/** The windows over which the means of a series' base were taken. */
const windowsOfBase = (
  series: Series,
  { months, windowEnds }: ReferenceFile,
): readonly (readonly LocalMonth[])[] => {
  if (series.isLong) return [];
  return (series.isCity ? months : windowEnds).map((end) => monthsOfWindow(series, end));
};

/** By the primary rule, of the window and of the base (B6, B12-10, 19). */
const ownReason = (scene: Scene, series: Series, window: Window): HiddenReason | null => {
  const { counting, reference, rule, cap } = scene;
  const { tally } = window.figures;
  const reason = primaryReason(crowdOf(tally, series.isCity ? 'capped' : 'raw'), rule);
  if (reason !== null || !reference || tally.contracts === 0) return reason;
  const { months, linkHead } = reference.file;
  const pooled = {
    ...{ months, linkHead: Number(linkHead), cap },
    windows: windowsOfBase(series, reference.file),
  };
  return isBaseThin(counting, series.cell, pooled, rule) ? 'base-few-contracts' : null;
};

/** Cells of a partition of which nothing is told, and nothing may be: without a value, say. */
const untold = (
  { rule }: Scene,
  cells: readonly string[],
  reading: WindowReading,
  hidden: ReadonlyMap<string, HiddenReason>,
): ReadonlySet<string> =>
  new Set(
    cells.filter(
      (cell) =>
        hidden.has(cell) || primaryReason(crowdOf(reading.cell(cell).tally, 'raw'), rule) !== null,
    ),
  );

/** Cells of each partition that stay hidden for the sake of others. */
const neighbours = (
  scene: Scene,
  candidates: readonly Candidate[],
  hidden: ReadonlyMap<string, HiddenReason>,
): ReadonlySet<string> => {
  const { method, counting, rule } = scene;
  const ofPartition = PARTITIONS.flatMap((partition) => {
    const cells = method.cells[partition];
    const reading = candidates.find(({ series }) => cells.includes(series.cell))?.window.reading;
    if (!reading) return [];
    const names = untold(scene, cells, reading, hidden);
    return [...protectedNeighbours(reading, cells, names, counting, rule)];
  });
  const shown = new Set(candidates.map(({ series }) => series.key));
  return new Set(ofPartition.filter((cell) => shown.has(cell)));
};

/** Months whose window of a series was ever shown. */
export const shownPeriods = (scene: Scene, seriesKey: string): ReadonlySet<LocalMonth> =>
  new Set(
    scene.published
      .filter(({ values }) => values.some((one) => one.series === seriesKey && isShown(one)))
      .map(({ period }) => period),
  );

const overlapsTooMuch = (scene: Scene, { series }: Candidate): boolean => {
  const shown = shownPeriods(scene, series.key);
  if (series.isCity || shown.has(scene.period)) return false;
  const { family, period, cap } = scene;
  return !mayOverlap(family, series.cell, { period, length: series.length, cap }, shown);
};

/** The first three rules, in their order: primary, neighbours, overlapping windows. */
export const judge = (scene: Scene): Judged => {
  const { family, period, basis } = scene;
  const undefinedSeries = new Map<string, NoValue>();
  const hidden = new Map<string, HiddenReason>();
  const candidates: Candidate[] = [];
  const readings = new Map<string, WindowReading>();
  for (const series of seriesOf(family.method)) {
    const line = valueLine(family, series, period);
    const reason = line.reason as NoValue | null;
    const window = windowOf(family, series, period, readings);
    const own = window && ownReason(scene, series, window);
    if (own && (reason === null || reason === 'no-trade')) hidden.set(series.key, own);
    else if (reason !== null || !window) undefinedSeries.set(series.key, reason ?? 'no-trade');
    else {
      const showing = showingOf(series.cell, monthsOfWindow(series, period), basis);
      candidates.push({ series, line, window, showing });
    }
  }
  for (const cell of neighbours(scene, candidates, hidden)) hidden.set(cell, 'protects-neighbour');
  for (const candidate of candidates) {
    const { key } = candidate.series;
    if (!hidden.has(key) && overlapsTooMuch(scene, candidate))
      hidden.set(key, 'overlapping-window');
  }
  return {
    candidates: candidates.filter(({ series }) => !hidden.has(series.key)),
    undefined: undefinedSeries,
    hidden,
  };
};

/** Where a value was shown before, oldest first, in all vintages of the month. */
export const shownBefore = ({ vintages }: Scene, key: string): readonly PublishedValue[] =>
  vintages.flatMap(({ values }) => values.filter((one) => one.series === key && isShown(one)));
