import { expect, test } from 'vitest';
import type { ContractFacts } from '../review/contract-facts.ts';
import { amendProblems, amendValuesOf, factsOf } from './amend-values.ts';

const party = (name: string) => ({
  partyId: '0192f7a0-0000-7000-8000-000000000001',
  key: { kind: 'domestic' as const, uscc: '91320594780268314T' },
  name,
  nature: 'enterprise' as const,
  district: 'sip' as const,
});

const FACTS: ContractFacts = {
  public: {
    contractType: 'licence',
    contractSubType: 'secret-licence',
    fieldCode: 'materials',
    industryCode: 'C',
    sellerDistrict: 'sip',
    buyerDistrict: 'kunshan',
    isImport: false,
    relatedParty: false,
    subcontract: false,
    signedOn: '2026-11-01',
    effectiveOn: '2026-11-02',
    publishedValueFen: '300',
  },
  private: {
    title: '某合同',
    listingId: null,
    needId: null,
    seller: party('甲'),
    buyer: party('乙'),
    broker: null,
    contractValueFen: '300',
    technologyValueFen: '200',
    contractTextHash: 'a'.repeat(64),
    form: {
      ipKinds: ['secret'],
      patentNumbers: ['ZL97101765.4'],
      planSource: 'none',
      socioEconomicGoal: '10',
      paymentMethod: 'lump-sum',
      validFrom: '2026-11-02',
      validTo: null,
      sellerNature: '150',
      buyerNature: '150',
      sellerCountry: '142',
      buyerCountry: '142',
      newInvestmentFen: null,
      newOutputFen: null,
    },
    attachments: [],
  },
};

test('a form that nobody touched gives the facts as they are', () => {
  expect(factsOf(amendValuesOf(FACTS), FACTS)).toStrictEqual(FACTS);
});

test('a published value follows the new contract value, and the type follows the sub-type', () => {
  const values = {
    ...amendValuesOf(FACTS),
    contractValueFen: '250',
    contractSubType: 'patent-transfer',
    patentNumbers: 'ZL97101765.4，\n ZL95115608.X ',
  };
  const now = factsOf(values, FACTS);
  expect(now.public.publishedValueFen).toBe('250');
  expect(now.public.contractType).toBe('transfer');
  expect(now.private.form?.patentNumbers).toStrictEqual(['ZL97101765.4', 'ZL95115608.X']);
});

test('amounts are judged on both sides of each limit', () => {
  const values = amendValuesOf(FACTS);
  const technology = (fen: string) => amendProblems({ ...values, technologyValueFen: fen }, 100n);
  expect(technology('300')).toStrictEqual([]);
  expect(technology('301')).toStrictEqual([{ name: 'technologyValueFen', rule: 'above' }]);
  expect(technology('100')).toStrictEqual([]);
  expect(technology('99')).toStrictEqual([{ name: 'technologyValueFen', rule: 'receipts' }]);
  expect(technology('1.5x')).toStrictEqual([{ name: 'technologyValueFen', rule: 'amount' }]);
  expect(amendProblems({ ...values, title: ' ' }, 0n)).toStrictEqual([
    { name: 'title', rule: 'missing' },
  ]);
});
