import type { LocalMonth } from '@jishi/contracts/time';
import { cappedFen } from './cap.ts';
import type { DealUnit } from './deal-unit.ts';
import type { ContractFact } from './facts.ts';
import type { Family } from './family-state.ts';
import { officialMonth } from './freeze.ts';
import { editionFor } from './official.ts';
import { monthsOfWindow, type Series } from './series.ts';

/** Why a registered contract does not count in the index. */
export type Excluded = 'related-party' | 'subcontract-copy';

/** A contract behind one value, with what of it counted. */
export interface CellContract {
  readonly contract: ContractFact;
  /** Its share of the unit's capped value; the shares of a unit add up to it. */
  readonly countedFen: bigint;
  readonly unitKey: string;
  readonly unitContracts: number;
  readonly excluded: Excluded | null;
}

/** Cuts whole fen by value so that nothing is lost: each part is a step of the running sum. */
const sharesOf = ({ contracts, rawFen }: DealUnit, wholeFen: bigint): readonly bigint[] => {
  if (rawFen === 0n) return contracts.map(() => 0n);
  let sum = 0n;
  let given = 0n;
  return contracts.map(({ technologyValueFen }) => {
    sum += technologyValueFen;
    const upTo = (wholeFen * sum) / rawFen;
    const share = upTo - given;
    given = upTo;
    return share;
  });
};

/** The cap of a period: that of its link year; none before it is linked. */
const capFor = (family: Family, period: LocalMonth) => {
  const edition = editionFor(family, period);
  if (typeof edition === 'string') return null;
  return family.references.get(edition.linkYear)?.cap ?? null;
};

const excludedOf = (family: Family, contract: ContractFact): Excluded | null => {
  const { excludesRelatedParty, excludesSubcontract } = family.market;
  if (excludesRelatedParty && contract.relatedParty) return 'related-party';
  return excludesSubcontract && contract.subcontract ? 'subcontract-copy' : null;
};

/** The cell of a contract that is in no unit: its own attributes say it. */
const isOwnCell = (contract: ContractFact, cell: string): boolean =>
  [
    'city',
    `district:${contract.district}`,
    `industry:${contract.industryCode}`,
    `field:${contract.fieldCode}`,
  ].includes(cell);

const excludedContracts = (
  family: Family,
  cell: string,
  months: readonly LocalMonth[],
): readonly CellContract[] => {
  const found: CellContract[] = [];
  for (const contract of family.market.contracts.values()) {
    const excluded = excludedOf(family, contract);
    if (excluded === null || !isOwnCell(contract, cell)) continue;
    const month = contract.registeredOn.slice(0, 7);
    if (!months.includes(month)) continue;
    const alone = { unitKey: `excluded|${contract.contractId}`, unitContracts: 1 };
    found.push({ ...{ contract, countedFen: 0n, excluded }, ...alone });
  }
  return found;
};

/**
 * The contracts behind a value, by id: those of the window's deal units in the cell, and those
 * registered in it that the universe leaves out.
 */
export const cellContracts = (
  family: Family,
  series: Series,
  period: LocalMonth,
): readonly CellContract[] => {
  const months = monthsOfWindow(series, period);
  const cap = capFor(family, period);
  const counted = months.flatMap((month) =>
    [...officialMonth(family.market, month).units.values()].flatMap((unit) => {
      if (!unit.cells.includes(series.cell)) return [];
      const shares = sharesOf(unit, cappedFen(unit.rawFen, cap));
      return unit.contracts.map((contract, i) => ({
        ...{ contract, countedFen: shares[i] ?? 0n, excluded: null },
        ...{ unitKey: `${month}|${unit.key}`, unitContracts: unit.contracts.length },
      }));
    }),
  );
  const all = [...counted, ...excludedContracts(family, series.cell, months)];
  return all.sort((a, b) => (a.contract.contractId < b.contract.contractId ? -1 : 1));
};
