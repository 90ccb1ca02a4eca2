import type { Submission } from '@jishi/contracts/ledger/registration';
import { Refusal } from '@jishi/contracts/problem';
import type { Contract } from './contract.ts';

const bothPublish = (contract: Contract): boolean =>
  contract.declarations.seller?.publishValue === true &&
  contract.declarations.buyer?.publishValue === true;

const either = (contract: Contract, what: 'relatedParty' | 'subcontract'): boolean =>
  contract.declarations.seller?.[what] === true || contract.declarations.buyer?.[what] === true;

/**
 * What the ledger is sent of a signed contract. An import has a foreign seller: then the domestic
 * buyer registers and its district stands for the seller's (domain rule: imports are registered
 * by the buyer). The contract value is public only when both sides chose so.
 */
export const submissionOf = (contract: Contract): Submission => {
  const { contractId, head, terms, seller, buyer, broker, signedOn, effectiveOn } = contract;
  if (contract.status !== 'signed' || !signedOn || !effectiveOn || !contract.contractTextHash) {
    throw new Refusal('contract-state');
  }
  const isImport = seller.key.kind === 'foreign' && buyer.key.kind !== 'foreign';
  return {
    contractId,
    public: {
      contractType: terms.contractType,
      contractSubType: terms.contractSubType,
      fieldCode: head.fieldCode,
      industryCode: head.industryCode,
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
      form: null,
      attachments: [],
    },
  };
};
