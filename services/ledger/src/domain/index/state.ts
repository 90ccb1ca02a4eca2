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
import { type Gathering, gather, isFull } from './public-step.ts';
import { cellsOf, type IndexFact, type RegisteredContract } from './registered-contract.ts';
import { NO_STANDING, type Standing, standingOf, withStanding } from './standing.ts';
import { addToTally, EMPTY_TALLY, type Tally } from './tally.ts';

export type CellMonths = ReadonlyMap<LocalMonth, Tally>;

/** All contracts that were registered on one day. */
export interface DayTally {
  readonly contracts: number;
  readonly contractValueFen: bigint;
}

/** A state over a full crowd that waits for the next crowd of its month before it is public. */
export interface Held {
  readonly month: LocalMonth;
  readonly state: IndexState;
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
  /** Contract value of all time as of the last public step of each day. */
  readonly stepTotals: ReadonlyMap<LocalDate, bigint>;
  readonly held: Held | null;
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
  stepTotals: new Map(),
  held: null,
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

/** Contract value of all time, with the day of the last contract; null without any. */
export const totalOf = (state: IndexState): readonly [LocalDate, bigint] | null => {
  const [last] = state.recent;
  if (!last) return null;
  const months = [...(state.cells.get('city')?.values() ?? [])];
  return [last.registeredOn, months.reduce((sum, month) => sum + month.contractValueFen, 0n)];
};

/**
 * A crowd is full. The one before it, of the same month, becomes public now and not when it was
 * full: so what is left when a month or a year ends is never less than a crowd, and the step that
 * shows the rest does not show one contract.
 */
const step = (state: IndexState, month: LocalMonth, parameters: IndexParameters): IndexState => {
  const shown = state.held?.state ?? null;
  const total = shown && totalOf(shown);
  const fields = [...state.fields].map(
    ([year, releases]) => [year, releaseFields(releases, parameters.disclosure)] as const,
  );
  const next = {
    ...state,
    fields: new Map(fields),
    stepSeq: shown?.seq ?? state.stepSeq,
    stepTotals: total ? new Map(state.stepTotals).set(...total) : state.stepTotals,
    gathering: null,
  };
  return { ...next, held: { month, state: { ...next, standing: NO_STANDING, held: null } } };
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
  const gathering = gather(state.gathering, contract, disclosure);
  const next = {
    ...state,
    cells,
    days: addToDays(state.days, contract),
    fields: waiting,
    standing: withStanding(state.standing, contract),
    recent: [contract, ...state.recent].slice(0, RECENT_MAX),
    gathering,
    held: state.held?.month === gathering.month ? state.held : null,
  };
  return isFull(gathering, disclosure) ? step(next, gathering.month, parameters) : next;
};

/**
 * The fold: one event of the log into the state. Pure, without clock or look-up. A crowd is full
 * where at least three contracts of at least three sellers, of one month of registration and none
 * with a published value, have arrived since the one before; it is a public step once the next
 * crowd of that month is full. That follows from the log alone. Throws when a contract comes twice.
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
