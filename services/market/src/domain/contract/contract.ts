import type { Id } from '@jishi/contracts/ids';
import type {
  ContractHead,
  ContractStatus,
  Declaration,
  Signature,
} from '@jishi/contracts/market/contract';
import type { Side, Terms } from '@jishi/contracts/market/negotiation';
import type { PartyRef } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import { businessDay, type Instant, type LocalDate } from '@jishi/contracts/time';
import { renderContractText } from './contract-text.ts';

/** A contract (技术合同) between agreed terms and the ledger. */
export interface Contract {
  readonly contractId: Id;
  readonly status: ContractStatus;
  readonly version: number;
  readonly head: ContractHead;
  readonly terms: Terms;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly listingId: Id | null;
  readonly needId: Id | null;
  readonly declarations: {
    readonly seller: Declaration | null;
    readonly buyer: Declaration | null;
  };
  /** The text that both sign, and its hash; null until both sides have declared. */
  readonly text: string | null;
  readonly contractTextHash: string | null;
  readonly signatures: readonly Signature[];
  readonly signedOn: LocalDate | null;
  readonly effectiveOn: LocalDate | null;
}

/** SHA-256 of a text's UTF-8 bytes, in hex; given from outside, since the domain has no library. */
export type TextHash = (text: string) => string;

const requireDrawn = (contract: Contract): void => {
  if (contract.status === 'drawn') return;
  throw new Refusal('contract-state', {
    zh: `现状态:${contract.status}`,
    en: `The status is ${contract.status}`,
  });
};

const withText = (contract: Contract, hash: TextHash): Contract => {
  const { seller, buyer } = contract.declarations;
  if (!seller || !buyer) return contract;
  const text = renderContractText(contract, { seller, buyer });
  return { ...contract, text, contractTextHash: hash(text) };
};

/** Each side declares for itself; after the first signature the text no longer changes. */
export const declare = (
  contract: Contract,
  side: Side,
  declaration: Declaration,
  hash: TextHash,
): Contract => {
  requireDrawn(contract);
  if (contract.signatures.length > 0) throw new Refusal('contract-state');
  const declarations = { ...contract.declarations, [side]: declaration };
  return withText({ ...contract, declarations, version: contract.version + 1 }, hash);
};

const laterOf = (a: LocalDate, b: LocalDate | null): LocalDate => (b !== null && b > a ? b : a);

export interface Signing {
  readonly side: Side;
  readonly userId: Id;
  /** Hash of the text that the person was shown. */
  readonly contractTextHash: string;
  readonly at: Instant;
}

/**
 * Records one side's signing act over the text's hash. Refused while a side has not declared, when
 * the text is another than the one shown, and twice for one side. With the second signature the
 * contract is signed: `signedOn` is the business day of that signature, and it takes effect then
 * or on the day that the parties named, whichever is later.
 */
export const sign = (contract: Contract, signing: Signing): Contract => {
  requireDrawn(contract);
  const { side, userId, contractTextHash, at } = signing;
  if (contract.contractTextHash === null) {
    throw new Refusal('contract-state', {
      zh: '双方声明之前不能签署',
      en: 'Both sides declare before anybody signs',
    });
  }
  if (contract.contractTextHash !== contractTextHash) throw new Refusal('contract-text-changed');
  if (contract.signatures.some((s) => s.side === side)) {
    throw new Refusal('contract-state', { zh: '本方已签署', en: 'This side has signed already' });
  }
  const { partyId } = contract[side];
  const signature: Signature = { side, partyId, userId, contractTextHash, signedAt: at };
  const signatures = [...contract.signatures, signature];
  const version = contract.version + 1;
  if (signatures.length < 2) return { ...contract, signatures, version };
  const signedOn = businessDay(at);
  const effectiveOn = laterOf(signedOn, contract.head.effectiveOn);
  return { ...contract, signatures, version, status: 'signed', signedOn, effectiveOn };
};

/** Before both have signed either side may throw the paper away; the agreed terms stay. */
export const discard = (contract: Contract): Contract => {
  requireDrawn(contract);
  return { ...contract, status: 'discarded', version: contract.version + 1 };
};
