import type { Id } from '@jishi/contracts/ids';
import * as api from '@jishi/contracts/market/files';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import type { Contract } from '../domain/contract/contract.ts';
import { attachmentHeader } from '../domain/contract/file-name.ts';
import { inJob, inTenant } from '../store/accounts/tenant.ts';
import {
  filesOf,
  findFile,
  forgetContent,
  insertFile,
  isFileId,
  readContent,
  removeFile,
  type StoredFile,
} from '../store/trade/contract-files.ts';
import { findContract, lockContract } from '../store/trade/contracts.ts';
import { recordReading } from '../store/trade/read-trail.ts';
import { submissionsOf } from '../store/trade/registration-papers.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { bringFile, requireRoom } from './brought-files.ts';
import {
  addPaperFile,
  dropPaperFile,
  paperFile,
  papersOfPaper,
  requireOwnPaper,
} from './import/paper-files.ts';
import { personOf, type TradeContext, traderOf } from './trade-context.ts';
import { fileViewOf, papersOf } from './trade-contract-views.ts';
import { sideOf } from './trade-views.ts';

/** Money arrives after registration; everything else may be brought until it is thrown away. */
const requireFitting = ({ status }: Contract, kind: api.FileKind): void => {
  const fits = kind === 'receipt-evidence' ? status === 'signed' : status !== 'discarded';
  if (!fits) throw new Refusal('contract-state');
};

const serveAdding = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(api.addContractFile, async ({ params, query, principal, context }) => {
    const { person, partyId } = traderOf(principal);
    // Before any byte is read: whoever takes no part in the contract learns nothing from it.
    const isPaper = await inTenant(db, principal, async (trx) => {
      if (await findContract(trx, params.contractId)) return false;
      await requireOwnPaper(trx, person, params.contractId);
      return true;
    });
    const brought = await bringFile(context.req.raw, query.name);
    return inTenant(db, principal, async (trx) => {
      if (isPaper) {
        const asked = { ...params, ...query };
        return addPaperFile(trx, { person, partyId }, asked, brought, clock());
      }
      const { contract, negotiationId } = await lockContract(trx, params.contractId);
      requireFitting(contract, query.kind);
      sideOf(contract, partyId);
      const present = (await filesOf(trx, [contract.contractId])).get(contract.contractId) ?? [];
      const sent = (await submissionsOf(trx, [contract.contractId])).get(contract.contractId) ?? [];
      const same = present.find((f) => f.sha256 === brought.sha256 && f.kind === query.kind);
      if (same) return fileViewOf(contract, same, sent);
      if (await isFileId(trx, query.fileId)) throw new Refusal('id-reused');
      await requireRoom(trx, present.length, partyId, brought.bytes.length);
      await insertFile(trx, {
        ...brought,
        fileId: query.fileId,
        contractId: contract.contractId,
        negotiationId,
        kind: query.kind,
        addedByParty: partyId,
        addedByUser: person.userId,
        addedAt: clock(),
      });
      const made = await findFile(trx, contract.contractId, query.fileId);
      if (!made) throw new Error('the file that was just kept is not there');
      return fileViewOf(contract, made, sent);
    });
  });

  serve(api.removeContractFile, async ({ params, principal }) => {
    const { person, partyId } = traderOf(principal);
    const sha256 = await inTenant(db, principal, async (trx) => {
      if (!(await findContract(trx, params.contractId))) {
        return dropPaperFile(trx, person, params);
      }
      const { contract } = await lockContract(trx, params.contractId);
      const file = await findFile(trx, contract.contractId, params.fileId);
      if (!file || file.added_by_party !== partyId) throw new Refusal('not-found');
      const sent = (await submissionsOf(trx, [contract.contractId])).get(contract.contractId) ?? [];
      if (fileViewOf(contract, file, sent).submitted) throw new Refusal('contract-state');
      if (!(await removeFile(trx, file.id))) throw new Refusal('not-found');
      return file.sha256;
    });
    await inJob(db, 'files', (trx) => forgetContent(trx, sha256));
    return { fileId: params.fileId };
  });
};

const isParty = (contract: Contract, { partyId }: Person): boolean =>
  [contract.seller, contract.buyer, contract.broker].some(
    (party) => party !== null && party.partyId === partyId,
  );

interface Asking {
  readonly principal: Principal | undefined;
  readonly requestId: string;
  readonly contractId: Id;
}

/** What is not one's own as a party is read as an officer, and that is written down. */
const readAs = async (
  trx: TradeTrx,
  { principal, requestId, contractId }: Asking,
  read: { readonly act: string; readonly object: string; readonly of?: Record<string, string> },
  at: string,
): Promise<Contract> => {
  const reader = personOf(principal);
  const stored = await findContract(trx, contractId);
  if (!stored) throw new Refusal('not-found');
  if (isParty(stored.contract, reader)) return stored.contract;
  const after = { contractId, ...read.of };
  await recordReading(trx, { reader, requestId, act: read.act, object: read.object, after }, at);
  return stored.contract;
};

/** Of a contract signed here; an officer's reading is written down before anything is answered. */
const fileToRead = async (
  trx: TradeTrx,
  { principal, requestId, contractId, fileId }: Asking & { readonly fileId: Id },
  at: string,
): Promise<StoredFile> => {
  const object = `contract-file:${fileId}`;
  const own = await findFile(trx, contractId, fileId);
  if (own) {
    const read = { act: 'contract-file.read', object, of: { sha256: own.sha256 } };
    await readAs(trx, { principal, requestId, contractId }, read, at);
    return own;
  }
  const reader = personOf(principal);
  const paper = await paperFile(trx, reader, { contractId, fileId });
  if (!paper) throw new Refusal('not-found');
  if (paper.isOwn) return paper.file;
  const after = { contractId, sha256: paper.file.sha256 };
  await recordReading(trx, { reader, requestId, act: 'contract-file.read', object, after }, at);
  return paper.file;
};

/** What is known here of a contract; the ledger may have one that came another way. */
const papersToRead = async (
  trx: TradeTrx,
  asking: Asking,
  at: string,
): Promise<api.ContractPapers> => {
  const { contractId, principal, requestId } = asking;
  const none = { text: null, contractTextHash: null, signedOn: null, signatures: [], files: [] };
  const read = { act: 'contract-papers.read', object: `contract:${contractId}` };
  if (!(await findContract(trx, contractId))) {
    const paper = await papersOfPaper(trx, contractId);
    if (!paper) return { contractId, source: 'elsewhere', ...none };
    const reader = personOf(principal);
    await recordReading(trx, { reader, requestId, ...read, after: { contractId } }, at);
    return paper;
  }
  const contract = await readAs(trx, asking, read, at);
  const { text, contractTextHash, signedOn } = contract;
  if (text === null || contractTextHash === null || signedOn === null) {
    return { contractId, source: 'elsewhere', ...none };
  }
  const { files } = (await papersOf(trx, [contract]))(contract);
  const signatures = contract.signatures.map(({ side, signedAt, userId }) => ({
    side,
    signedAt,
    userId,
  }));
  const signed = { text, contractTextHash, signedOn, signatures };
  return { contractId, source: 'market', ...signed, files: [...files] };
};

const serveReading = (service: Service, { db, clock }: TradeContext): void => {
  service.serveRaw(api.readContractFile, ({ params, principal, requestId }) =>
    inTenant(db, principal, async (trx) => {
      const file = await fileToRead(trx, { principal, requestId, ...params }, clock());
      const content = await readContent(trx, file.sha256);
      if (!content) throw new Refusal('not-found');
      return new Response(new Uint8Array(content), {
        headers: {
          'content-type': file.media_type,
          'content-disposition': attachmentHeader(file.name),
          'content-security-policy': "sandbox; default-src 'none'",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      });
    }),
  );
  service.serve(api.readContractPapers, ({ params, principal, requestId }) =>
    inTenant(db, principal, (trx) =>
      papersToRead(trx, { principal, requestId, contractId: params.contractId }, clock()),
    ),
  );
};

/** 合同材料: brought by the parties, read by them and by the desk of the registration. */
export const serveFiles = (service: Service, context: TradeContext): void => {
  serveAdding(service, context);
  serveReading(service, context);
};
