import type { Id } from '@jishi/contracts/ids';
import type { ContractView } from '@jishi/contracts/market/contract';
import type { ContractFile } from '@jishi/contracts/market/files';
import { priceNoticeRule } from '@jishi/contracts/market/price-notice';
import type {
  FormView,
  MissingItem,
  SentSubmission,
} from '@jishi/contracts/market/registration-papers';
import { Refusal } from '@jishi/contracts/problem';
import type { LocalDate } from '@jishi/contracts/time';
import type { Contract } from '../domain/contract/contract.ts';
import { missingPapers } from '../domain/contract/missing-papers.ts';
import { formOf } from '../domain/contract/registration-form.ts';
import { registrantOf } from '../domain/contract/submission.ts';
import { unfinishedNotice } from '../domain/listing/price-notice.ts';
import { filesOf, fileView, type StoredFile } from '../store/trade/contract-files.ts';
import { findContract, type StoredContract } from '../store/trade/contracts.ts';
import { deliveriesOf } from '../store/trade/outbox.ts';
import { noticesOf } from '../store/trade/price-notices.ts';
import {
  formsOf,
  priceModesOf,
  rightsOf,
  submissionsOf,
} from '../store/trade/registration-papers.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { sideOf } from './trade-views.ts';

export const contractStreamOf = (contractId: Id): string => `contract:${contractId}`;

/** What a contract has beside its text: files, form, and what was sent when. */
export interface Papers {
  readonly files: readonly ContractFile[];
  readonly form: FormView;
  readonly submissions: readonly SentSubmission[];
}

/** Sent to the registration, or told to it in a receipt: then a file stays. */
const isSubmitted = (
  { id, kind }: Pick<StoredFile, 'id' | 'kind'>,
  submissions: readonly SentSubmission[],
): boolean => kind === 'receipt-evidence' || submissions.some((s) => s.fileIds.includes(id));

export const fileViewOf = (
  contract: Contract,
  file: StoredFile,
  submissions: readonly SentSubmission[],
): ContractFile =>
  fileView(file, sideOf(contract, file.added_by_party), isSubmitted(file, submissions));

export const papersOf = async (
  trx: TradeTrx,
  contracts: readonly Contract[],
): Promise<(contract: Contract) => Papers> => {
  const ids = contracts.map(({ contractId }) => contractId);
  const listings = contracts.map(({ listingId }) => listingId).filter((id) => id !== null);
  const files = await filesOf(trx, ids);
  const forms = await formsOf(trx, ids);
  const sent = await submissionsOf(trx, ids);
  const rights = await rightsOf(trx, [...new Set(listings)]);
  return (contract) => {
    const { contractId, listingId } = contract;
    const submissions = sent.get(contractId) ?? [];
    const own = listingId === null ? undefined : rights.get(listingId);
    return {
      files: (files.get(contractId) ?? []).map((file) => fileViewOf(contract, file, submissions)),
      form: formOf(contract, own ?? [], forms.get(contractId) ?? null),
      submissions,
    };
  };
};

/** 公示 that should be over before anybody signs, by contract that is not signed yet. */
const noticesMissing = async (
  trx: TradeTrx,
  contracts: readonly Contract[],
  today: LocalDate,
): Promise<ReadonlyMap<Id, MissingItem>> => {
  const drawn = contracts.filter(({ status }) => status === 'drawn');
  const listings = drawn.map(({ listingId }) => listingId).filter((id) => id !== null);
  const modes = await priceModesOf(trx, [...new Set(listings)]);
  const missing = new Map<Id, MissingItem>();
  for (const { contractId, listingId, seller } of drawn) {
    const rule = listingId && priceNoticeRule(seller.nature, modes.get(listingId) ?? null);
    if (!rule) continue;
    const item = unfinishedNotice(rule, await noticesOf(trx, listingId), today);
    if (item) missing.set(contractId, item);
  }
  return missing;
};

export const showContracts = async (
  trx: TradeTrx,
  found: readonly StoredContract[],
  { partyId, today }: { readonly partyId: Id; readonly today: LocalDate },
): Promise<ContractView[]> => {
  const contracts = found.map(({ contract }) => contract);
  const streams = contracts.map(({ contractId }) => contractStreamOf(contractId));
  const deliveries = await deliveriesOf(trx, streams);
  const papers = await papersOf(trx, contracts);
  const notices = await noticesMissing(trx, contracts, today);
  return found.map(({ negotiationId, contract }) => {
    const { files, form, submissions } = papers(contract);
    const notice = notices.get(contract.contractId);
    return {
      ...contract,
      negotiationId,
      you: sideOf(contract, partyId),
      signatures: [...contract.signatures],
      delivery: deliveries.get(contractStreamOf(contract.contractId)) ?? null,
      registrant: registrantOf(contract),
      files: [...files],
      form,
      missing: [...(notice ? [notice] : []), ...missingPapers(contract, form.values, files)],
      submissions: [...submissions],
    };
  });
};

export const showContract = async (
  trx: TradeTrx,
  id: Id,
  reader: { readonly partyId: Id; readonly today: LocalDate },
): Promise<ContractView> => {
  const stored = await findContract(trx, id);
  const [view] = stored ? await showContracts(trx, [stored], reader) : [];
  if (!view) throw new Refusal('not-found');
  return view;
};
