import { type LocalMonth, monthOf } from '@jishi/contracts/time';
import type { DisclosureRule, IndexParameters } from '../index/parameters.ts';
import type { RegisteredContract } from '../index/registered-contract.ts';
import { type Crowd, isInIndex, joinCrowd, NOBODY } from '../index/tally.ts';
import { type Contracts, partsOf } from './units.ts';

export type ChangeKind = 'added' | 'amended' | 'cancelled';

/** What became different in one part and month between two heads. */
export interface Change {
  readonly added: number;
  readonly amended: number;
  readonly cancelled: number;
  /** Those of the changed contracts whose value is not published: only they hide each other. */
  readonly crowd: Crowd;
}

export const NO_CHANGE: Change = { added: 0, amended: 0, cancelled: 0, crowd: NOBODY };

export const isChanged = (change: Change): boolean =>
  change.added + change.amended + change.cancelled > 0;

/** Part → month → what changed there. */
export type Changes = ReadonlyMap<string, ReadonlyMap<LocalMonth, Change>>;

const countedAs = (contract: RegisteredContract): string =>
  [
    ...partsOf(contract),
    monthOf(contract.registeredOn),
    contract.technologyValueFen,
    contract.sellerId,
    contract.buyerId,
  ].join(' ');

interface Pair {
  readonly before: RegisteredContract | undefined;
  readonly after: RegisteredContract | undefined;
}

const kindOf = ({ before, after }: Pair): ChangeKind =>
  before === undefined ? 'added' : after === undefined ? 'cancelled' : 'amended';

/** The places (part, month) where a changed contract counted before or counts now. */
const placesOf = ({ before, after }: Pair): ReadonlyMap<string, readonly [string, LocalMonth]> =>
  new Map(
    [before, after].flatMap((contract) =>
      contract
        ? partsOf(contract).map((part) => {
            const month = monthOf(contract.registeredOn);
            return [`${part} ${month}`, [part, month]] as const;
          })
        : [],
    ),
  );

/**
 * What changed from one head to another, in the index's universe. A contract that was amended out
 * of a cell into another has changed both. The parties that count as cover are those it has now.
 */
export const changesBetween = (
  earlier: Contracts,
  later: Contracts,
  parameters: IndexParameters,
): Changes => {
  const counted = (contract: RegisteredContract | undefined) =>
    contract && isInIndex(contract, parameters) ? contract : undefined;
  const changes = new Map<string, Map<LocalMonth, Change>>();
  for (const id of new Set([...earlier.keys(), ...later.keys()])) {
    const pair = { before: counted(earlier.get(id)), after: counted(later.get(id)) };
    const present = pair.after ?? pair.before;
    if (!present) continue;
    if (pair.before && pair.after && countedAs(pair.before) === countedAs(pair.after)) continue;
    const kind = kindOf(pair);
    const isSecret = present.publishedValueFen === null;
    for (const [part, month] of placesOf(pair).values()) {
      const months = changes.get(part) ?? new Map<LocalMonth, Change>();
      changes.set(part, months);
      const known = months.get(month) ?? NO_CHANGE;
      const crowd = isSecret ? joinCrowd(known.crowd, present, parameters.disclosure) : known.crowd;
      months.set(month, { ...known, [kind]: known[kind] + 1, crowd });
    }
  }
  return changes;
};

export const changeAt = (changes: Changes, part: string, month: LocalMonth): Change =>
  changes.get(part)?.get(month) ?? NO_CHANGE;

/** All changes of a part over some months, counted. */
export const changeOver = (
  changes: Changes,
  part: string,
  months: readonly LocalMonth[],
): Omit<Change, 'crowd'> => {
  const all = months.map((month) => changeAt(changes, part, month));
  const sum = (kind: ChangeKind): number => all.reduce((total, change) => total + change[kind], 0);
  return { added: sum('added'), amended: sum('amended'), cancelled: sum('cancelled') };
};

/** Whether the difference between two published values may be known: nobody's, or a crowd's. */
export const isCover = (changes: readonly Change[], rule: DisclosureRule): boolean => {
  if (!changes.some(isChanged)) return true;
  const contracts = changes.reduce((sum, { crowd }) => sum + crowd.contracts, 0);
  const parties = (side: 'sellers' | 'buyers'): number =>
    new Set(changes.flatMap(({ crowd }) => crowd[side])).size;
  return (
    contracts >= rule.minContracts &&
    parties('sellers') >= rule.minSellers &&
    parties('buyers') >= rule.minBuyers
  );
};
