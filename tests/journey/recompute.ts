import type { Envelope } from '@jishi/contracts/ledger/envelope';
import type { IndexCell } from '@jishi/contracts/ledger/index-cell';

/** The journey's own sum of the gauge from the feed, written apart from the ledger's code. */
export interface RegisteredFact {
  readonly seq: number;
  readonly registeredOn: string;
  readonly month: string;
  readonly year: number;
  readonly cells: readonly IndexCell[];
  readonly contractValueFen: bigint;
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
