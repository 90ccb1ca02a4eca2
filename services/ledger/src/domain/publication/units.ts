import { FieldCode } from '@jishi/contracts/codes';
import type { IndexCell } from '@jishi/contracts/ledger/live';
import { type LocalMonth, monthOf } from '@jishi/contracts/time';
import type { IndexParameters } from '../index/parameters.ts';
import {
  DISTRICT_CELLS,
  INDUSTRY_CELLS,
  type RegisteredContract,
} from '../index/registered-contract.ts';
import { addToTally, EMPTY_TALLY, isInIndex, type Tally } from '../index/tally.ts';

/** One way to part the city's contracts so that each falls into exactly one part. */
export interface Partition {
  readonly cells: readonly IndexCell[];
  /** The part of a contract; one that is no cell (a registrant from outside) is never shown. */
  readonly partOf: (contract: RegisteredContract) => string;
}

export const PARTITIONS: readonly Partition[] = [
  { cells: DISTRICT_CELLS, partOf: (contract) => `district:${contract.sellerDistrict}` },
  { cells: INDUSTRY_CELLS, partOf: (contract) => `industry:${contract.industryCode}` },
  {
    cells: FieldCode.options.map((code) => `field:${code}` as const),
    partOf: (contract) => `field:${contract.fieldCode}`,
  },
];

export const PUBLISHED_CELLS: readonly IndexCell[] = [
  'city',
  ...PARTITIONS.flatMap((partition) => partition.cells),
];

/** The parts of a contract: the city, and one of each partition. */
export const partsOf = (contract: RegisteredContract): readonly string[] => [
  'city',
  ...PARTITIONS.map(({ partOf }) => partOf(contract)),
];

/** The contracts that stand in the log as of a sequence, by id. */
export type Contracts = ReadonlyMap<string, RegisteredContract>;

/** Part and month → what they add up to. Only contracts of the index's universe are counted. */
export type Table = ReadonlyMap<string, ReadonlyMap<LocalMonth, Tally>>;

export const tableOf = (contracts: Contracts, parameters: IndexParameters): Table => {
  const table = new Map<string, Map<LocalMonth, Tally>>();
  for (const contract of contracts.values()) {
    if (!isInIndex(contract, parameters)) continue;
    const month = monthOf(contract.registeredOn);
    for (const part of partsOf(contract)) {
      const months = table.get(part) ?? new Map<LocalMonth, Tally>();
      table.set(part, months);
      months.set(month, addToTally(months.get(month) ?? EMPTY_TALLY, contract, parameters));
    }
  }
  return table;
};

export const tallyAt = (table: Table, part: string, month: LocalMonth): Tally =>
  table.get(part)?.get(month) ?? EMPTY_TALLY;
