import type { PublishedContent } from '@jishi/contracts/ledger/published-content';
import type { LocalMonth } from '@jishi/contracts/time';
import { windowMonths } from '../index/family/calendar.ts';
import type { ContractFact, FamilyFact } from '../index/family/facts.ts';
import type { Equation } from './testing-combinations.ts';

/**
 * A reader with pencil and paper, who knows which contracts stand in which published sum. Shares
 * no line with what decides on publications.
 */

interface StandingContract {
  readonly contract: ContractFact;
  /** The contract's id, then its value: each version has its own. */
  readonly name: string;
}

const standingAt = (facts: readonly FamilyFact[], seq: number): readonly StandingContract[] => {
  const standing = new Map<string, StandingContract>();
  for (const fact of facts) {
    if (fact.seq > seq) break;
    if (fact.kind === 'left') standing.delete(fact.contractId);
    if (fact.kind !== 'registered' && fact.kind !== 'amended') continue;
    const { contractId, technologyValueFen } = fact.contract;
    const { registeredOn } = standing.get(contractId)?.contract ?? { registeredOn: '' };
    const contract =
      fact.kind === 'registered' ? fact.contract : { ...fact.contract, registeredOn };
    standing.set(contractId, { contract, name: `${contractId} ${technologyValueFen}` });
  }
  return [...standing.values()].filter(({ contract }) => !contract.relatedParty);
};

const isIn = ({ district, industryCode, fieldCode }: ContractFact, cell: string): boolean =>
  ['city', `district:${district}`, `industry:${industryCode}`, `field:${fieldCode}`].includes(cell);

interface Read {
  readonly cell: string;
  readonly equation: Equation;
}

const unitOf = ({ sellerId, buyerId, fieldCode, registeredOn }: ContractFact): string =>
  [sellerId, buyerId, fieldCode, registeredOn.slice(0, 7)].join(' ');

/** Of deal units above the cap the sum has the cap alone, which is no secret. */
const belowCap = (
  standing: readonly StandingContract[],
  capFen: bigint | null,
): readonly StandingContract[] => {
  const totals = new Map<string, bigint>();
  for (const { contract } of standing) {
    const unit = unitOf(contract);
    totals.set(unit, (totals.get(unit) ?? 0n) + contract.technologyValueFen);
  }
  return standing.filter(
    ({ contract }) => capFen === null || (totals.get(unitOf(contract)) ?? 0n) <= capFen,
  );
};

/** Every equation that a publication gives. */
export const readEquations = (
  content: PublishedContent,
  facts: readonly FamilyFact[],
): readonly Read[] => {
  const sum = (cell: string, months: readonly LocalMonth[], seq: number, sign: bigint): Equation =>
    new Map(
      belowCap(standingAt(facts, seq), content.capFen === null ? null : BigInt(content.capFen))
        .filter(({ contract }) => isIn(contract, cell))
        .filter(({ contract }) => months.includes(contract.registeredOn.slice(0, 7)))
        .map(({ name }) => [name, sign]),
    );
  const { period, contributions } = content;
  const values = content.values
    .filter(({ value }) => value !== null)
    .map((one): Read => {
      const cell = one.series.startsWith('city') ? 'city' : one.series;
      const months = windowMonths(period, one.windowMonths);
      return { cell, equation: sum(cell, months, one.asOfSeq, 1n) };
    });
  const windows = content.cityWindows.map((one): Read => {
    const months = windowMonths(period, one.windowMonths);
    return { cell: 'city', equation: sum('city', months, one.asOfSeq, 1n) };
  });
  if (!contributions) return [...values, ...windows];
  const { asOfSeq, before, after, tables } = contributions;
  const ends = [before, after].map(
    (end): Read => ({ cell: 'city', equation: sum('city', [end.period], asOfSeq, 1n) }),
  );
  const rises = tables.flatMap(({ by, lines }) =>
    lines
      .filter(({ code }) => code.startsWith(`${by}:`))
      .map(({ code }): Read => {
        const now = sum(code, [after.period], asOfSeq, 1n);
        const then = sum(code, [before.period], asOfSeq, -1n);
        return { cell: code, equation: new Map([...now, ...then]) };
      }),
  );
  return [...values, ...windows, ...ends, ...rises];
};
