import type { ContractFact, FamilyFact } from '@jishi/ledger/domain/index/family/facts';
import { applyToFamily } from '@jishi/ledger/domain/index/family/family';
import { emptyFamily } from '@jishi/ledger/domain/index/family/family-state';
import { seriesOf } from '@jishi/ledger/domain/index/family/series';
import { valueLine } from '@jishi/ledger/domain/index/family/value-lines';
import { currentFamilyMethod } from '@jishi/ledger/store/index/family-method';
import { createRandom, type Random } from '@jishi/seeds/generator/random';

/** What one more event costs in a state of so many contracts. */
export interface GrowthTask {
  readonly contracts: number;
  readonly events: number;
  readonly slices: number;
}

const MONTHS = 24;
const RUNNING_MONTH = '2026-12';
const BUYER_PLACES = ['outside', 'abroad', 'sip', 'kunshan', 'gusu'] as const;
const TYPES = ['development', 'transfer', 'licence', 'consulting', 'service'] as const;
/** So many contracts to a party, whatever the size. */
const CONTRACTS_PER_PARTY = 5;

const method = currentFamilyMethod();
const { district, industry, field } = method.file.partitions;

const contractOf = (random: Random, i: number, month: string, parties: number): ContractFact => {
  const fen = BigInt(random.whole(1_000_000, 900_000_000));
  return {
    contractId: `contract-${i}`,
    registeredOn: `${month}-${String(random.whole(1, 28)).padStart(2, '0')}`,
    contractType: random.pick(TYPES),
    fieldCode: random.pick(field),
    industryCode: random.pick(industry),
    district: random.pick(district),
    buyerRegion: random.pick(BUYER_PLACES),
    ...{ isImport: false, relatedParty: false, subcontract: false, isValuePublished: false },
    ...{ contractValueFen: fen, technologyValueFen: fen, origins: [] },
    sellerId: `party-${random.whole(0, parties)}`,
    buyerId: `party-${random.whole(0, parties)}`,
  };
};

const monthAt = (i: number): string =>
  `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;

function* registrations(contracts: number, events: number): Generator<FamilyFact> {
  const random = createRandom(`growth ${contracts}`);
  const parties = Math.ceil(contracts / CONTRACTS_PER_PARTY);
  for (let i = 0; i < contracts + events; i += 1) {
    const month = i < contracts ? monthAt(Math.floor((i * MONTHS) / contracts)) : RUNNING_MONTH;
    const contract = contractOf(random, i, month, parties);
    const recordedAt = `${contract.registeredOn.slice(0, 7)}-28T04:00:00.000Z`;
    yield { seq: i + 1, recordedAt, kind: 'registered', contract };
  }
}

/**
 * Microseconds of the processor for one more event, slice by slice; the running month's
 * accumulators are there.
 */
export const measureGrowth = (task: GrowthTask): number[] => {
  const family = emptyFamily(method);
  const facts = registrations(task.contracts, task.events * (task.slices + 1));
  for (let i = 0; i < task.contracts; i += 1) {
    const { value } = facts.next();
    if (value) applyToFamily(family, value);
  }
  // Asked once, as a live screen does, the accumulators of the month are kept up from here on.
  for (const series of seriesOf(method)) valueLine(family, series, RUNNING_MONTH);
  const slices = Array.from({ length: task.slices + 1 }, () =>
    Array.from({ length: task.events }, () => facts.next().value as FamilyFact),
  );
  // What filling the state has left behind is no cost of one more event.
  globalThis.gc?.();
  const micros = slices.map((slice) => {
    const started = process.cpuUsage();
    for (const fact of slice) applyToFamily(family, fact);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / slice.length;
  });
  // The first slice is the compiler's.
  return micros.slice(1);
};
