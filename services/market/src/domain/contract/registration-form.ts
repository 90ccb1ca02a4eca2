import type { ContractSubType } from '@jishi/contracts/contract-types';
import {
  CHINA_COUNTRY_CODE,
  type IpKind,
  type PaymentMethod,
  RegistrationForm,
} from '@jishi/contracts/ledger/registration-form';
import type { IntellectualProperty } from '@jishi/contracts/market/listing';
import type { Terms } from '@jishi/contracts/market/negotiation';
import type { FormInput, FormView } from '@jishi/contracts/market/registration-papers';
import type { PartyRef } from '@jishi/contracts/party';
import type { Contract } from './contract.ts';
import { customsCodeOf } from './customs-countries.ts';

/** What the registrant has saved; null before the first time. */
export interface SavedForm {
  readonly version: number;
  readonly values: FormInput;
}

const METHODS: Record<Terms['payment']['method'], PaymentMethod> = {
  'lump-sum': 'lump-sum',
  'lump-sum-in-instalments': 'instalments',
  royalty: 'royalty',
  'entry-fee-and-royalty': 'royalty-with-entry-fee',
};

const IP_OF_LISTING: Record<IntellectualProperty['kind'], IpKind | null> = {
  invention: 'invention',
  'utility-model': 'utility-model',
  design: 'design',
  // An application is not a right yet; which one it will be, its number does not always tell.
  application: null,
  'software-copyright': 'software',
  'technical-secret': 'secret',
  'ic-layout': 'layout',
  'plant-variety': 'variety',
  'biomedicine-variety': 'drug',
};

/** A sub-type that names the right that it is about names the kind, too. */
const ipOfSubType = (subType: ContractSubType): IpKind | null => {
  const [right] = subType.split('-');
  const kinds = ['secret', 'layout', 'variety', 'software', 'drug'] as const;
  return kinds.find((kind) => kind === right) ?? null;
};

const ipKindsOf = (subType: ContractSubType, rights: readonly IntellectualProperty[]): IpKind[] => {
  const found = [ipOfSubType(subType), ...rights.map(({ kind }) => IP_OF_LISTING[kind])];
  return [...new Set(found.filter((kind) => kind !== null))];
};

const PATENTS: readonly string[] = ['invention', 'utility-model', 'design', 'application'];
const patentNumbersOf = (rights: readonly IntellectualProperty[]): string[] =>
  rights.flatMap(({ kind, number }) => (PATENTS.includes(kind) && number ? [number] : []));

/** 单位性质 as far as the organisation's own data tell; the company's form is in its name. */
export const natureOf = ({ nature, name }: PartyRef): string | null => {
  switch (nature) {
    case 'university':
      return '022';
    case 'institute':
      return '021';
    case 'public-institution':
      return '024';
    case 'association':
      return '030';
    case 'government':
      return '010';
    case 'enterprise':
      if (/股份有限公司/.test(name)) return '160';
      return /有限(责任)?公司/.test(name) ? '150' : null;
    default:
      return null;
  }
};

const countryOf = ({ key }: PartyRef): string | null =>
  key.kind === 'foreign' ? customsCodeOf(key.country) : CHINA_COUNTRY_CODE;

/** What the contract and the listing say by themselves, before anybody fills in anything. */
export const knownValues = (
  contract: Pick<Contract, 'head' | 'terms' | 'seller' | 'buyer'>,
  rights: readonly IntellectualProperty[],
): FormInput => ({
  fieldCode: contract.head.fieldCode,
  industryCode: contract.head.industryCode,
  ipKinds: ipKindsOf(contract.terms.contractSubType, rights),
  patentNumbers: patentNumbersOf(rights),
  planSource: null,
  socioEconomicGoal: null,
  sellerNature: natureOf(contract.seller),
  buyerNature: natureOf(contract.buyer),
  sellerCountry: countryOf(contract.seller),
  buyerCountry: countryOf(contract.buyer),
  newInvestmentFen: null,
  newOutputFen: null,
});

/** 合同有效期限: from its effect to the end of the licence, or of the performance. */
const validityOf = ({ terms, head, effectiveOn }: Contract) => ({
  validFrom: effectiveOn ?? head.effectiveOn,
  validTo: terms.licence === null ? terms.performance.to : terms.licence.until,
});

/** The form as it stands, and whole as it goes to the registration once nothing is missing. */
export const formOf = (
  contract: Contract,
  rights: readonly IntellectualProperty[],
  saved: SavedForm | null,
): FormView => {
  const values = saved?.values ?? knownValues(contract, rights);
  const paymentMethod = METHODS[contract.terms.payment.method];
  const { fieldCode: _field, industryCode: _industry, ...columns } = values;
  const dates = validityOf(contract);
  // Until it is signed its first day is not known: any day shows whether the rest is whole.
  const validFrom = dates.validFrom ?? contract.terms.performance.from;
  const whole = RegistrationForm.safeParse({ ...columns, ...dates, validFrom, paymentMethod });
  const complete = whole.success && missingFields(contract, values).length === 0;
  return {
    version: saved?.version ?? 0,
    values,
    paymentMethod,
    ...dates,
    complete: complete ? whole.data : null,
  };
};

const ALWAYS = [
  'planSource',
  'socioEconomicGoal',
  'sellerNature',
  'buyerNature',
  'sellerCountry',
  'buyerCountry',
] as const satisfies readonly (keyof FormInput)[];
const OF_TRANSFERS = ['newInvestmentFen', 'newOutputFen'] as const;

/** Columns that are still empty, in the order of the form. */
export const missingFields = (
  { terms }: Pick<Contract, 'terms'>,
  values: FormInput,
): (keyof FormInput)[] => [
  ...(values.ipKinds.length === 0 ? (['ipKinds'] as const) : []),
  ...ALWAYS.filter((field) => values[field] === null),
  ...(terms.contractType === 'transfer'
    ? OF_TRANSFERS.filter((field) => values[field] === null)
    : []),
];
