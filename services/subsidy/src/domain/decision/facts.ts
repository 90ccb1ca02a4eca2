import type { ContractType, Region } from '@jishi/contracts/codes';
import type { Id } from '@jishi/contracts/ids';
import type { Fen } from '@jishi/contracts/money';
import type { PartyKey, PartyNature } from '@jishi/contracts/party';
import type { Standing } from '@jishi/contracts/subsidy/case';
import type { SubsidyRole } from '@jishi/contracts/subsidy/policy';
import type { LocalDate } from '@jishi/contracts/time';

/** Everything that a decision is made from. Nothing is looked up while deciding. */
export interface CaseFacts {
  readonly role: SubsidyRole;
  readonly party: {
    readonly partyId: Id;
    readonly kind: PartyKey['kind'];
    readonly nature: PartyNature;
    readonly district: Region;
    /** Still the contract's party in this role, as the contract stands now. */
    readonly isStillParty: boolean;
  };
  readonly contract: {
    readonly contractType: ContractType;
    readonly registrationNumber: string;
    readonly sellerPartyId: Id;
    readonly buyerPartyId: Id;
    readonly relatedParty: boolean;
    readonly subcontract: boolean;
    readonly standing: Standing;
  };
  /** Verified receipts of this case: technology value that arrived, as far as it counts. */
  readonly receipts: readonly {
    readonly receiptId: Id;
    /** In fen; nothing of a reversed receipt, see `countedReceipts`. */
    readonly amountFen: Fen;
    readonly verifiedOn: LocalDate;
  }[];
  /** Another broker of the same contract has an award already. */
  readonly otherBrokerAwarded: boolean;
  /** What earlier decisions took from the cap of (scheme, party, role, year), in fen. */
  readonly capUsedFen: Fen;
}

export const baseFenOf = (facts: Pick<CaseFacts, 'receipts'>): Fen =>
  facts.receipts.reduce((sum, receipt) => sum + receipt.amountFen, 0n);
