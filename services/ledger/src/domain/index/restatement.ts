import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import { type LocalMonth, monthOf } from '@jishi/contracts/time';
import { type Aggregates, addContract, moveFields, withMonthOf } from './aggregates.ts';
import { cellsOf, type RegisteredContract, type Restatement } from './registered-contract.ts';
import type { DisclosureRule, StepRule } from './step-rule.ts';
import {
  type Crowd,
  type FewParties,
  isCrowdEnough,
  isInIndex,
  isWithheld,
  joinCrowd,
  NOBODY,
  withParties,
} from './tally.ts';

/**
 * Amended, deregistered and revoked contracts restate the period in which they were registered.
 * Exact views move at once. The public would see single contracts move a month that is over: so
 * for the public the changes of one month of registration wait until they are themselves a crowd
 * (three contracts, sellers and buyers), and are then shown together, with a public step.
 */

/** What the public sees instead of the exact aggregates, and the changes that wait. */
export interface Shown {
  readonly aggregates: Aggregates;
  readonly waiting: ReadonlyMap<LocalMonth, readonly Restatement[]>;
}

const countsOf = (contract: RegisteredContract | null): string =>
  contract === null
    ? ''
    : [
        ...cellsOf(contract),
        contract.contractValueFen,
        contract.technologyValueFen,
        contract.sellerId,
        contract.buyerId,
        contract.relatedParty,
        contract.subcontract,
      ].join(' ');

/** Whether a change moves any figure: a corrected title does not. */
export const movesFigures = ({ before, after }: Restatement): boolean =>
  countsOf(before) !== countsOf(after);

/** Who is left in each cell of a contract's month when it is gone, in the order of the log. */
export const remainingWithout = (
  contract: RegisteredContract,
  standing: Iterable<RegisteredContract>,
  parameters: StepRule,
): Restatement['remaining'] => {
  const month = monthOf(contract.registeredOn);
  const others = [...standing]
    .filter((other) => other.contractId !== contract.contractId)
    .filter((other) => monthOf(other.registeredOn) === month && isInIndex(other, parameters))
    .sort((a, b) => a.seq - b.seq);
  return cellsOf(contract).map((cell) => {
    const crowd = others
      .filter((other) => cellsOf(other).includes(cell))
      .reduce((all, other) => joinCrowd(all, other, parameters.disclosure), NOBODY);
    return { cell, sellers: crowd.sellers, buyers: crowd.buyers };
  });
};

/** Only values that nobody knows hide each other. */
const isSecret = ({ before, after }: Restatement): boolean =>
  before.publishedValueFen === null || after?.publishedValueFen === null;

const crowdOf = (changes: readonly Restatement[], rule: DisclosureRule): Crowd =>
  changes
    .filter(isSecret)
    .reduce((crowd, change) => joinCrowd(crowd, change.after ?? change.before, rule), NOBODY);

const mayShow = (changes: readonly Restatement[], rule: DisclosureRule): boolean => {
  const crowd = crowdOf(changes, rule);
  return crowd.contracts === 0 || isCrowdEnough(crowd, rule);
};

const partitionOf = (cell: IndexCell): string => cell.split(':')[0] ?? cell;

const cellsMoved = (changes: readonly Restatement[]): Map<IndexCell, Restatement[]> => {
  const moved = new Map<IndexCell, Restatement[]>();
  for (const change of changes) {
    const cells = [...cellsOf(change.before), ...(change.after ? cellsOf(change.after) : [])];
    for (const cell of new Set(cells)) moved.set(cell, [...(moved.get(cell) ?? []), change]);
  }
  return moved;
};

/**
 * The cells that must not be shown with a month's changes. The city's total is known: where one
 * cell of a partition moved by less than a crowd, every cell of it that moved is withheld.
 */
const cellsToWithhold = (
  changes: readonly Restatement[],
  rule: DisclosureRule,
): readonly IndexCell[] => {
  const moved = [...cellsMoved(changes)];
  const bare = new Set(
    moved.filter(([, own]) => !mayShow(own, rule)).map(([cell]) => partitionOf(cell)),
  );
  return moved.map(([cell]) => cell).filter((cell) => bare.has(partitionOf(cell)));
};

const NOBODY_LEFT: FewParties = [];

/** A month with all its changes; what is withheld, or was, is left without parties. */
const showMonth = (
  shown: Aggregates,
  exact: Aggregates,
  month: LocalMonth,
  changes: readonly Restatement[],
  rule: DisclosureRule,
): Aggregates => {
  const before = [...shown.cells].flatMap(([cell, months]) => {
    const tally = months.get(month);
    return tally && isWithheld(tally) ? [cell] : [];
  });
  const next = withMonthOf(shown, exact, month);
  const cells = new Map(next.cells);
  for (const cell of [...before, ...cellsToWithhold(changes, rule)]) {
    const tally = cells.get(cell)?.get(month);
    if (!tally) continue;
    const withheld = withParties(tally, NOBODY_LEFT, NOBODY_LEFT);
    cells.set(cell, new Map(cells.get(cell)).set(month, withheld));
  }
  return { cells, days: next.days, fields: changes.reduce(moveFields, shown.fields) };
};

/** A registration counts for everybody; its step hides it. */
export const showRegistration = (
  shown: Shown | null,
  contract: RegisteredContract,
  parameters: StepRule,
): Shown | null =>
  shown && { ...shown, aggregates: addContract(shown.aggregates, contract, parameters) };

/** Keeps a change back, or shows its month when the changes that wait have become a crowd. */
export const holdBack = (
  shown: Shown | null,
  before: Aggregates,
  exact: Aggregates,
  change: Restatement,
  rule: DisclosureRule,
): Shown | null => {
  const { aggregates, waiting } = shown ?? { aggregates: before, waiting: new Map() };
  const month = monthOf(change.before.registeredOn);
  const changes = [...(waiting.get(month) ?? []), change];
  if (!mayShow(changes, rule)) {
    return { aggregates, waiting: new Map(waiting).set(month, changes) };
  }
  const left = new Map(waiting);
  left.delete(month);
  return { aggregates: showMonth(aggregates, exact, month, changes, rule), waiting: left };
};
