import type { Id } from '@jishi/contracts/ids';
import type { ContractFile, ContractPapers, FileKind } from '@jishi/contracts/market/files';
import type { SentSubmission } from '@jishi/contracts/market/registration-papers';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import { ownSideOf } from '../../domain/import/paper-texts.ts';
import {
  findPaper,
  findPaperFile,
  insertPaperFile,
  isPaperFileId,
  lockPaperOf,
  paperFilesOf,
  paperSubmissionsOf,
  removePaperFile,
  type StoredPaper,
} from '../../store/import/paper-contracts.ts';
import { fileView, isFileId, type StoredFile } from '../../store/trade/contract-files.ts';
import type { TradeTrx } from '../../store/trade/tables.ts';
import { type Brought, requireRoom } from '../brought-files.ts';
import type { Trader } from '../trade-context.ts';

/** Files of contracts of paper: by the same endpoints and rules as of those signed here. */

const viewOf = (
  { submission }: StoredPaper,
  file: StoredFile,
  sent: readonly SentSubmission[],
): ContractFile => {
  const submitted =
    file.kind === 'receipt-evidence' || sent.some(({ fileIds }) => fileIds.includes(file.id));
  return fileView(file, ownSideOf(submission), submitted);
};

/** Of the organisation that imported it; for everybody else it is not there. */
export const requireOwnPaper = async (
  trx: TradeTrx,
  { organisationId }: Person,
  contractId: Id,
): Promise<StoredPaper> => {
  const paper = await findPaper(trx, contractId);
  if (paper?.organisation_id !== organisationId) throw new Refusal('not-found');
  return paper;
};

const lockOwn = async (trx: TradeTrx, person: Person, contractId: Id): Promise<StoredPaper> => {
  const paper = await lockPaperOf(trx, person.organisationId, contractId);
  if (!paper) throw new Refusal('not-found');
  return paper;
};

export const paperFileViews = async (
  trx: TradeTrx,
  paper: StoredPaper,
): Promise<ContractFile[]> => {
  const sent = (await paperSubmissionsOf(trx, [paper.id])).get(paper.id) ?? [];
  return (await paperFilesOf(trx, paper.id)).map((file) => viewOf(paper, file, sent));
};

interface Asked {
  readonly contractId: Id;
  readonly fileId: Id;
  readonly kind: FileKind;
}

export const addPaperFile = async (
  trx: TradeTrx,
  { person, partyId }: Trader,
  { contractId, fileId, kind }: Asked,
  brought: Brought,
  now: Instant,
): Promise<ContractFile> => {
  const paper = await lockOwn(trx, person, contractId);
  const present = await paperFileViews(trx, paper);
  const same = present.find((file) => file.sha256 === brought.sha256 && file.kind === kind);
  if (same) return same;
  if ((await isFileId(trx, fileId)) || (await isPaperFileId(trx, fileId))) {
    throw new Refusal('id-reused');
  }
  await requireRoom(trx, present.length, partyId, brought.bytes.length);
  await insertPaperFile(trx, {
    ...brought,
    ...{ fileId, contractId, kind, organisationId: person.organisationId },
    ...{ addedByParty: partyId, addedByUser: person.userId, addedAt: now },
  });
  const made = await findPaperFile(trx, contractId, fileId);
  if (!made) throw new Error('the file that was just kept is not there');
  return viewOf(paper, made, []);
};

/** Only what the registration was not sent; gives the hash whose bytes may be needless now. */
export const dropPaperFile = async (
  trx: TradeTrx,
  person: Person,
  { contractId, fileId }: { readonly contractId: Id; readonly fileId: Id },
): Promise<string> => {
  const paper = await lockOwn(trx, person, contractId);
  const file = (await paperFileViews(trx, paper)).find((each) => each.fileId === fileId);
  if (!file) throw new Refusal('not-found');
  if (file.submitted) throw new Refusal('contract-state');
  if (!(await removePaperFile(trx, fileId))) throw new Refusal('not-found');
  return file.sha256;
};

/** A file, and whether the reader's organisation brought it. */
export const paperFile = async (
  trx: TradeTrx,
  { organisationId }: Person,
  { contractId, fileId }: { readonly contractId: Id; readonly fileId: Id },
): Promise<{ readonly file: StoredFile; readonly isOwn: boolean } | undefined> => {
  const paper = await findPaper(trx, contractId);
  const file = paper && (await findPaperFile(trx, contractId, fileId));
  return file && { file, isOwn: paper.organisation_id === organisationId };
};

/** For the desk of the registration: its files, and no text that was signed here. */
export const papersOfPaper = async (
  trx: TradeTrx,
  contractId: Id,
): Promise<ContractPapers | undefined> => {
  const paper = await findPaper(trx, contractId);
  if (!paper) return undefined;
  return {
    ...{ contractId, source: 'paper', text: null, contractTextHash: null, signatures: [] },
    signedOn: paper.submission.public.signedOn,
    files: await paperFileViews(trx, paper),
  };
};
