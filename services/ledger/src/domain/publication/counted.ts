import type { LocalMonth } from '@jishi/contracts/time';
import { dealUnitOf, monthOfContract, unitKeyOf } from '../index/family/deal-unit.ts';
import type { ContractFact, FamilyFact } from '../index/family/facts.ts';
import { cellsOfUnit } from '../index/family/market-state.ts';
import type { Method } from '../index/family/method.ts';
import { atOnce, type Steps } from '../steps.ts';

/** A contract as figures count it: where, and from which sequence to before which other. */
export interface Counted {
  readonly contract: ContractFact;
  readonly month: LocalMonth;
  /** The city, and the district, industry and field of its deal unit. */
  readonly parts: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Σ technology value of its deal unit, before a cap. */
  readonly unitFen: bigint;
  /** Number of what a reader does not know of it: its value by these parties. */
  readonly unknown: number;
}

/** Everything that was ever counted, by part and month. */
export interface Counting {
  readonly at: (part: string, month: LocalMonth) => readonly Counted[];
  readonly parts: ReadonlySet<string>;
  readonly unknowns: number;
  /** What an unknown is the value of; by number, in the order of the log. */
  readonly contractOf: (unknown: number) => ContractFact;
}

type Standing = Pick<Counted, 'contract' | 'parts' | 'from' | 'unitFen' | 'unknown'>;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);

/** Replays the contracts alone; listings move no value. */
class Replay {
  readonly counted: Counted[] = [];
  private readonly contracts = new Map<string, ContractFact>();
  private readonly units = new Map<string, Map<string, ContractFact>>();
  private readonly standing = new Map<string, Standing>();
  private readonly unknowns = new Map<string, number>();
  readonly valued: ContractFact[] = [];
  private readonly excluded: ReadonlySet<string>;

  constructor({ file }: Method) {
    this.excluded = new Set(file.exclude);
  }

  apply(fact: FamilyFact): void {
    if (fact.kind === 'registered') this.enter(fact.contract, fact.seq);
    else if (fact.kind === 'left') this.leave(fact.contractId, fact.seq);
    else if (fact.kind === 'amended') {
      const before = this.contracts.get(fact.contract.contractId);
      if (!before) return;
      this.leave(before.contractId, fact.seq);
      this.enter({ ...fact.contract, registeredOn: before.registeredOn }, fact.seq);
    }
  }

  end(): void {
    for (const id of [...this.standing.keys()]) this.close(id, Number.POSITIVE_INFINITY);
  }

  private isExcluded({ relatedParty, subcontract }: ContractFact): boolean {
    return (
      (relatedParty && this.excluded.has('relatedParty')) ||
      (subcontract && this.excluded.has('subcontractCopy'))
    );
  }

  private unitOf(contract: ContractFact): string {
    return `${monthOfContract(contract)} ${unitKeyOf(contract)}`;
  }

  private enter(contract: ContractFact, seq: number): void {
    this.contracts.set(contract.contractId, contract);
    if (this.isExcluded(contract)) return;
    const key = this.unitOf(contract);
    const unit = this.units.get(key) ?? new Map<string, ContractFact>();
    this.units.set(key, unit.set(contract.contractId, contract));
    this.place(unit, seq);
  }

  private leave(id: string, seq: number): void {
    const contract = this.contracts.get(id);
    this.contracts.delete(id);
    if (!contract || this.isExcluded(contract)) return;
    this.close(id, seq);
    const unit = this.units.get(this.unitOf(contract));
    unit?.delete(id);
    if (unit && unit.size > 0) this.place(unit, seq);
    else this.units.delete(this.unitOf(contract));
  }

  /** The contracts of a unit are counted where its largest part stands (B12-1). */
  private place(unit: ReadonlyMap<string, ContractFact>, seq: number): void {
    const contracts = [...unit.values()].sort((a, b) => (a.contractId < b.contractId ? -1 : 1));
    const whole = dealUnitOf(contracts, () => null);
    const [parts, unitFen] = [cellsOfUnit(whole), whole.rawFen];
    for (const contract of contracts) {
      const known = this.standing.get(contract.contractId);
      const isKnown = known?.contract === contract && known.unitFen === unitFen;
      if (isKnown && isSame(known.parts, parts)) continue;
      this.close(contract.contractId, seq);
      const unknown = this.unknownOf(contract);
      this.standing.set(contract.contractId, { contract, parts, from: seq, unitFen, unknown });
    }
  }

  private close(id: string, to: number): void {
    const known = this.standing.get(id);
    if (!known) return;
    this.standing.delete(id);
    this.counted.push({ ...known, month: monthOfContract(known.contract), to });
  }

  /** An amendment of anything else than value and parties leaves the unknown what it was. */
  private unknownOf(contract: ContractFact): number {
    const { contractId, technologyValueFen, sellerId, buyerId } = contract;
    const key = [contractId, technologyValueFen, sellerId, buyerId].join(' ');
    const known = this.unknowns.get(key);
    if (known !== undefined) return known;
    this.unknowns.set(key, this.valued.length);
    this.valued.push(contract);
    return this.valued.length - 1;
  }
}

const STEP_FACTS = 500;

/** What was counted where and when, up to a sequence. */
export function* countingSteps(
  facts: readonly FamilyFact[],
  upTo: number,
  method: Method,
): Steps<Counting> {
  const replay = new Replay(method);
  for (const [i, fact] of facts.entries()) {
    if (fact.seq > upTo) break;
    replay.apply(fact);
    if (i % STEP_FACTS === 0) yield;
  }
  replay.end();
  const places = new Map<string, Counted[]>();
  for (const [i, one] of replay.counted.entries()) {
    if (i % STEP_FACTS === 0) yield;
    for (const part of one.parts) {
      const key = `${part} ${one.month}`;
      const known = places.get(key);
      if (known) known.push(one);
      else places.set(key, [one]);
    }
  }
  return {
    at: (part, month) => places.get(`${part} ${month}`) ?? [],
    parts: new Set(replay.counted.flatMap(({ parts }) => parts)),
    unknowns: replay.valued.length,
    contractOf: (unknown) => {
      const contract = replay.valued[unknown];
      if (!contract) throw new Error(`nothing is unknown by number ${unknown}`);
      return contract;
    },
  };
}

export const countingOf = (facts: readonly FamilyFact[], upTo: number, method: Method): Counting =>
  atOnce(countingSteps(facts, upTo, method));

/** The contracts that a part's window counts as of a sequence. */
export const countedAt = (
  counting: Counting,
  part: string,
  months: readonly LocalMonth[],
  seqOf: (month: LocalMonth) => number,
): readonly Counted[] =>
  months.flatMap((month) => {
    const seq = seqOf(month);
    return counting.at(part, month).filter(({ from, to }) => from <= seq && seq < to);
  });
