import { urlOf } from '@jishi/contracts/client';
import { type ContractFile, readContractFile } from '@jishi/contracts/market/files';
import { bearerFor } from '../../../api/call.ts';

/** Fetches a file with the reader's bearer and hands it to the browser to keep; false if not. */
export const downloadFile = async (
  contractId: string,
  { fileId, name }: Pick<ContractFile, 'fileId' | 'name'>,
): Promise<boolean> => {
  const token = await bearerFor('market');
  const url = urlOf('', readContractFile, { params: { contractId, fileId } });
  const answer = await fetch(url, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  }).catch(() => null);
  if (!answer?.ok) return false;
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
  return true;
};
