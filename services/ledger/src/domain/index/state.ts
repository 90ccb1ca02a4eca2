import type { LogKind } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/live';
import {
  type Instant,
  type LocalDate,
  type LocalMonth,
  monthOf,
  yearOf,
} from '@jishi/contracts/time';
import { addWaiting, releaseFields, type YearReleases } from './field-release.ts';
import type { IndexParameters } from './parameters.ts';
import { cellsOf, type IndexFact, type RegisteredContract } from './registered-contract.ts';
import { NO_STANDING, type Standing, standingOf, withStanding } from './standing.ts';
import { addParty, addToTally, EMPTY_TALLY, type FewParties, type Tally } from './tally.ts';

export type CellMonths = ReadonlyMap<LocalMonth, Tally>;

/** All contracts that were registered on one day. */
export interface DayTally {
  readonly contracts: number;
  readonly contractValueFen: bigint;
}

/** What has arrived since the last public step, within one month of registration. */
export interface Gathering {
  readonly month: LocalMonth;
  readonly contracts: number;
  readonly sellers: FewParties;
}

/**
 * Everything that index, gauge and live screen are made of, as of one sequence. Immutable: a
 * state that somebody holds (the last public step, a checkpoint) never changes under him.
 */
export interface IndexState {
  readonly seq: number;
  readonly recordedAt: Instant | null;
  readonly kind: LogKind | null;
  readonly city: string;
  readonly cells: ReadonlyMap<IndexCell, CellMonths>;
  readonly days: ReadonlyMap<LocalMonth, ReadonlyMap<LocalDate, DayTally>>;
  readonly fields: ReadonlyMap<number, YearReleases>;
  readonly standing: Standing;
  /** The latest registered contracts, newest first. */
  readonly recent: readonly RegisteredContract[];
  /** The sequence of the last public step; 0 before the first. */
  readonly stepSeq: number;
  readonly gathering: Gathering | null;
}

export const RECENT_MAX = 20;

export const EMPTY_STATE: IndexState = {
  seq: 0,
  recordedAt: null,
  kind: null,
  city: '',
  cells: new Map(),
  days: new Map(),
  fields: new Map(),
  standing: NO_STANDING,
  recent: [],
  stepSeq: 0,
  gathering: null,
};

const addToCell = (
  months: CellMonths | undefined,
  contract: RegisteredContract,
  parameters: IndexParameters,
): CellMonths => {
  const month = monthOf(contract.registeredOn);
  const before = months?.get(month) ?? EMPTY_TALLY;
  return new Map(months).set(month, addToTally(before, contract, parameters));
};

const addToDays = (days: IndexState['days'], contract: RegisteredContract): IndexState['days'] => {
  const month = monthOf(contract.registeredOn);
  const before = days.get(month);
  const day = before?.get(contract.registeredOn);
  const changed = new Map(before).set(contract.registeredOn, {
    contracts: (day?.contracts ?? 0) + 1,
    contractValueFen: (day?.contractValueFen ?? 0n) + contract.contractValueFen,
  });
  return new Map(days).set(month, changed);
};

/** A new month starts anew: the first contracts of a month never make a step with old ones. */
const gather = (
  before: Gathering | null,
  contract: RegisteredContract,
  parameters: IndexParameters,
): Gathering => {
  const month = monthOf(contract.registeredOn);
  const same = before?.month === month ? before : { month, contracts: 0, sellers: [] };
  const { minSellers } = parameters.disclosure;
  return {
    month,
    contracts: same.contracts + 1,
    sellers: addParty(same.sellers, contract.sellerId, minSellers),
  };
};

const register = (
  state: IndexState,
  contract: RegisteredContract,
  parameters: IndexParameters,
): IndexState => {
  if (standingOf(state.standing, contract.contractId)) {
    throw new Error(`contract ${contract.contractId} is registered twice (at ${contract.seq})`);
  }
  const { disclosure } = parameters;
  const cells = new Map(state.cells);
  for (const cell of cellsOf(contract)) {
    cells.set(cell, addToCell(cells.get(cell), contract, parameters));
  }
  const year = yearOf(contract.registeredOn);
  const waiting = new Map(state.fields).set(
    year,
    addWaiting(state.fields.get(year) ?? new Map(), contract, disclosure),
  );
  const gathering = gather(state.gathering, contract, parameters);
  const isStep =
    gathering.contracts >= disclosure.minContracts &&
    gathering.sellers.length >= disclosure.minSellers;
  return {
    ...state,
    cells,
    days: addToDays(state.days, contract),
    fields: isStep
      ? new Map([...waiting].map(([y, fields]) => [y, releaseFields(fields, disclosure)]))
      : waiting,
    standing: withStanding(state.standing, contract),
    recent: [contract, ...state.recent].slice(0, RECENT_MAX),
    stepSeq: isStep ? contract.seq : state.stepSeq,
    gathering: isStep ? null : gathering,
  };
};

/**
 * The fold: one event of the log into the state. Pure, without clock or look-up. A public step is
 * made where at least three contracts of at least three sellers, registered within one calendar
 * month, have arrived since the step before; it follows from the log alone. Throws when a
 * contract comes twice.
 */
export const evolve = (
  state: IndexState,
  fact: IndexFact,
  parameters: IndexParameters,
): IndexState => {
  const moved = {
    ...state,
    seq: fact.seq,
    recordedAt: fact.recordedAt,
    kind: fact.opened?.kind ?? state.kind,
    city: fact.opened?.city ?? state.city,
  };
  return fact.registered ? register(moved, fact.registered, parameters) : moved;
};
