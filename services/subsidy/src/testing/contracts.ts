import { type Id, newId } from '@jishi/contracts/ids';
import type { FeedItem } from '@jishi/contracts/ledger/envelope';
import type { ContractPrivate, ContractPublic } from '@jishi/contracts/ledger/events';
import { type PartyNature, type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { usccFrom } from '@jishi/contracts/uscc';
import type { z } from 'zod';
import { feedItem } from './ledger-double.ts';

let made = 0;
const nextNumber = (): number => {
  made += 1;
  return made;
};

/** A domestic organisation with a valid code of its own. */
export const organisation = (
  nature: PartyNature,
  district: PartyRef['district'] = 'sip',
): PartyRef => {
  const body = String(10_000_000 + nextNumber());
  const prefix = nature === 'university' ? '12320500' : '91320594';
  const key = { kind: 'domestic' as const, uscc: usccFrom(prefix, body) };
  return { partyId: partyIdOf(key), key, name: `示例${nature}${body}`, nature, district };
};

export interface TestContract {
  readonly contractId: Id;
  readonly seller: PartyRef;
  readonly buyer: PartyRef;
  readonly broker: PartyRef | null;
  readonly number: string;
  readonly public: ContractPublicData;
  readonly private: ContractPrivateData;
}

type ContractPublicData = z.infer<typeof ContractPublic>;
type ContractPrivateData = z.infer<typeof ContractPrivate>;

export const testContract = (
  changes: {
    seller?: PartyRef;
    buyer?: PartyRef;
    broker?: PartyRef | null;
    public?: Partial<ContractPublicData>;
    private?: Partial<ContractPrivateData>;
  } = {},
): TestContract => {
  const seller = changes.seller ?? organisation('university');
  const buyer = changes.buyer ?? organisation('enterprise', 'kunshan');
  const broker = changes.broker === undefined ? organisation('enterprise') : changes.broker;
  return {
    contractId: newId(),
    seller,
    buyer,
    broker,
    number: `20263205${String(nextNumber()).padStart(8, '0')}`,
    public: {
      contractType: 'transfer',
      contractSubType: 'patent',
      fieldCode: 'materials',
      industryCode: 'C',
      sellerDistrict: seller.district,
      buyerDistrict: buyer.district,
      isImport: false,
      relatedParty: false,
      subcontract: false,
      signedOn: '2026-05-01',
      effectiveOn: '2026-05-01',
      publishedValueFen: null,
      ...changes.public,
    },
    private: {
      title: '示例合同',
      listingId: null,
      needId: null,
      seller,
      buyer,
      broker,
      contractValueFen: '900000000',
      technologyValueFen: '800000000',
      contractTextHash: 'a'.repeat(64),
      form: null,
      attachments: [],
      ...changes.private,
    },
  };
};

const person = (userId: Id) => ({ kind: 'person' as const, userId, organisationId: newId() });

export const registeredItem = (seq: number, contract: TestContract, registrar: Id): FeedItem =>
  feedItem(
    seq,
    'ContractRegistered',
    {
      ...contract.public,
      contractId: contract.contractId,
      registrationNumber: contract.number,
      registeredOn: '2026-05-20',
      valueBand: '5m-10m',
    },
    contract.private,
    person(registrar),
  );

export const verifiedItem = (
  seq: number,
  contract: TestContract,
  amountFen: string,
  verifier: Id,
  verifiedOn = '2026-06-30',
): FeedItem =>
  feedItem(
    seq,
    'ReceiptVerified',
    { contractId: contract.contractId, receiptId: newId(), verifiedOn },
    {
      amountFen,
      receivedOn: '2026-06-20',
      evidenceHash: 'e'.repeat(64),
      bankReference: 'BANK0001',
    },
    person(verifier),
  );

const reasons = { reasons: [{ code: 'facts-wrong', note: '示例理由' }] };

/** The contract with other facts, as one amendment tells them. */
export const amendedItem = (
  seq: number,
  contract: TestContract,
  changes: { public?: Partial<ContractPublicData>; private?: Partial<ContractPrivateData> },
  registrar: Id = newId(),
): FeedItem =>
  feedItem(
    seq,
    'ContractAmended',
    {
      ...contract.public,
      ...changes.public,
      contractId: contract.contractId,
      changeId: newId(),
      registrationNumber: contract.number,
      amendedOn: '2026-07-10',
      amendment: 1,
      valueBand: '5m-10m',
    },
    { ...contract.private, ...changes.private },
    person(registrar),
  );

const ended = (contract: TestContract) => ({
  contractId: contract.contractId,
  changeId: newId(),
  registrationNumber: contract.number,
});

export const revokedItem = (
  seq: number,
  contract: TestContract,
  registrar: Id = newId(),
): FeedItem => {
  const data = { ...ended(contract), revokedOn: '2026-07-10' };
  return feedItem(seq, 'ContractRevoked', data, reasons, person(registrar));
};

export const deregisteredItem = (seq: number, contract: TestContract): FeedItem => {
  const data = { ...ended(contract), deregisteredOn: '2026-07-10' };
  return feedItem(seq, 'ContractDeregistered', data, reasons, person(newId()));
};

export const reversedItem = (seq: number, contract: TestContract, receiptId: Id): FeedItem => {
  const { contractId } = contract;
  const data = { contractId, receiptId, reversedOn: '2026-07-10' };
  return feedItem(seq, 'ReceiptReversed', data, reasons, person(newId()));
};
