import type { Submission } from '@jishi/contracts/ledger/registration';
import { IP_KINDS, type IpKind } from '@jishi/contracts/ledger/registration-form';
import type { PartyRef } from '@jishi/contracts/party';
import { amountIn } from './amount.ts';
import { CONTRACT_FIELDS } from './contract-fields.ts';
import { type ContractContext, type PaperContract, readContractRow } from './contract-row.ts';
import type { FieldSpec } from './field.ts';
import type { RowReading } from './listing-row.ts';

type Facts = Pick<Submission, 'public' | 'private'>;
type Texts = Readonly<Record<string, string>>;

/** The side that imported it: the buyer of an import, else the seller. */
export const ownSideOf = ({ public: { isImport } }: Facts): 'seller' | 'buyer' =>
  isImport ? 'buyer' : 'seller';

const amount = (fen: string | null | undefined): string =>
  fen === null || fen === undefined ? '' : amountIn(BigInt(fen), 'yuan');
/** Several stand in one cell, as people write them. */
const nameOfRight = (kind: IpKind): string =>
  IP_KINDS.find(({ code }) => code === kind)?.zh ?? kind;
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

/** The other side in full; what the sheet may say of one's own is known here without it. */
const otherSideTexts = (side: 'seller' | 'buyer', party: PartyRef, country: string): Texts => ({
  [`${side}Name`]: party.name,
  [`${side}Uscc`]: party.key.kind === 'domestic' ? party.key.uscc : '',
  [`${side}Country`]: country,
  [`${side}District`]: party.district,
});

/** A contract as cells that read as the same contract again: codes, days, yuan to the fen. */
export const paperTexts = (facts: Facts): Texts => {
  const { public: open, private: hidden } = facts;
  const { form } = hidden;
  const other = ownSideOf(facts) === 'seller' ? 'buyer' : 'seller';
  const texts: Texts = {
    title: hidden.title,
    signedOn: open.signedOn,
    effectiveOn: open.effectiveOn,
    validFrom: form?.validFrom ?? '',
    validTo: form?.validTo ?? '',
    ...otherSideTexts(other, hidden[other], form?.[`${other}Country`] ?? ''),
    sellerNature: form?.sellerNature ?? '',
    buyerNature: form?.buyerNature ?? '',
    contractType: open.contractType,
    contractSubType: open.contractSubType,
    ipKinds: form?.ipKinds.map(nameOfRight).join(';') ?? '',
    patentNumbers: form?.patentNumbers.join(';') ?? '',
    fieldCode: open.fieldCode,
    planSource: form?.planSource ?? '',
    industryCode: open.industryCode,
    socioEconomicGoal: form?.socioEconomicGoal ?? '',
    contractValue: amount(hidden.contractValueFen),
    technologyValue: amount(hidden.technologyValueFen),
    paymentMethod: form?.paymentMethod ?? '',
    newInvestment: amount(form?.newInvestmentFen),
    newOutput: amount(form?.newOutputFen),
    relatedParty: yesNo(open.relatedParty),
    subcontract: yesNo(open.subcontract),
    textSha256: statedText(facts) ?? '',
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
};

/** The hash that the row stated, without a scan. */
const statedText = ({ private: { attachments } }: Facts): string | null =>
  attachments.findLast(({ kind }) => kind === 'contract-text')?.sha256 ?? null;

const FIXED = /^(registrationNumber|textSha256|(seller|buyer)(Uscc|Country))$/;

/**
 * Columns that may be corrected after a return. Seller and buyer stay who they are: with others it
 * is another contract. A foreign party is known by its country and name.
 */
export const correctable = (facts: Facts): FieldSpec[] => {
  const own = ownSideOf(facts);
  const other = own === 'seller' ? 'buyer' : 'seller';
  const isForeign = facts.private[other].key.kind !== 'domestic';
  const fixed = new Set([
    ...[`${own}Name`, `${own}District`],
    ...(isForeign ? [`${other}Name`, `${other}District`] : []),
  ]);
  return CONTRACT_FIELDS.filter(({ key }) => !FIXED.test(key) && !fixed.has(key));
};

/** The contract with some columns in other words, read as a row of a sheet would be. */
export const readCorrected = (
  facts: Facts,
  values: Texts,
  context: ContractContext,
): RowReading<PaperContract> => {
  const own = ownSideOf(facts);
  const { name, district } = context.owner;
  // As the organisation is known today: it may have moved since.
  const ownTexts = { [`${own}Name`]: name, [`${own}District`]: district };
  const source = {
    row: { number: 1, cells: [] },
    fixes: { ...paperTexts(facts), ...ownTexts, ...values },
    columns: [],
    specs: CONTRACT_FIELDS,
    addressOf: () => '',
  };
  return readContractRow(source, context);
};

/** What goes to the registration: a scan that is there says what the text is. */
export const correctedSubmission = (
  contractId: string,
  { textSha256, ...value }: PaperContract,
  files: readonly { readonly kind: string; readonly sha256: string }[],
  hashOfFacts: (row: PaperContract) => string,
): Submission => {
  const papers = files.filter(({ kind }) => kind !== 'receipt-evidence');
  const scan = papers.findLast(({ kind }) => kind === 'contract-text')?.sha256;
  const stated = scan === undefined ? value.private.attachments : [];
  return {
    contractId,
    public: value.public,
    private: {
      ...value.private,
      origin: 'paper',
      contractTextHash: scan ?? textSha256 ?? hashOfFacts({ ...value, textSha256 }),
      attachments: [
        ...stated,
        ...(papers.map(({ kind, sha256 }) => ({ kind, sha256 })) as typeof stated),
      ],
    },
  };
};
