import type { LogKind } from '@jishi/contracts/ledger/envelope';
import { businessDay, type Instant, type LocalDate, type LocalMonth } from '@jishi/contracts/time';
import { type Aggregates, addContract, restateContract } from './aggregates.ts';
import { releaseFields } from './field-release.ts';
import { type Gathering, gather, isFull } from './public-step.ts';
import type {
  ContractChange,
  IndexFact,
  RegisteredContract,
  Restatement,
} from './registered-contract.ts';
import {
  holdBack,
  movesFigures,
  remainingWithout,
  type Shown,
  showRegistration,
} from './restatement.ts';
import {
  allStanding,
  NO_STANDING,
  type Standing,
  standingOf,
  withoutStanding,
  withStanding,
} from './standing.ts';
import type { DisclosureRule, StepRule } from './step-rule.ts';

/** A state over a full crowd that waits for the next crowd of its month before it is public. */
export interface Held {
  readonly month: LocalMonth;
  readonly state: IndexState;
}

/**
 * Everything that index, gauge and live screen are made of, as of one sequence. Immutable: a
 * state that somebody holds (the last public step, a checkpoint) never changes under him.
 */
export interface IndexState extends Aggregates {
  readonly seq: number;
  readonly recordedAt: Instant | null;
  readonly kind: LogKind | null;
  readonly city: string;
  /** What the public sees instead, once a contract was restated; null while it is the same. */
  readonly shown: Shown | null;
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
  shown: null,
  standing: NO_STANDING,
  recent: [],
  stepSeq: 0,
  stepTotals: new Map(),
  held: null,
  gathering: null,
};

/** The day that a state's numbers are as of: the business day of its last event. */
export const dayOf = ({ recordedAt }: Pick<IndexState, 'recordedAt'>): LocalDate | null =>
  recordedAt === null ? null : businessDay(recordedAt);

/** What a view is made of: everything at once, or what the public may know. */
export const aggregatesFor = (state: IndexState, view: 'exact' | 'public'): Aggregates =>
  view === 'public' && state.shown ? state.shown.aggregates : state;

/** Shown contract value of all time, with the day of the last contract; null without any. */
export const totalOf = (state: IndexState): readonly [LocalDate, bigint] | null => {
  const [last] = state.recent;
  if (!last) return null;
  const months = [...(aggregatesFor(state, 'public').cells.get('city')?.values() ?? [])];
  return [last.registeredOn, months.reduce((sum, month) => sum + month.contractValueFen, 0n)];
};

const release = (fields: Aggregates['fields'], rule: DisclosureRule): Aggregates['fields'] =>
  new Map([...fields].map(([year, releases]) => [year, releaseFields(releases, rule)]));

/**
 * A crowd is full. The one before it, of the same month, becomes public now and not when it was
 * full: so what is left when a month or a year ends is never less than a crowd, and the step that
 * shows the rest does not show one contract.
 */
const step = (state: IndexState, month: LocalMonth, { disclosure }: StepRule): IndexState => {
  const visible = state.held?.state ?? null;
  const total = visible && totalOf(visible);
  const { shown } = state;
  const next = {
    ...state,
    fields: release(state.fields, disclosure),
    shown: shown && {
      ...shown,
      aggregates: { ...shown.aggregates, fields: release(shown.aggregates.fields, disclosure) },
    },
    stepSeq: visible?.seq ?? state.stepSeq,
    stepTotals: total ? new Map(state.stepTotals).set(...total) : state.stepTotals,
    gathering: null,
  };
  return { ...next, held: { month, state: { ...next, standing: NO_STANDING, held: null } } };
};

const register = (
  state: IndexState,
  contract: RegisteredContract,
  parameters: StepRule,
): IndexState => {
  if (standingOf(state.standing, contract.contractId)) {
    throw new Error(`contract ${contract.contractId} is registered twice (at ${contract.seq})`);
  }
  const { disclosure } = parameters;
  const gathering = gather(state.gathering, contract, disclosure);
  const next = {
    ...state,
    ...addContract(state, contract, parameters),
    shown: showRegistration(state.shown, contract, parameters),
    standing: withStanding(state.standing, contract),
    recent: [contract, ...state.recent].slice(0, RECENT_MAX),
    gathering,
    held: state.held?.month === gathering.month ? state.held : null,
  };
  return isFull(gathering, disclosure) ? step(next, gathering.month, parameters) : next;
};

/** A change with what it did; null when the contract had left the register before. */
const restatementOf = (
  { standing }: IndexState,
  { contractId, after }: ContractChange,
  parameters: StepRule,
): Restatement | null => {
  const before = standingOf(standing, contractId);
  if (!before) {
    if (after) throw new Error(`contract ${contractId} was amended and is not registered`);
    return null;
  }
  const { seq, recordedAt, registeredOn } = before;
  return {
    before,
    after: after && { ...after, seq, recordedAt, registeredOn },
    remaining: remainingWithout(before, allStanding(standing), parameters),
  };
};

/**
 * The same fact, with what its change did. Whoever folds on a state without standing (a
 * checkpoint) has to bring it with the fact.
 */
export const withRestatement = (
  state: IndexState,
  fact: IndexFact,
  parameters: StepRule,
): IndexFact =>
  fact.changed && fact.changed.known === undefined
    ? {
        ...fact,
        changed: { ...fact.changed, known: restatementOf(state, fact.changed, parameters) },
      }
    : fact;

const change = (state: IndexState, restatement: Restatement, parameters: StepRule): IndexState => {
  const { before, after } = restatement;
  const isOther = ({ contractId }: RegisteredContract): boolean => contractId !== before.contractId;
  const next = {
    ...state,
    standing: after
      ? withStanding(state.standing, after)
      : withoutStanding(state.standing, before.contractId),
    recent: after
      ? state.recent.map((known) => (isOther(known) ? known : after))
      : state.recent.filter(isOther),
  };
  if (!movesFigures(restatement)) return next;
  const exact = restateContract(state, restatement, parameters);
  const { cells, days, fields } = state;
  const was = { cells, days, fields };
  const shown = holdBack(state.shown, was, exact, restatement, parameters.disclosure);
  return { ...next, ...exact, shown };
};

/**
 * The fold: one event of the log into the state. Pure, without clock or look-up. A crowd is full
 * where at least three contracts of at least three sellers, of one month of registration and none
 * with a published value, have arrived since the one before; it is a public step once the next
 * crowd of that month is full. That follows from the log alone. Throws when a contract comes twice.
 */
export const evolve = (state: IndexState, fact: IndexFact, parameters: StepRule): IndexState => {
  const moved = {
    ...state,
    seq: fact.seq,
    recordedAt: fact.recordedAt,
    kind: fact.opened?.kind ?? state.kind,
    city: fact.opened?.city ?? state.city,
  };
  if (fact.registered) return register(moved, fact.registered, parameters);
  const known = withRestatement(moved, fact, parameters).changed?.known;
  return known ? change(moved, known, parameters) : moved;
};
