import { ContractType } from '@jishi/contracts/codes';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalDate } from '@jishi/contracts/time';
import type { CaseFacts } from '../domain/decision/facts.ts';
import {
  type CaseRow,
  type ContractRow,
  isStillParty,
  partyOf,
  type ReceiptOfCase,
} from './cases.ts';

/** The facts of a case as it stands, in the form that the rules take. */
export const factsOf = (
  row: CaseRow,
  contract: ContractRow,
  receipts: readonly ReceiptOfCase[],
  known: { readonly otherBrokerAwarded: boolean; readonly capUsedFen: bigint },
): CaseFacts => {
  const party = partyOf(row, contract);
  return {
    role: row.role,
    party: {
      partyId: party.partyId,
      kind: party.key.kind,
      nature: party.nature,
      district: party.district,
      isStillParty: isStillParty(row, contract),
    },
    contract: {
      contractType: ContractType.parse(contract.contract_type),
      registrationNumber: contract.registration_number,
      sellerPartyId: contract.seller.partyId,
      buyerPartyId: contract.buyer.partyId,
      relatedParty: contract.related_party,
      subcontract: contract.subcontract,
      standing: contract.standing,
    },
    receipts: receipts.map((receipt) => ({
      receiptId: receipt.receipt_id,
      amountFen: receipt.counted_fen,
      verifiedOn: receipt.verified_on,
    })),
    ...known,
  };
};

/** The day whose values apply: the last on which a receipt of the case was verified. */
export const policyDayOf = (receipts: readonly ReceiptOfCase[]): LocalDate => {
  const day = receipts
    .map((receipt) => receipt.verified_on)
    .sort()
    .at(-1);
  if (!day) throw new Refusal('case-incomplete');
  return day;
};
