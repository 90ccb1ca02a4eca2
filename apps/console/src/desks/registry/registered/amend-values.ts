import type { FieldCode, IndustryCode, Region } from '@jishi/contracts/codes';
import { CONTRACT_TYPES } from '@jishi/contracts/contract-types';
import type {
  IpKind,
  PaymentMethod,
  PlanSource,
  SocioEconomicGoal,
} from '@jishi/contracts/ledger/registration-form';
import type { ContractFacts } from '../review/contract-facts.ts';

/** What may be amended, as a form holds it. Buyer and seller stay who they are. */
export interface AmendValues {
  title: string;
  contractSubType: string;
  fieldCode: FieldCode;
  industryCode: IndustryCode;
  sellerDistrict: Region;
  buyerDistrict: Region;
  sellerName: string;
  buyerName: string;
  contractValueFen: string;
  technologyValueFen: string;
  effectiveOn: string;
  relatedParty: boolean;
  subcontract: boolean;
  ipKinds: IpKind[];
  patentNumbers: string;
  planSource: PlanSource;
  socioEconomicGoal: SocioEconomicGoal;
  paymentMethod: PaymentMethod;
  validFrom: string;
  validTo: string;
}

export const amendValuesOf = ({ public: open, private: hidden }: ContractFacts): AmendValues => ({
  title: hidden.title,
  contractSubType: open.contractSubType,
  fieldCode: open.fieldCode,
  industryCode: open.industryCode,
  sellerDistrict: open.sellerDistrict,
  buyerDistrict: open.buyerDistrict,
  sellerName: hidden.seller.name,
  buyerName: hidden.buyer.name,
  contractValueFen: hidden.contractValueFen,
  technologyValueFen: hidden.technologyValueFen,
  effectiveOn: open.effectiveOn,
  relatedParty: open.relatedParty,
  subcontract: open.subcontract,
  ipKinds: hidden.form?.ipKinds ?? [],
  patentNumbers: hidden.form?.patentNumbers.join('\n') ?? '',
  planSource: hidden.form?.planSource ?? 'none',
  socioEconomicGoal: hidden.form?.socioEconomicGoal ?? '10',
  paymentMethod: hidden.form?.paymentMethod ?? 'lump-sum',
  validFrom: hidden.form?.validFrom ?? '',
  validTo: hidden.form?.validTo ?? '',
});

const typeOf = (subType: string, before: ContractFacts) =>
  CONTRACT_TYPES.find((type) => type.subTypes.some((sub) => sub.code === subType))?.code ??
  before.public.contractType;

const lines = (text: string): string[] =>
  text
    .split(/[\n,，、;；]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The whole new facts: what the form does not hold stays as it was. */
export const factsOf = (values: AmendValues, before: ContractFacts): ContractFacts => {
  const { public: open, private: hidden } = before;
  const { form } = hidden;
  return {
    public: {
      ...open,
      contractType: typeOf(values.contractSubType, before),
      contractSubType: values.contractSubType,
      fieldCode: values.fieldCode,
      industryCode: values.industryCode,
      sellerDistrict: values.sellerDistrict,
      buyerDistrict: values.buyerDistrict,
      effectiveOn: values.effectiveOn,
      relatedParty: values.relatedParty,
      subcontract: values.subcontract,
      // Both sides chose to publish the value, whatever it is.
      publishedValueFen: open.publishedValueFen === null ? null : values.contractValueFen,
    },
    private: {
      ...hidden,
      title: values.title.trim(),
      seller: { ...hidden.seller, name: values.sellerName.trim() },
      buyer: { ...hidden.buyer, name: values.buyerName.trim() },
      contractValueFen: values.contractValueFen,
      technologyValueFen: values.technologyValueFen,
      form: form && {
        ...form,
        ipKinds: values.ipKinds,
        patentNumbers: lines(values.patentNumbers),
        planSource: values.planSource,
        socioEconomicGoal: values.socioEconomicGoal,
        paymentMethod: values.paymentMethod,
        validFrom: values.validFrom,
        validTo: values.validTo || null,
      },
    },
  };
};

const isFen = (text: string): boolean => /^\d+$/.test(text);

export interface AmendProblem {
  readonly name: keyof AmendValues;
  readonly rule: 'missing' | 'amount' | 'above' | 'receipts';
}

/** What the form can tell by itself before the ledger judges. */
export const amendProblems = (
  values: AmendValues,
  verifiedFen: bigint,
): readonly AmendProblem[] => {
  const problems: AmendProblem[] = [];
  for (const name of ['title', 'sellerName', 'buyerName', 'effectiveOn'] as const) {
    if (values[name].trim() === '') problems.push({ name, rule: 'missing' });
  }
  const { contractValueFen, technologyValueFen } = values;
  if (!isFen(contractValueFen)) problems.push({ name: 'contractValueFen', rule: 'amount' });
  if (!isFen(technologyValueFen)) problems.push({ name: 'technologyValueFen', rule: 'amount' });
  if (!isFen(contractValueFen) || !isFen(technologyValueFen)) return problems;
  const technology = BigInt(technologyValueFen);
  if (technology > BigInt(contractValueFen)) {
    problems.push({ name: 'technologyValueFen', rule: 'above' });
  }
  if (technology < verifiedFen) problems.push({ name: 'technologyValueFen', rule: 'receipts' });
  return problems;
};
