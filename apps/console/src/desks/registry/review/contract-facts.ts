import type { ContractPrivate, ContractPublic } from '@jishi/contracts/ledger/events';
import {
  CHINA_COUNTRY_CODE,
  IP_KINDS,
  NATURES,
  PAYMENT_METHODS,
  PLAN_SOURCES,
  type RegistrationForm,
  SOCIO_ECONOMIC_GOALS,
} from '@jishi/contracts/ledger/registration-form';
import type { PartyRef } from '@jishi/contracts/party';
import { exactYuan } from '../../../format/amount.ts';
import { fieldFullName, industryName, regionName } from '../../../format/names.ts';
import { fill, type Language } from '../../../words/words.tsx';
import type { Words } from '../../../words/zh.ts';
import { contractTypeName, nameIn, partyCode, subTypeName } from '../names.ts';
import type { RegistryWords } from '../words.ts';

export interface ContractFacts {
  readonly public: ContractPublic;
  readonly private: ContractPrivate;
}

/** One fact of a contract, with the path by which checks point to it. */
export interface Fact {
  readonly field: string;
  readonly label: string;
  readonly text: string;
}

export interface FactGroup {
  readonly key: 'contract' | 'technical' | 'seller' | 'buyer' | 'broker' | 'payment';
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** What a reader needs for naming codes. */
export interface Naming {
  readonly w: RegistryWords;
  readonly t: Words;
  readonly language: Language;
}

const fact = (field: string, label: string, text: string): Fact => ({ field, label, text });

const inContract = (facts: ContractFacts, { w, t, language }: Naming): readonly Fact[] => {
  const { public: open, private: hidden } = facts;
  const yesNo = (yes: boolean) => (yes ? w.yes : w.no);
  const type = contractTypeName(open.contractType, language);
  const sub = subTypeName(open.contractSubType, language);
  const { form } = hidden;
  return [
    fact('private.title', w.title, hidden.title),
    fact('public.contractType', w.contractType, type),
    fact('public.contractSubType', w.subType, sub),
    fact('public.signedOn', w.signedOn, open.signedOn),
    fact('public.effectiveOn', w.effectiveOn, open.effectiveOn),
    ...(form
      ? [
          fact('private.form.validFrom', w.validFrom, form.validFrom),
          fact('private.form.validTo', w.validTo, form.validTo ?? w.openEnd),
        ]
      : []),
    fact('public.sellerDistrict', w.sellerDistrict, regionName(open.sellerDistrict, language, t)),
    fact('public.buyerDistrict', w.buyerDistrict, regionName(open.buyerDistrict, language, t)),
    fact('public.isImport', w.isImport, yesNo(open.isImport)),
    fact('public.relatedParty', w.relatedParty, yesNo(open.relatedParty)),
    fact('public.subcontract', w.subcontract, yesNo(open.subcontract)),
  ];
};

const technical = (facts: ContractFacts, { w, language }: Naming): readonly Fact[] => {
  const { public: open, private: hidden } = facts;
  const { form } = hidden;
  const kinds = form?.ipKinds.map((kind) => nameIn(IP_KINDS, kind, language));
  return [
    fact('public.fieldCode', w.field, fieldFullName(open.fieldCode, language)),
    fact('public.industryCode', w.industry, industryName(open.industryCode, language)),
    ...(form && kinds
      ? [
          fact('private.form.ipKinds', w.ipKinds, kinds.join(w.comma)),
          fact(
            'private.form.patentNumbers',
            w.patentNumbers,
            form.patentNumbers.join(w.comma) || w.none,
          ),
          fact(
            'private.form.planSource',
            w.planSource,
            nameIn(PLAN_SOURCES, form.planSource, language),
          ),
          fact(
            'private.form.socioEconomicGoal',
            w.socioEconomicGoal,
            nameIn(SOCIO_ECONOMIC_GOALS, form.socioEconomicGoal, language),
          ),
        ]
      : []),
  ];
};

const country = (code: string, w: RegistryWords): string =>
  code === CHINA_COUNTRY_CODE ? w.china : fill(w.countryCode, { code });

const partyFacts = (
  side: 'seller' | 'buyer' | 'broker',
  party: PartyRef,
  form: RegistrationForm | null,
  { w, t, language }: Naming,
): readonly Fact[] => {
  const at = `private.${side}`;
  const base = [
    fact(`${at}.name`, w.partyName, party.name),
    fact(`${at}.key`, w.partyCode, partyCode(party)),
    fact(`${at}.nature`, w.partyNature, w[`nature.${party.nature}`]),
    fact(`${at}.district`, w.district, regionName(party.district, language, t)),
  ];
  if (!form || side === 'broker') return base;
  const nature = side === 'seller' ? form.sellerNature : form.buyerNature;
  const code = side === 'seller' ? form.sellerCountry : form.buyerCountry;
  return [
    ...base,
    fact(`private.form.${side}Nature`, w.formNature, nameIn(NATURES, nature, language)),
    fact(`private.form.${side}Country`, w.country, country(code, w)),
  ];
};

const paying = ({ private: { form } }: ContractFacts, { w, language }: Naming): readonly Fact[] => {
  if (!form) return [];
  const method = nameIn(PAYMENT_METHODS, form.paymentMethod, language);
  const amount = (fen: string | null) =>
    fen === null ? w.notAsked : `${exactYuan(BigInt(fen))} ${w.yuan}`;
  return [
    fact('private.form.paymentMethod', w.paymentMethod, method),
    fact('private.form.newInvestmentFen', w.newInvestment, amount(form.newInvestmentFen)),
    fact('private.form.newOutputFen', w.newOutput, amount(form.newOutputFen)),
  ];
};

/** Every fact of a contract, grouped as on the registration form; the amounts stand apart. */
export const factGroups = (facts: ContractFacts, naming: Naming): readonly FactGroup[] => {
  const { w } = naming;
  const { seller, buyer, broker, form } = facts.private;
  const groups: FactGroup[] = [
    { key: 'contract', title: w.groupContract, facts: inContract(facts, naming) },
    { key: 'seller', title: w.seller, facts: partyFacts('seller', seller, form, naming) },
    { key: 'buyer', title: w.buyer, facts: partyFacts('buyer', buyer, form, naming) },
    { key: 'technical', title: w.groupTechnical, facts: technical(facts, naming) },
    { key: 'payment', title: w.groupPayment, facts: paying(facts, naming) },
  ];
  if (broker) {
    const facts = partyFacts('broker', broker, form, naming);
    groups.splice(3, 0, { key: 'broker', title: w.broker, facts });
  }
  return groups.filter((group) => group.facts.length > 0);
};

const amounts = ({ public: open, private: hidden }: ContractFacts, w: RegistryWords) => {
  const yuan = (fen: string) => `${exactYuan(BigInt(fen))} ${w.yuan}`;
  const published = open.publishedValueFen;
  return [
    fact('private.contractValueFen', w.contractValue, yuan(hidden.contractValueFen)),
    fact('private.technologyValueFen', w.technologyValue, yuan(hidden.technologyValueFen)),
    fact('public.publishedValueFen', w.published, published ? yuan(published) : w.notPublished),
  ];
};

export interface Difference extends Fact {
  readonly before: string;
}

/** What an amendment changes, in words: facts whose words differ. */
export const differences = (
  before: ContractFacts,
  after: ContractFacts,
  naming: Naming,
): readonly Difference[] => {
  const flat = (facts: ContractFacts) => [
    ...amounts(facts, naming.w),
    ...factGroups(facts, naming).flatMap((group) =>
      group.facts.map((one) => ({ ...one, label: labelIn(group, one, naming.w) })),
    ),
  ];
  const old = new Map(flat(before).map((one) => [one.field, one]));
  const now = new Map(flat(after).map((one) => [one.field, one]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const [a, b] = [old.get(field), now.get(field)];
    if (a?.text === b?.text) return [];
    const label = b?.label ?? a?.label ?? field;
    const none = naming.w.none;
    return [{ field, label, text: b?.text ?? none, before: a?.text ?? none }];
  });
};

/** «卖方·名称»: outside its group a party's fact says whose it is. */
const labelIn = (group: FactGroup, one: Fact, w: RegistryWords): string =>
  group.key === 'seller' || group.key === 'buyer' || group.key === 'broker'
    ? fill(w.labelOfParty, { party: group.title, label: one.label })
    : one.label;
