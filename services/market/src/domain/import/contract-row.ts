import { CONTRACT_TYPES, isSubTypeOf } from '@jishi/contracts/contract-types';
import { Submission } from '@jishi/contracts/ledger/registration';
import { RegistrationForm } from '@jishi/contracts/ledger/registration-form';
import type { PartyRef } from '@jishi/contracts/party';
import { RULES } from '@jishi/contracts/rules';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { bad, good, plainText, type Reading } from './cell.ts';
import { parts, readEach } from './code-list.ts';
import {
  contractTypes,
  fields,
  goals,
  ipKinds,
  paymentMethods,
  planSources,
  readIndustry,
  readYesNo,
  subTypesOf,
} from './code-lists.ts';
import { readSides } from './contract-sides.ts';
import { readDay } from './day.ts';
import type { RowReading } from './listing-row.ts';
import { lengthWithin, type RowReader, type RowSource, rowReader } from './row-reader.ts';

/** Everything of a submission but its id and the hash of its text, which come from outside. */
export type PaperContract = Omit<Submission, 'contractId'> & {
  /** Hash of the scan as the row states it; null without one. */
  readonly textSha256: string | null;
};

export interface ContractContext {
  readonly today: LocalDate;
  /** The organisation that imports: the seller, or the domestic buyer of an import. */
  readonly owner: PartyRef;
}

/** A type, and a sub-type of it; the only sub-type of a type need not be written. */
const readTypes = (reader: RowReader) => {
  const contractType = reader.by('contractType', contractTypes.read);
  const only = CONTRACT_TYPES.find(({ code }) => code === contractType)?.subTypes;
  const implied = only?.length === 1 ? only[0]?.code : undefined;
  const contractSubType =
    reader.by('contractSubType', subTypesOf(contractType).read) ?? implied ?? undefined;
  if (contractSubType === undefined && !reader.isGiven('contractSubType')) {
    reader.report(
      'contractSubType',
      bad('required', '合同子类不能为空', 'The sub-type is required').trouble,
    );
  }
  if (contractType && contractSubType && !isSubTypeOf(contractSubType, contractType)) {
    const { zh, en } = RULES['contract-sub-type'];
    reader.report('contractSubType', bad('contract-sub-type', zh, en).trouble);
  }
  return { contractType, contractSubType };
};

const readDays = (reader: RowReader, today: LocalDate) => {
  const signedOn = reader.take('signedOn', readDay);
  if (signedOn !== undefined && signedOn > today) {
    reader.report(
      'signedOn',
      bad('date-in-future', '签订日期在今天之后', 'The day of signing lies in the future').trouble,
    );
  }
  const effectiveOn = reader.take('effectiveOn', readDay) ?? signedOn;
  const validFrom = reader.take('validFrom', readDay) ?? effectiveOn;
  const validTo = reader.take('validTo', readDay) ?? null;
  const backwards = (key: string, zh: string, en: string) =>
    reader.report(key, bad('period-backwards', zh, en).trouble);
  if (signedOn && effectiveOn && effectiveOn < signedOn) {
    backwards('effectiveOn', '生效日期早于签订日期', 'It takes effect before it is signed');
  }
  if (validFrom && validTo && addDays(validTo, 1) <= validFrom) {
    backwards('validTo', '有效期止早于有效期起', 'It ends before it begins');
  }
  return { signedOn, effectiveOn, validFrom, validTo };
};

const readValues = (reader: RowReader) => {
  const contractValueFen = reader.amount('contractValue');
  const technologyValueFen = reader.amount('technologyValue');
  if (
    contractValueFen !== undefined &&
    technologyValueFen !== undefined &&
    BigInt(technologyValueFen) > BigInt(contractValueFen)
  ) {
    const { zh, en } = RULES['technology-value-above-contract-value'];
    reader.report('technologyValue', bad('technology-value', zh, en).trouble);
  }
  return { contractValueFen, technologyValueFen };
};

const readHash = (text: string): Reading<string> =>
  /^[0-9a-f]{64}$/i.test(plainText(text))
    ? good(plainText(text).toLowerCase())
    : bad('hash', '应为 64 位十六进制', 'Should be 64 hexadecimal digits');

/** A number that a registration gave: the contract is there already and is not counted twice. */
const refuseRegistered = (reader: RowReader): void => {
  if (!reader.isGiven('registrationNumber')) return;
  reader.report(
    'registrationNumber',
    bad(
      'already-registered',
      '登记编号由登记机构给出。已登记的合同不再导入;未登记的请清空此格',
      'The number is given by the registration. A registered contract is not imported again',
    ).trouble,
  );
};

const readForm = (reader: RowReader) => ({
  ipKinds: reader.by('ipKinds', (text) => readEach(ipKinds, text)),
  patentNumbers: reader.take('patentNumbers', ({ text }) => good(parts(text))) ?? [],
  planSource: reader.by('planSource', planSources.read),
  socioEconomicGoal: reader.by('socioEconomicGoal', goals.read),
  paymentMethod: reader.by('paymentMethod', paymentMethods.read),
  newInvestmentFen: reader.amount('newInvestment') ?? null,
  newOutputFen: reader.amount('newOutput') ?? null,
});

/** Hash of a text that nobody gave: replaced where the contract is made (see declared-facts). */
const NO_HASH = '0'.repeat(64);

/** A row of the 登记表 as a contract to be submitted, or every reason why it is none. */
export const readContractRow = (
  source: RowSource,
  { today, owner }: ContractContext,
): RowReading<PaperContract> => {
  const reader = rowReader(source);
  refuseRegistered(reader);
  const title = reader.text('title');
  lengthWithin(reader, 'title', title, { min: 4, max: 200 });
  const { seller, buyer, isImport } = readSides(reader, owner);
  const types = readTypes(reader);
  const { validFrom, validTo, ...days } = readDays(reader, today);
  const values = readValues(reader);
  const form = readForm(reader);
  const fieldCode = reader.by('fieldCode', fields.read);
  const industryCode = reader.by('industryCode', readIndustry);
  const relatedParty = reader.by('relatedParty', readYesNo);
  const subcontract = reader.by('subcontract', readYesNo) ?? false;
  const textSha256 = reader.by('textSha256', readHash) ?? null;
  if (reader.problems.length > 0) return { value: undefined, problems: reader.problems };
  const parsed = Submission.omit({ contractId: true }).safeParse({
    public: {
      ...types,
      fieldCode,
      industryCode,
      sellerDistrict: isImport ? buyer.party?.district : seller.party?.district,
      buyerDistrict: buyer.party?.district,
      isImport,
      relatedParty,
      subcontract,
      ...days,
      publishedValueFen: null,
    },
    private: {
      title,
      listingId: null,
      needId: null,
      seller: seller.party,
      buyer: buyer.party,
      broker: null,
      ...values,
      contractTextHash: textSha256 ?? NO_HASH,
      form: RegistrationForm.safeParse({
        ...form,
        validFrom,
        validTo,
        sellerNature: seller.nature,
        buyerNature: buyer.nature,
        sellerCountry: seller.country.code,
        buyerCountry: buyer.country.code,
      }).data,
      attachments: textSha256 === null ? [] : [{ kind: 'contract-text', sha256: textSha256 }],
    },
  });
  if (parsed.success && parsed.data.private.form) {
    return { value: { ...parsed.data, textSha256 }, problems: [] };
  }
  reader.report(
    'ipKinds',
    bad('record', '登记表内容不完整', 'The columns of the form do not make a whole').trouble,
  );
  return { value: undefined, problems: reader.problems };
};

interface ContractFacts {
  readonly seller: Pick<PartyRef, 'partyId'>;
  readonly buyer: Pick<PartyRef, 'partyId'>;
  readonly title: string;
  readonly contractValueFen: string;
  readonly signedOn: LocalDate;
}

/** By which two contracts of one registrant count as the same. */
export const contractKey = (facts: ContractFacts): string => {
  const { seller, buyer, title, contractValueFen, signedOn } = facts;
  const name = plainText(title)
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]/gu, '');
  return [seller.partyId, buyer.partyId, signedOn, contractValueFen, name].join(' ');
};

/**
 * What stands for the text of a contract that nobody gave: the facts that the registrant declares,
 * one a line. Its hash keeps the same facts from being submitted twice; it proves no text, and the
 * desk sees that there is none among the attachments.
 */
export const declaredFacts = ({ public: open, private: hidden }: PaperContract): string =>
  [
    'jishi declared facts v1',
    hidden.title,
    hidden.seller.partyId,
    hidden.buyer.partyId,
    open.contractType,
    open.contractSubType,
    open.signedOn,
    hidden.contractValueFen,
    hidden.technologyValueFen,
    '',
  ].join('\n');
