import type { IndexFact, RegisteredContract } from './registered-contract.ts';

/** A registered contract for tests of the fold: say what matters, the rest is filled in. */
export const contractAt = (
  seq: number,
  given: Partial<RegisteredContract> = {},
): RegisteredContract => ({
  seq,
  recordedAt: `${given.registeredOn ?? '2026-03-02'}T04:00:00.000Z`,
  contractId: `00000000-0000-7000-8000-${seq.toString(16).padStart(12, '0')}`,
  registeredOn: '2026-03-02',
  contractType: 'development',
  fieldCode: 'electronics',
  industryCode: 'M',
  sellerDistrict: 'sip',
  buyerDistrict: 'wuzhong',
  relatedParty: false,
  subcontract: false,
  contractValueFen: 500_000_00n,
  technologyValueFen: 400_000_00n,
  publishedValueFen: null,
  sellerId: `seller-${seq}`,
  buyerId: `buyer-${seq}`,
  ...given,
});

export const factAt = (seq: number, given: Partial<RegisteredContract> = {}): IndexFact => {
  const registered = contractAt(seq, given);
  return { seq, recordedAt: registered.recordedAt, opened: null, registered, changed: null };
};

export const OPENED: IndexFact = {
  seq: 1,
  recordedAt: '2025-01-01T00:00:00.000Z',
  opened: { kind: 'synthetic', city: '苏州' },
  registered: null,
  changed: null,
};
