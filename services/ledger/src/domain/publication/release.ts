import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { LocalMonth } from '@jishi/contracts/time';
import type { DisclosureRule } from '../index/parameters.ts';
import { type Changes, changeAt, isChanged, isCover } from './changes.ts';
import { PARTITIONS, type Partition, PUBLISHED_CELLS } from './units.ts';

/** Every head as of which each cell was shown, in the order of the publications. */
export type Showings = ReadonlyMap<IndexCell, readonly number[]>;

/** What one figure is over: the month of a cell, or the twelve months of its base. */
export interface Unit {
  readonly months: readonly LocalMonth[];
  readonly shownAt: Showings;
  /** Cells that this publication hides for another reason. */
  readonly hidden: ReadonlySet<IndexCell>;
}

export interface ReleaseSources {
  /** Changes from an earlier head to the new one; from 0 everything that stands. */
  readonly changesSince: (seq: number) => Changes;
  readonly rule: DisclosureRule;
}

export interface Release {
  /** The sequence as of which each cell's figure is to be published. */
  readonly at: ReadonlyMap<IndexCell, number>;
  /** Cells that were never shown, and must not be shown now. */
  readonly withheld: ReadonlySet<IndexCell>;
}

const showingsOf = (part: string, { shownAt }: Unit): readonly number[] => {
  const cell = PUBLISHED_CELLS.find((known) => known === part);
  return (cell && shownAt.get(cell)) ?? [];
};

/** Whether what parts changed since their heads is, as one sum, nothing or a crowd's. */
const isSumCovered = (
  parts: readonly { readonly part: string; readonly since: number }[],
  unit: Unit,
  { changesSince, rule }: ReleaseSources,
): boolean =>
  unit.months.every((month) =>
    isCover(
      parts.map(({ part, since }) => changeAt(changesSince(since), part, month)),
      rule,
    ),
  );

/** Whether a part's own figure may be compared with every one that was shown of it. */
const mayMove = (part: string, unit: Unit, sources: ReleaseSources): boolean =>
  [...new Set(showingsOf(part, unit))].every((since) =>
    isSumCovered([{ part, since }], unit, sources),
  );

/** The parts of a partition in which something stands, or stood when the city was shown. */
const partsIn = (partition: Partition, unit: Unit, sources: ReleaseSources): readonly string[] => {
  const [kind = ''] = (partition.cells[0] ?? '').split(':');
  const known = [0, ...showingsOf('city', unit)].flatMap((seq) => [
    ...sources.changesSince(seq).keys(),
  ]);
  const others = known.filter((part) => part.startsWith(`${kind}:`));
  return [...new Set([...partition.cells, ...others])].sort();
};

/**
 * Whether nobody learns a single contract while some parts stay behind: from the city less what
 * was last shown of each part, and from the city less what it was at any earlier showing. Of the
 * latter, the parts that are known at both heads fall out; all others remain as one sum.
 */
const isSafe = (
  waiting: ReadonlySet<string>,
  parts: readonly string[],
  unit: Unit,
  sources: ReleaseSources,
): boolean => {
  const everything = sources.changesSince(0);
  const behind = [...waiting].map((part) => ({ part, since: showingsOf(part, unit).at(-1) }));
  // A month in which a part that nobody ever saw has contracts: its sum covers (see disclosure).
  const ownMonths = unit.months.filter((month) =>
    behind.every(
      ({ part, since }) => since !== undefined || !isChanged(changeAt(everything, part, month)),
    ),
  );
  const own = behind.flatMap(({ part, since }) => (since === undefined ? [] : [{ part, since }]));
  if (!isSumCovered(own, { ...unit, months: ownMonths }, sources)) return false;
  return [...new Set(showingsOf('city', unit))].every((since) => {
    const unknown = parts.filter(
      (part) => waiting.has(part) || !showingsOf(part, unit).includes(since),
    );
    return isSumCovered(
      unknown.map((part) => ({ part, since })),
      unit,
      sources,
    );
  });
};

const sizeOf = (part: string, since: number, unit: Unit, sources: ReleaseSources): number =>
  unit.months
    .map((month) => changeAt(sources.changesSince(since), part, month))
    .reduce((sum, change) => sum + change.added + change.amended + change.cancelled, 0);

/**
 * Which parts of one partition must wait: those whose own change is too small to be seen, those
 * that are hidden or no cells, and as many more (fewest changed contracts first) as it takes. Null
 * when it is not enough that all of them wait: then the city waits too.
 */
const waitingIn = (
  partition: Partition,
  unit: Unit,
  sources: ReleaseSources,
  cityShownAt: number,
): ReadonlySet<string> | null => {
  const parts = partsIn(partition, unit, sources);
  const cells: readonly string[] = partition.cells.filter((cell) => !unit.hidden.has(cell));
  const isFree = (part: string): boolean => cells.includes(part) && mayMove(part, unit, sources);
  const waiting = new Set(parts.filter((part) => !isFree(part)));
  const sizes = new Map(
    parts.map((part) => [part, sizeOf(part, cityShownAt, unit, sources)] as const),
  );
  const sized = (part: string): number => sizes.get(part) ?? 0;
  const ready = parts
    .filter((part) => !waiting.has(part) && sized(part) > 0)
    .sort((a, b) => sized(a) - sized(b));
  while (!isSafe(waiting, parts, unit, sources)) {
    const next = ready.shift();
    if (next === undefined) return null;
    waiting.add(next);
  }
  return waiting;
};

const neverShown = (cells: Iterable<string>, unit: Unit): ReadonlySet<IndexCell> => {
  const asked = new Set(cells);
  return new Set(
    PUBLISHED_CELLS.filter((cell) => asked.has(cell) && showingsOf(cell, unit).length === 0),
  );
};

/**
 * When each cell is released: as of the new head, or of the one it was last shown at, where the
 * difference between any two showings, of the cell or of the city less its other parts, would show
 * single contracts. What waits and was never shown is withheld.
 */
export const releasedAt = (unit: Unit, head: number, sources: ReleaseSources): Release => {
  const cityShownAt = showingsOf('city', unit).at(-1);
  if (cityShownAt === undefined) {
    return { at: new Map(PUBLISHED_CELLS.map((cell) => [cell, head])), withheld: new Set() };
  }
  const waits = mayMove('city', unit, sources)
    ? PARTITIONS.map((partition) => waitingIn(partition, unit, sources, cityShownAt))
    : [null];
  const behind: ReadonlySet<string> = waits.includes(null)
    ? new Set(PUBLISHED_CELLS)
    : new Set(waits.flatMap((waiting) => [...(waiting ?? [])]));
  const whenOf = (cell: IndexCell): number =>
    behind.has(cell) ? (showingsOf(cell, unit).at(-1) ?? head) : head;
  return {
    at: new Map(PUBLISHED_CELLS.map((cell) => [cell, whenOf(cell)])),
    withheld: neverShown(behind, unit),
  };
};
