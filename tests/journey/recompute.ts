import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/live';

/**
 * The journey's own recomputation of index 0.1 and of the gauge from the feed. Written apart from
 * the ledger's code on purpose: a float finds the neighbourhood, whole numbers decide.
 */
export interface RegisteredFact {
  readonly seq: number;
  readonly registeredOn: string;
  readonly month: string;
  readonly year: number;
  readonly cells: readonly IndexCell[];
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
  readonly counted: boolean;
}

const factOf = (envelope: Envelope, privateText: string, registeredOn: string): RegisteredFact => {
  const data = envelope.data as Record<string, string | boolean>;
  const { facts } = JSON.parse(privateText) as { facts: Record<string, string> };
  return {
    seq: envelope.seq,
    registeredOn,
    month: registeredOn.slice(0, 7),
    year: Number(registeredOn.slice(0, 4)),
    cells: [
      'city',
      `district:${data.sellerDistrict}`,
      `industry:${data.industryCode}`,
      `field:${data.fieldCode}`,
    ] as IndexCell[],
    contractValueFen: BigInt(facts.contractValueFen ?? '0'),
    technologyValueFen: BigInt(facts.technologyValueFen ?? '0'),
    counted: data.relatedParty === false && data.subcontract === false,
  };
};

/** The amounts and codes stand where they always stood in every schema up to this one. */
const SCHEMA_READ = 2;

/**
 * What an event changes in the contracts that stand: registered, amended (it stays in the month of
 * its registration), or gone. Other events change nothing.
 */
export const stand = (
  standing: Map<string, RegisteredFact>,
  envelope: Envelope,
  privateText: string | null,
): void => {
  const contractId = String(envelope.data.contractId);
  if (envelope.type === 'ContractDeregistered' || envelope.type === 'ContractRevoked') {
    standing.delete(contractId);
    return;
  }
  const isAmended = envelope.type === 'ContractAmended';
  if (!isAmended && envelope.type !== 'ContractRegistered') return;
  if (envelope.schema > SCHEMA_READ) throw new Error(`schema ${envelope.schema} is not known`);
  if (privateText === null) throw new Error(`no private part at ${envelope.seq}`);
  const registeredOn = isAmended
    ? standing.get(contractId)?.registeredOn
    : String(envelope.data.registeredOn);
  if (!registeredOn) throw new Error(`amended at ${envelope.seq}, but not registered`);
  standing.set(contractId, factOf(envelope, privateText, registeredOn));
};

export const contractValueOfYear = (facts: readonly RegisteredFact[], year: number): bigint =>
  facts.filter((f) => f.year === year).reduce((sum, f) => sum + f.contractValueFen, 0n);

interface MonthSum {
  readonly value: bigint;
  readonly count: bigint;
}

const monthSum = (facts: readonly RegisteredFact[], month: string): MonthSum => {
  const inMonth = facts.filter((f) => f.month === month);
  return {
    value: inMonth.reduce((sum, f) => sum + f.technologyValueFen, 0n),
    count: BigInt(inMonth.length),
  };
};

/** I^power = 1000^power · top / bottom, all whole numbers. */
interface PowerForm {
  readonly power: number;
  readonly top: bigint;
  readonly bottom: bigint;
}

const powerForm = (now: MonthSum, base: readonly MonthSum[]): PowerForm => {
  if (base.some((m) => m.value === 0n || m.count === 0n)) {
    const value = base.reduce((sum, m) => sum + m.value, 0n);
    const count = base.reduce((sum, m) => sum + m.count, 0n);
    return {
      power: 11,
      top: (12n * now.value) ** 6n * (12n * now.count) ** 5n,
      bottom: value ** 6n * count ** 5n,
    };
  }
  return {
    power: 132,
    top: now.value ** 72n * now.count ** 60n,
    bottom: base.reduce((product, m) => product * m.value ** 6n * m.count ** 5n, 1n),
  };
};

/** Natural logarithm of a large whole number, good to about fifteen digits. */
const roughLog = (n: bigint): number => {
  const digits = n.toString();
  return Math.log(Number(digits.slice(0, 15))) + Math.log(10) * Math.max(digits.length - 15, 0);
};

/** The nearest hundredth; a tie goes to the even hundredth. */
const roundedHundredths = ({ power, top, bottom }: PowerForm): bigint => {
  const guess = 1000 * Math.exp((roughLog(top) - roughLog(bottom)) / power);
  const p = BigInt(power);
  // (2r ± 1)^p · bottom against (200 · 1000)^p · top decides whether r is the nearest hundredth.
  const exact = 200_000n ** p * top;
  let r = BigInt(Math.round(guess * 100));
  while ((2n * r + 1n) ** p * bottom < exact) r += 1n;
  while ((2n * r - 1n) ** p * bottom > exact) r -= 1n;
  const isUpperTie = (2n * r + 1n) ** p * bottom === exact;
  const isLowerTie = (2n * r - 1n) ** p * bottom === exact;
  if (r % 2n === 1n && isUpperTie) return r + 1n;
  if (r % 2n === 1n && isLowerTie) return r - 1n;
  return r;
};

/** Index of a cell in a month, or null where it is not defined. The base year must be over. */
export const indexOf = (
  facts: readonly RegisteredFact[],
  cell: IndexCell,
  month: string,
  baseYear: number,
): string | null => {
  const own = facts.filter((f) => f.counted && f.cells.includes(cell));
  const base = Array.from({ length: 12 }, (_, i) =>
    monthSum(own, `${baseYear}-${String(i + 1).padStart(2, '0')}`),
  );
  const now = monthSum(own, month);
  const baseIsEmpty = base.every((m) => m.value === 0n) || base.every((m) => m.count === 0n);
  if (baseIsEmpty || now.value === 0n || now.count === 0n) return null;
  const text = roundedHundredths(powerForm(now, base)).toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
};
