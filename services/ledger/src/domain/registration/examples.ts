import { type PartyRef, partyIdOf } from '@jishi/contracts/party';
import { addDays } from '@jishi/contracts/time';
import { usccFrom } from '@jishi/contracts/uscc';
import type { By, RegistrationCommand } from './commands.ts';
import type { RegistrationEvent } from './registration.ts';

/** Parties, people, commands and events that the tests of the domain speak of. */

const uuid = (n: number): string => `0192f0c1-7a3b-7c11-8f52-${String(n).padStart(12, '0')}`;
export const CONTRACT = uuid(1);
export const RECEIPT = uuid(2);
export const OTHER_CONTRACT = uuid(3);
export const CHANGE = uuid(4);
export const OTHER_CHANGE = uuid(5);
export const TODAY = '2026-11-20';
export const daysAfter = addDays;

const domestic = (body: string, district: PartyRef['district']): PartyRef => {
  const key = { kind: 'domestic', uscc: usccFrom('91320594', body) } as const;
  return { partyId: partyIdOf(key), key, name: `单位${body}`, nature: 'enterprise', district };
};
const foreignKey = { kind: 'foreign', country: 'DE', registeredName: 'Beispiel GmbH' } as const;

export const SELLER = domestic('10000001', 'sip');
export const BUYER = domestic('20000002', 'kunshan');
export const OUTSIDER = domestic('30000003', 'outside');
export const FOREIGNER: PartyRef = {
  ...{ partyId: partyIdOf(foreignKey), key: foreignKey, name: 'Beispiel GmbH' },
  ...{ nature: 'foreign', district: 'abroad' },
};

export const person = (n: number, party: PartyRef | null = null, organisation = n): By => ({
  actor: { kind: 'person', userId: uuid(100 + n), organisationId: uuid(200 + organisation) },
  partyId: party?.partyId ?? null,
  today: TODAY,
});
export const SALES = person(1, SELLER);
export const PURCHASER = person(2, BUYER);
export const REGISTRAR = person(3);
export const SENIOR = person(4);
export const SECOND_SENIOR = person(5);

export const NUMBER = '2026320501000001';
export const EVIDENCE = 'a'.repeat(64);

type Facts = Extract<RegistrationCommand, { type: 'SubmitContract' }>['data'];

export const facts = (changes: Partial<Facts['public'] & Facts['private']> = {}): Facts => {
  const seller = changes.seller ?? SELLER;
  const buyer = changes.buyer ?? BUYER;
  const isImport = changes.isImport ?? false;
  return {
    by: SALES,
    contractId: CONTRACT,
    public: {
      ...{ contractType: 'development', contractSubType: 'commissioned-development' },
      ...{ fieldCode: 'electronics', industryCode: 'C', isImport },
      sellerDistrict: changes.sellerDistrict ?? (isImport ? buyer : seller).district,
      buyerDistrict: changes.buyerDistrict ?? buyer.district,
      ...{ relatedParty: changes.relatedParty ?? false, subcontract: false },
      publishedValueFen: changes.publishedValueFen ?? null,
      ...{ signedOn: '2026-11-18', effectiveOn: '2026-11-18' },
    },
    private: {
      ...{ title: '视觉检测算法开发', seller, buyer, broker: changes.broker ?? null },
      ...{ listingId: null, needId: null },
      contractValueFen: changes.contractValueFen ?? '600000000',
      technologyValueFen: changes.technologyValueFen ?? '499999999',
      contractTextHash: 'b'.repeat(64),
      form: null,
      attachments: [],
    },
  };
};

/** The whole facts as an amendment brings them. */
export const amendedFacts = (changes: Parameters<typeof facts>[0] = {}) => {
  const { public: open, private: hidden } = facts(changes);
  return { public: open, private: hidden };
};

export const LARGE = { technologyValueFen: '500000000' };

const done = (by: By) => ({ metadata: { actor: by.actor } });

export const submitted = (data = facts()): RegistrationEvent => ({
  type: 'ContractSubmitted',
  data: {
    public: { ...data.public, contractId: CONTRACT, submittedOn: TODAY },
    private: data.private,
  },
  ...done(SALES),
});
export const reasons = [{ code: 'missing-attachment', note: '缺附件' }];
export const returned: RegistrationEvent = {
  type: 'SupplementRequested',
  data: { public: { contractId: CONTRACT, returnedOn: TODAY }, private: { reasons } },
  ...done(REGISTRAR),
};
export const accepted: RegistrationEvent = {
  type: 'ContractAccepted',
  data: { public: { contractId: CONTRACT, acceptedOn: TODAY, regime: 'CN-2026' }, private: null },
  ...done(REGISTRAR),
};
export const firstReviewed: RegistrationEvent = {
  type: 'FirstReviewPassed',
  data: { public: { contractId: CONTRACT, reviewedOn: TODAY }, private: null },
  ...done(SENIOR),
};
export const registered = (data = facts(), by = REGISTRAR): RegistrationEvent => ({
  type: 'ContractRegistered',
  data: {
    public: {
      ...data.public,
      ...{ contractId: CONTRACT, registrationNumber: NUMBER, registeredOn: TODAY },
      valueBand: '5m-10m',
    },
    private: data.private,
  },
  ...done(by),
});
export const refused: RegistrationEvent = {
  type: 'RegistrationRefused',
  data: { public: { contractId: CONTRACT, refusedOn: TODAY }, private: { reasons } },
  ...done(REGISTRAR),
};
export const receiptOf = (amountFen: string, receivedOn = TODAY) => ({
  ...{ amountFen, receivedOn, evidenceHash: EVIDENCE, bankReference: 'REF-0001' },
});
export const recorded = (amountFen = '100'): RegistrationEvent => ({
  type: 'ReceiptRecorded',
  data: {
    public: { contractId: CONTRACT, receiptId: RECEIPT },
    private: receiptOf(amountFen),
  },
  ...done(SALES),
});
export const confirmed: RegistrationEvent = {
  type: 'ReceiptConfirmed',
  data: {
    public: { contractId: CONTRACT, receiptId: RECEIPT, confirmedOn: TODAY },
    private: null,
  },
  ...done(PURCHASER),
};
export const verified: RegistrationEvent = {
  type: 'ReceiptVerified',
  data: {
    public: { contractId: CONTRACT, receiptId: RECEIPT, verifiedOn: TODAY },
    private: receiptOf('100'),
  },
  ...done(REGISTRAR),
};
