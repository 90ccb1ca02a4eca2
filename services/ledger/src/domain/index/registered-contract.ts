import {
  type ContractType,
  DistrictCode,
  FieldCode,
  IndustryCode,
  type Region,
} from '@jishi/contracts/codes';
import type { Envelope, LogKind } from '@jishi/contracts/ledger/envelope';
import type { ContractPrivate, ContractPublic, EventDataOf } from '@jishi/contracts/ledger/events';
import type { IndexCell } from '@jishi/contracts/ledger/index-cell';
import type { Instant, LocalDate } from '@jishi/contracts/time';

/** A registered contract as the index and the gauge need it. Amounts in fen. */
export interface RegisteredContract {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly contractId: string;
  readonly registeredOn: LocalDate;
  readonly contractType: ContractType;
  readonly fieldCode: FieldCode;
  readonly industryCode: IndustryCode;
  /** The registrant's region: the seller's, or for an import the domestic buyer's. */
  readonly sellerDistrict: Region;
  readonly buyerDistrict: Region;
  readonly relatedParty: boolean;
  readonly subcontract: boolean;
  readonly contractValueFen: bigint;
  readonly technologyValueFen: bigint;
  readonly publishedValueFen: bigint | null;
  readonly sellerId: string;
  readonly buyerId: string;
}

/** What an amendment may change of a contract: everything but when it was registered. */
export type AmendedContract = Omit<RegisteredContract, 'seq' | 'recordedAt' | 'registeredOn'>;

/** The parties that are left in a cell's month without a contract, at most three of each. */
export interface Remaining {
  readonly cell: IndexCell;
  readonly sellers: readonly string[];
  readonly buyers: readonly string[];
}

/** What a change did to one contract: as it counted before, as it counts now. */
export interface Restatement {
  readonly before: RegisteredContract;
  /** null when it left the register. */
  readonly after: RegisteredContract | null;
  /** Who remains in the cells of `before` without it. */
  readonly remaining: readonly Remaining[];
}

/** A contract was amended (`after`), or left the register: deregistered or revoked (null). */
export interface ContractChange {
  readonly contractId: string;
  readonly after: AmendedContract | null;
  /**
   * How it counted before and who is left without it, when the reader knows; the fold finds out
   * by itself as long as it has the standing. null inside: it had left before.
   */
  readonly known?: Restatement | null;
}

/** One event of the log, reduced to what the fold uses. */
export interface IndexFact {
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly opened: { readonly kind: LogKind; readonly city: string } | null;
  readonly registered: RegisteredContract | null;
  readonly changed: ContractChange | null;
}

/** A row of the log, as its reader gives it. */
export interface LoggedEvent {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly privateText: string | null;
}

const factsOf = (event: LoggedEvent): AmendedContract => {
  // Counting it as nothing would be a silent error, so the reader of the feed has to stop.
  if (event.privateText === null) throw new Error(`event ${event.seq}: private part is missing`);
  const data = event.envelope.data as ContractPublic & { contractId: string };
  const { facts } = JSON.parse(event.privateText) as { facts: ContractPrivate };
  return {
    contractId: data.contractId,
    contractType: data.contractType,
    fieldCode: data.fieldCode,
    industryCode: data.industryCode,
    sellerDistrict: data.sellerDistrict,
    buyerDistrict: data.buyerDistrict,
    relatedParty: data.relatedParty,
    subcontract: data.subcontract,
    contractValueFen: BigInt(facts.contractValueFen),
    technologyValueFen: BigInt(facts.technologyValueFen),
    publishedValueFen: data.publishedValueFen === null ? null : BigInt(data.publishedValueFen),
    sellerId: facts.seller.partyId,
    buyerId: facts.buyer.partyId,
  };
};

const registeredOf = (event: LoggedEvent): RegisteredContract => {
  const { seq, envelope } = event;
  const { registeredOn } = envelope.data as EventDataOf<'ContractRegistered'>;
  return { seq, recordedAt: envelope.recordedAt, registeredOn, ...factsOf(event) };
};

const changedOf = (event: LoggedEvent): ContractChange | null => {
  const { type, data } = event.envelope;
  const contractId = String(data.contractId);
  if (type === 'ContractAmended') return { contractId, after: factsOf(event) };
  if (type === 'ContractDeregistered' || type === 'ContractRevoked') {
    return { contractId, after: null };
  }
  return null;
};

/** Reduces a row. Trusts the ledger's own hashed bytes; throws when a needed part is missing. */
export const factOf = (event: LoggedEvent): IndexFact => {
  const { type, recordedAt } = event.envelope;
  const opened = event.envelope.data as EventDataOf<'LogOpened'>;
  return {
    seq: event.seq,
    recordedAt,
    opened: type === 'LogOpened' ? { kind: opened.kind, city: opened.city } : null,
    registered: type === 'ContractRegistered' ? registeredOf(event) : null,
    changed: changedOf(event),
  };
};

const isDistrict = (region: Region): region is DistrictCode =>
  (DistrictCode.options as readonly string[]).includes(region);

/** The cells that a contract counts in: the city, and one of each partition. */
export const cellsOf = (contract: RegisteredContract): readonly IndexCell[] => [
  'city',
  ...(isDistrict(contract.sellerDistrict)
    ? ([`district:${contract.sellerDistrict}`] as const)
    : []),
  `industry:${contract.industryCode}`,
  `field:${contract.fieldCode}`,
];

export const DISTRICT_CELLS: readonly IndexCell[] = DistrictCode.options.map(
  (code) => `district:${code}` as const,
);
export const INDUSTRY_CELLS: readonly IndexCell[] = IndustryCode.options.map(
  (code) => `industry:${code}` as const,
);
export const FIELD_CELLS: readonly IndexCell[] = FieldCode.options.map(
  (code) => `field:${code}` as const,
);
