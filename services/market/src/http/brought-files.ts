import { createHash } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import { FILE_BYTES_MAX, FILES_PER_CONTRACT_MAX } from '@jishi/contracts/market/files';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { readBytes } from '@jishi/runtime/bytes-body';
import { cleanFileName } from '../domain/contract/file-name.ts';
import { fileTypeOf } from '../domain/contract/file-type.ts';
import { storedBy } from '../store/trade/contract-files.ts';
import type { TradeTrx } from '../store/trade/tables.ts';

/** Of one organisation: what it may keep here. */
const FILES_MAX = 1_000;
const STORED_BYTES_MAX = 2 * 1024 ** 3;

export interface Brought {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly mediaType: string;
  readonly name: string;
}

/** The file by its content; what a browser or a name says about it decides nothing. */
export const bringFile = async (request: Request, given: string): Promise<Brought> => {
  const bytes = await readBytes(request, FILE_BYTES_MAX);
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

/** Before a file is kept: a contract has a limit, and so has an organisation. */
export const requireRoom = async (
  trx: TradeTrx,
  contractFiles: number,
  partyId: Id,
  size: number,
): Promise<void> => {
  const { files, bytes } = await storedBy(trx, partyId);
  const full =
    contractFiles >= FILES_PER_CONTRACT_MAX ||
    files >= FILES_MAX ||
    bytes + size > STORED_BYTES_MAX;
  if (full) throw new Refusal('file-quota-reached');
};
