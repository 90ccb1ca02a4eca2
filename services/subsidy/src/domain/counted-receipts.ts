import type { Id } from '@jishi/contracts/ids';
import { type Fen, smallerFen } from '@jishi/contracts/money';

/** A verified receipt of a contract as the ledger tells of it now. */
export interface ArrivedReceipt {
  readonly receiptId: Id;
  readonly amountFen: Fen;
  readonly isReversed: boolean;
}

/**
 * What of each receipt counts as received value (实际成交额), by receipt: nothing once it was
 * reversed; in the order of the ledger at most the contract's technology value together, because
 * the received value is by definition the part of it that arrived. The ledger never verifies more,
 * but an amendment may lower the technology value.
 */
export const countedReceipts = (
  technologyValueFen: Fen,
  inLedgerOrder: readonly ArrivedReceipt[],
): ReadonlyMap<Id, Fen> => {
  const counted = new Map<Id, Fen>();
  let leftFen = technologyValueFen;
  for (const receipt of inLedgerOrder) {
    const amountFen = receipt.isReversed ? 0n : smallerFen(receipt.amountFen, leftFen);
    counted.set(receipt.receiptId, amountFen);
    leftFen -= amountFen;
  }
  return counted;
};
