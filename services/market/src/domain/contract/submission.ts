import type { Submission } from '@jishi/contracts/ledger/registration';
import type { Attachment } from '@jishi/contracts/ledger/registration-form';
import type { ContractFile } from '@jishi/contracts/market/files';
import type { Side } from '@jishi/contracts/market/negotiation';
import type { FormView } from '@jishi/contracts/market/registration-papers';
import { Refusal } from '@jishi/contracts/problem';
import type { Contract } from './contract.ts';

const bothPublish = (contract: Contract): boolean =>
  contract.declarations.seller?.publishValue === true &&
  contract.declarations.buyer?.publishValue === true;

const either = (contract: Contract, what: 'relatedParty' | 'subcontract'): boolean =>
  contract.declarations.seller?.[what] === true || contract.declarations.buyer?.[what] === true;

/**
 * Who registers: the seller, but for an import (a foreign seller) the domestic buyer, whose
 * district then stands for the seller's.
 */
export const registrantOf = ({ seller, buyer }: Pick<Contract, 'seller' | 'buyer'>): Side =>
  seller.key.kind === 'foreign' && buyer.key.kind !== 'foreign' ? 'buyer' : 'seller';

/** What comes with it, by hash; the evidence of a receipt has a way of its own. */
const attachmentsOf = (files: readonly Pick<ContractFile, 'kind' | 'sha256'>[]): Attachment[] =>
  files.flatMap(({ kind, sha256 }) => (kind === 'receipt-evidence' ? [] : [{ kind, sha256 }]));

/**
 * What the ledger is sent of a signed contract, with the form and the files as they stand. The
 * contract value is public only when both sides chose so.
 */
export const submissionOf = (
  contract: Contract,
  { values, complete }: FormView,
  files: readonly Pick<ContractFile, 'kind' | 'sha256'>[],
): Submission => {
  const { contractId, head, terms, seller, buyer, broker, signedOn, effectiveOn } = contract;
  if (contract.status !== 'signed' || !signedOn || !effectiveOn || !contract.contractTextHash) {
    throw new Refusal('contract-state');
  }
  const isImport = registrantOf(contract) === 'buyer';
  return {
    contractId,
    public: {
      contractType: terms.contractType,
      contractSubType: terms.contractSubType,
      fieldCode: values.fieldCode,
      industryCode: values.industryCode,
      sellerDistrict: isImport ? buyer.district : seller.district,
      buyerDistrict: buyer.district,
      isImport,
      relatedParty: either(contract, 'relatedParty'),
      subcontract: either(contract, 'subcontract'),
      signedOn,
      effectiveOn,
      publishedValueFen: bothPublish(contract) ? terms.contractValueFen : null,
    },
    private: {
      title: head.title,
      listingId: contract.listingId,
      needId: contract.needId,
      seller,
      buyer,
      broker,
      contractValueFen: terms.contractValueFen,
      technologyValueFen: terms.technologyValueFen,
      contractTextHash: contract.contractTextHash,
      form: complete,
      attachments: attachmentsOf(files),
    },
  };
};
