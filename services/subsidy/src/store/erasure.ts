import type { Id } from '@jishi/contracts/ids';
import type { ContractPrivate } from '@jishi/contracts/ledger/events';
import type { PartyRef } from '@jishi/contracts/party';
import { sql } from 'kysely';
import type { ChangeReasons, SubsidyTransaction } from './tables.ts';

/** What the ledger left of the private parts that it erased, by the events that they were of. */
export interface Erasure {
  readonly contractId: Id;
  readonly facts: readonly {
    readonly seq: number;
    readonly contract: ContractPrivate | null;
    readonly reasons: ChangeReasons | null;
  }[];
}

type Words = Pick<ContractPrivate, 'title' | 'seller' | 'buyer' | 'broker'>;

const eraseContract = async (trx: SubsidyTransaction, seq: number, words: Words) => {
  const { title, seller, buyer, broker } = words;
  await sql`update contract set title = ${title}, seller = ${JSON.stringify(seller)}::jsonb,
      buyer = ${JSON.stringify(buyer)}::jsonb, broker = ${broker && JSON.stringify(broker)}::jsonb
    where registered_seq = ${seq}`.execute(trx);
  const amended = JSON.stringify({ title, seller, buyer, broker });
  await sql`update contract_change set facts = facts || ${amended}::jsonb
    where seq = ${seq} and facts is not null`.execute(trx);
};

const eraseReasons = (trx: SubsidyTransaction, seq: number, reasons: ChangeReasons) =>
  sql`update contract_change set reasons = ${JSON.stringify(reasons)}::jsonb
    where seq = ${seq}`.execute(trx);

/** Cases keep the party as it was when they were opened. */
const eraseParty = (trx: SubsidyTransaction, contractId: Id, party: PartyRef) =>
  sql`update subsidy_case set party = ${JSON.stringify(party)}::jsonb
    where contract_id = ${contractId} and party_id = ${party.partyId}`.execute(trx);

/** Puts what is left in the place of the words: ids, amounts and days stay, so no case moves. */
export const eraseWords = async (
  trx: SubsidyTransaction,
  { contractId, facts }: Erasure,
): Promise<void> => {
  for (const { seq, contract, reasons } of facts) {
    if (reasons) await eraseReasons(trx, seq, reasons);
    if (!contract) continue;
    await eraseContract(trx, seq, contract);
    for (const party of [contract.seller, contract.buyer, contract.broker]) {
      if (party) await eraseParty(trx, contractId, party);
    }
  }
};
