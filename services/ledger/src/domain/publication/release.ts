import type { IndexCell } from '@jishi/contracts/ledger/live';
import type { LocalMonth } from '@jishi/contracts/time';
import type { DisclosureRule } from '../index/parameters.ts';
import { type Change, type Changes, changeAt, isChanged, isCover } from './changes.ts';
import { PARTITIONS, type Partition, PUBLISHED_CELLS } from './units.ts';

/** What one figure is over: the month of a cell, or the twelve months of its base. */
export interface Unit {
  readonly months: readonly LocalMonth[];
  /** The sequence as of which a cell was last shown; a cell that is not here never was. */
  readonly shownAt: ReadonlyMap<IndexCell, number>;
}

export interface ReleaseSources {
  /** Changes from an earlier head to the new one. */
  readonly changesSince: (seq: number) => Changes;
  readonly rule: DisclosureRule;
}

const changesOf = (
  part: string,
  month: LocalMonth,
  unit: Unit,
  { changesSince }: ReleaseSources,
  fallback: number,
): Change => {
  const cell = PUBLISHED_CELLS.find((known) => known === part);
  const since = (cell && unit.shownAt.get(cell)) ?? fallback;
  return changeAt(changesSince(since), part, month);
};

/** Parts of a partition that changed since they (or the city) were last shown. */
const partsIn = (partition: Partition, changes: Changes): readonly string[] => {
  const [kind = ''] = (partition.cells[0] ?? '').split(':');
  const other = [...changes.keys()].filter((part) => part.startsWith(`${kind}:`));
  return [...new Set([...partition.cells, ...other])].sort();
};

const sizeOf = (changes: readonly Change[]): number =>
  changes.reduce((sum, change) => sum + change.added + change.amended + change.cancelled, 0);

/**
 * Which cells of one partition must wait: those whose own change is too small to be seen, and as
 * many more (fewest changed contracts first) as it takes that what waits together is a crowd in
 * every month. Whoever knows the city's change and those of the others then learns no contract's.
 */
const waitingIn = (
  partition: Partition,
  unit: Unit,
  sources: ReleaseSources,
  cityShownAt: number,
): ReadonlySet<string> => {
  const { rule } = sources;
  const parts = partsIn(partition, sources.changesSince(cityShownAt));
  const changesBy = new Map(
    parts.map((part) => [
      part,
      unit.months.map((month) => changesOf(part, month, unit, sources, cityShownAt)),
    ]),
  );
  const changesIn = (part: string): readonly Change[] => changesBy.get(part) ?? [];
  const isShown = (part: string): boolean => [...unit.shownAt.keys()].some((cell) => cell === part);
  const mayMove = (part: string): boolean =>
    isShown(part) && changesIn(part).every((change) => isCover([change], rule));
  const waiting = new Set(parts.filter((part) => !mayMove(part)));
  const ready = parts
    .filter((part) => !waiting.has(part) && changesIn(part).some(isChanged))
    .sort((a, b) => sizeOf(changesIn(a)) - sizeOf(changesIn(b)));
  const isCovered = (): boolean =>
    unit.months.every((_, at) =>
      isCover(
        [...waiting].flatMap((part) => changesIn(part)[at] ?? []),
        rule,
      ),
    );
  while (!isCovered()) {
    const next = ready.shift();
    if (next === undefined) break;
    waiting.add(next);
  }
  return waiting;
};

/**
 * The sequence as of which each cell's figure is to be published: the new head, or the one it was
 * last shown at, where the difference between the two would show single contracts. A cell that was
 * never shown has nothing to be compared with and takes the new head.
 */
export const releasedAt = (
  unit: Unit,
  head: number,
  sources: ReleaseSources,
): ReadonlyMap<IndexCell, number> => {
  const cityShownAt = unit.shownAt.get('city');
  const at = new Map<IndexCell, number>(PUBLISHED_CELLS.map((cell) => [cell, head]));
  if (cityShownAt === undefined) return at;
  const ofCity = sources.changesSince(cityShownAt);
  const cityMoves = unit.months.every((month) =>
    isCover([changeAt(ofCity, 'city', month)], sources.rule),
  );
  if (!cityMoves)
    return new Map([...at].map(([cell]) => [cell, unit.shownAt.get(cell) ?? cityShownAt]));
  for (const partition of PARTITIONS) {
    for (const part of waitingIn(partition, unit, sources, cityShownAt)) {
      const cell = PUBLISHED_CELLS.find((known) => known === part);
      const before = cell && unit.shownAt.get(cell);
      if (cell && before !== undefined) at.set(cell, before);
    }
  }
  return at;
};
