import { createHash } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import * as api from '@jishi/contracts/market/files';
import type { Person, Principal } from '@jishi/contracts/principal';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { readBytes } from '@jishi/runtime/bytes-body';
import type { Service } from '@jishi/runtime/service';
import type { Contract } from '../domain/contract/contract.ts';
import { attachmentHeader, cleanFileName } from '../domain/contract/file-name.ts';
import { fileTypeOf } from '../domain/contract/file-type.ts';
import { inJob, inTenant } from '../store/accounts/tenant.ts';
import {
  filesOf,
  findFile,
  forgetContent,
  insertFile,
  isFileId,
  readContent,
  removeFile,
  storedBy,
} from '../store/trade/contract-files.ts';
import { findContract, lockContract } from '../store/trade/contracts.ts';
import { recordReading } from '../store/trade/read-trail.ts';
import { submissionsOf } from '../store/trade/registration-papers.ts';
import type { TradeTrx } from '../store/trade/tables.ts';
import { personOf, type TradeContext, traderOf } from './trade-context.ts';
import { fileViewOf, papersOf } from './trade-contract-views.ts';
import { sideOf } from './trade-views.ts';

/** Of one organisation: what it may keep here. */
const FILES_MAX = 1_000;
const STORED_BYTES_MAX = 2 * 1024 ** 3;

interface Brought {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mediaType: string;
  readonly name: string;
}

/** The file by its content; what a browser or a name says about it decides nothing. */
const bringFile = async (request: Request, given: string): Promise<Brought> => {
  const bytes = await readBytes(request, api.FILE_BYTES_MAX);
  const mediaType = fileTypeOf(bytes);
  if (!mediaType) {
    throw new Refusal('media-type-unsupported', {
      zh: '可以上传 PDF、PNG、JPEG、DOCX、XLSX、OFD;不含宏、内嵌对象、外部链接和加密',
      en: 'PDF, PNG, JPEG, DOCX, XLSX or OFD, without macros, objects, links or encryption',
    });
  }
  const name = cleanFileName(given, mediaType);
  if (!name) {
    throw refuseField(
      ...(['invalid-input', 'query.name', 'file-name'] as const),
      '文件名不能为空,也不能只有路径或后缀',
      'A file has a name, more than a path or an extension',
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, mediaType, name };
};

const requireRoom = async (
  trx: TradeTrx,
  contractFiles: number,
  partyId: Id,
  size: number,
): Promise<void> => {
  const { files, bytes } = await storedBy(trx, partyId);
  const full =
    contractFiles >= api.FILES_PER_CONTRACT_MAX ||
    files >= FILES_MAX ||
    bytes + size > STORED_BYTES_MAX;
  if (full) throw new Refusal('file-quota-reached');
};

/** Money arrives after registration; everything else may be brought until it is thrown away. */
const requireFitting = ({ status }: Contract, kind: api.FileKind): void => {
  const fits = kind === 'receipt-evidence' ? status === 'signed' : status !== 'discarded';
  if (!fits) throw new Refusal('contract-state');
};

const serveAdding = ({ serve }: Service, { db, clock }: TradeContext): void => {
  serve(api.addContractFile, async ({ params, query, principal, context }) => {
    const { person, partyId } = traderOf(principal);
    // Before any byte is read: whoever takes no part in the contract learns nothing from it.
    await inTenant(db, principal, async (trx) => {
      if (!(await findContract(trx, params.contractId))) throw new Refusal('not-found');
    });
    const brought = await bringFile(context.req.raw, query.name);
    return inTenant(db, principal, async (trx) => {
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
    const { partyId } = traderOf(principal);
    const sha256 = await inTenant(db, principal, async (trx) => {
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

const serveReading = (service: Service, { db, clock }: TradeContext): void => {
  service.serveRaw(api.readContractFile, ({ params, principal, requestId }) =>
    inTenant(db, principal, async (trx) => {
      const { contractId, fileId } = params;
      const file = await findFile(trx, contractId, fileId);
      const content = file && (await readContent(trx, file.sha256));
      if (!file || !content) throw new Refusal('not-found');
      const read = {
        act: 'contract-file.read',
        object: `contract-file:${fileId}`,
        of: { sha256: file.sha256 },
      };
      await readAs(trx, { principal, requestId, contractId }, read, clock());
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
    inTenant(db, principal, async (trx) => {
      const { contractId } = params;
      const read = { act: 'contract-papers.read', object: `contract:${contractId}` };
      const contract = await readAs(trx, { principal, requestId, contractId }, read, clock());
      const { text, contractTextHash, signedOn } = contract;
      if (text === null || contractTextHash === null || signedOn === null) {
        throw new Refusal('not-found');
      }
      const { files } = (await papersOf(trx, [contract]))(contract);
      const signatures = contract.signatures.map(({ side, signedAt, userId }) => ({
        side,
        signedAt,
        userId,
      }));
      return { contractId, text, contractTextHash, signedOn, signatures, files: [...files] };
    }),
  );
};

/** 合同材料: brought by the parties, read by them and by the desk of the registration. */
export const serveFiles = (service: Service, context: TradeContext): void => {
  serveAdding(service, context);
  serveReading(service, context);
};
