import type { HiddenReason } from '@jishi/contracts/ledger/index-family';
import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { addToMonth } from '../index/family/calendar.ts';
import type { Cap } from '../index/family/cap.ts';
import { type Contribution, contributions } from '../index/family/contributions.ts';
import { indexValue } from '../index/family/official.ts';
import { crowdOf, primaryReason } from '../index/family/primary-disclosure.ts';
import { PARTITIONS, type Partition, type Series, seriesOf } from '../index/family/series.ts';
import type { WindowReading } from '../index/family/window.ts';
import type { Steps } from '../steps.ts';
import { printedTable } from './contribution-print.ts';
import { countedAt } from './counted.ts';
import { shownBefore, shownPeriods } from './deciding.ts';
import { protectedNeighbours } from './hiding.ts';
import { seqOfMonth } from './knowledge.ts';
import { valuePrimitives, windowOf } from './published-value.ts';
import type { Scene } from './scene.ts';
import { partitionOf, riseOf, type Showing, showingOf } from './showings.ts';
import type { Telling } from './telling.ts';

/** A part of the city and what its line would tell; null: it must not be told by itself. */
interface Part {
  readonly code: string;
  readonly contracts: number;
  readonly rawFen: bigint;
  readonly showing: Showing | null;
}

interface PartTable {
  readonly by: Partition;
  readonly lines: readonly Contribution[];
  readonly parts: readonly Part[];
}

/** What contributions would tell, before it is known whether they may. */
export interface Contributing {
  readonly before: LocalMonth;
  /** The month before, read as of this head. */
  readonly cityBefore: Showing | null;
  readonly tables: readonly PartTable[];
  /** Why there are none; null with no `cityBefore`: one of the two months has no value. */
  readonly reason: HiddenReason | null;
}

const citySeries = (scene: Scene): Series => {
  const [city] = seriesOf(scene.method);
  if (!city) throw new Error('a method without a city');
  return city;
};

const readingsOf = (scene: Scene, months: readonly LocalMonth[]): readonly WindowReading[] =>
  months.flatMap((month) => windowOf(scene.family, citySeries(scene), month)?.reading ?? []);

/** Codes whose figures of one of the two months may not be known (primary and neighbours). */
const hiddenCodes = (
  { method, counting, rule }: Scene,
  by: Partition,
  readings: readonly WindowReading[],
): ReadonlySet<string> => {
  const cells = method.cells[by];
  const hidden = new Set<string>();
  for (const reading of readings) {
    const primary = new Set(
      cells.filter((code) => primaryReason(crowdOf(reading.cell(code).tally, 'raw'), rule)),
    );
    for (const code of primary) hidden.add(code);
    for (const code of protectedNeighbours(reading, cells, primary, counting, rule)) {
      hidden.add(code);
    }
  }
  return hidden;
};

const tableOf = (scene: Scene, by: Partition, months: readonly [LocalMonth, LocalMonth]) => {
  const lines = contributions(scene.family, citySeries(scene), months, by);
  const readings = readingsOf(scene, months);
  const hidden = hiddenCodes(scene, by, readings);
  const parts = lines
    .filter(({ code }) => partitionOf(code) === by)
    .map(({ code }): Part => {
      const tallies = readings.map((reading) => reading.cell(code).tally);
      const isTold = scene.method.cells[by].includes(code) && !hidden.has(code);
      return {
        code,
        contracts: tallies.reduce((sum, { contracts }) => sum + contracts, 0),
        rawFen: tallies.reduce((sum, { rawFen }) => sum + rawFen, 0n),
        showing: isTold ? riseOf(code, months, scene.basis) : null,
      };
    });
  return { by, lines, parts };
};

const nothing = (before: LocalMonth, reason: HiddenReason | null): Contributing => ({
  ...{ before, reason, cityBefore: null, tables: [] },
});

/**
 * Whether a unit of the month counts under one cap and not whole under the other: told under both,
 * what it is above the lower one is told, which no rule on its value judges.
 */
const isCutByOne = (
  { counting, method }: Scene,
  before: LocalMonth,
  asOfSeq: number,
  caps: readonly (Cap | null)[],
): boolean => {
  const seqOf = seqOfMonth(method);
  const counted = countedAt(counting, 'city', [before], (month) => seqOf(asOfSeq, month));
  return counted.some(({ unitFen }) => {
    const cut = caps.filter((cap) => cap !== null && unitFen > cap.fen).length;
    return cut > 0 && cut < caps.length;
  });
};

/** The city, this month against the one before, if both have values and the other is public. */
export const contributingOf = (scene: Scene): Contributing => {
  const { family, period, seq } = scene;
  const before = addToMonth(period, -1);
  const city = citySeries(scene);
  const values = [before, period].map((month) => indexValue(family, city, month));
  if (values.some(({ value }) => value === null)) return nothing(before, null);
  if (!shownPeriods(scene, city.key).has(before)) return nothing(before, 'not-published');
  const hidden = values.find((one) => one.hidden !== null)?.hidden;
  if (hidden) return nothing(before, hidden);
  const ownCap = windowOf(family, city, before)?.setting.reference.cap ?? null;
  if (isCutByOne(scene, before, seq, [ownCap, scene.cap]))
    return nothing(before, 'waits-for-crowd');
  const cityBefore = showingOf('city', [before], scene.basis);
  const tables = PARTITIONS.map((by) => tableOf(scene, by, [before, period]));
  return { before, reason: null, cityBefore, tables };
};

/**
 * The codes that are told in one line. Never exactly one that is not nothing: it would be the
 * city's rest, so the smallest of the others goes along.
 */
function* mergedCodes({ parts }: PartTable, telling: Telling): Steps<readonly string[]> {
  const bySize = [...parts].sort((a, b) => b.contracts - a.contracts || (a.code < b.code ? -1 : 1));
  const told = new Set<string>();
  for (const { code, showing } of bySize) {
    if (showing !== null && (yield* telling.tell(showing))) told.add(code);
    yield;
  }
  const isSome = ({ contracts }: Part): boolean => contracts > 0;
  const merged = parts.filter(({ code }) => !told.has(code));
  if (merged.filter(isSome).length !== 1) return merged.map(({ code }) => code);
  const [smallest] = parts
    .filter((part) => told.has(part.code) && isSome(part))
    .sort((a, b) => (a.rawFen < b.rawFen ? -1 : a.rawFen > b.rawFen ? 1 : 0));
  return [...merged, ...(smallest ? [smallest] : [])].map(({ code }) => code).sort();
}

type Told = Pick<PublishedContent, 'contributions' | 'contributionsHidden'>;
const withheld = (contributionsHidden: HiddenReason | null): Told => ({
  contributions: null,
  contributionsHidden,
});

const endOf = (scene: Scene, period: LocalMonth) => {
  const city = citySeries(scene);
  const window = windowOf(scene.family, city, period);
  const { value, ln } = indexValue(scene.family, city, period);
  if (!window || value === null || ln === null) throw new Error(`no value of ${period}`);
  const primitives = valuePrimitives(scene.family, city, window);
  return { end: { period, value, ln }, printed: { period, value, primitives } };
};

/** Where the month before was shown, whatever it was shown for. */
const headsOfBefore = (scene: Scene, before: LocalMonth): readonly number[] =>
  scene.published
    .filter(({ period }) => period === before)
    .flatMap((content) => shownBefore({ ...scene, vintages: [content] }, 'city'))
    .map(({ asOfSeq }) => asOfSeq);

/** The contributions of the month, as far as they may be told; kept while the city is kept. */
export function* contributionsOf(
  scene: Scene,
  contributing: Contributing,
  isCityMoved: boolean,
  telling: Telling,
): Steps<Told> {
  const { cityBefore, before, reason, tables } = contributing;
  if (!cityBefore) return withheld(reason);
  if (!isCityMoved) {
    const kept = scene.last?.contributions ?? null;
    return kept ? { contributions: kept, contributionsHidden: null } : withheld('waits-for-crowd');
  }
  const mayMove = telling.mayMove('city', [before], headsOfBefore(scene, before));
  if (!mayMove || !(yield* telling.tell(cityBefore))) return withheld('waits-for-crowd');
  const [earlier, later] = [endOf(scene, before), endOf(scene, scene.period)];
  const ends = [earlier.end, later.end] as const;
  const [anyTable] = tables;
  const told: ReturnType<typeof printedTable>[] = [];
  for (const table of tables) {
    const merged = yield* mergedCodes(table, telling);
    told.push(printedTable(table.by, table.lines, merged, ends));
  }
  const components = printedTable('component', anyTable?.lines ?? [], [], ends);
  return {
    contributions: {
      asOfSeq: scene.seq,
      ...{ before: earlier.printed, after: later.printed },
      tables: [components, ...told],
    },
    contributionsHidden: null,
  };
}
