import { urlOf } from '@jishi/contracts/client';
import { readContractFile } from '@jishi/contracts/market/files';
import { bearerFor } from '../../api/call.ts';

const CLEAN_UP_MS = 10_000;

/**
 * Takes a file of a contract: the market gives it to a bearer token alone, which no plain link
 * carries. False when it did not come.
 */
export const downloadFile = async (
  file: { readonly fileId: string; readonly name: string },
  contractId: string,
): Promise<boolean> => {
  const token = await bearerFor('market');
  const address = urlOf('', readContractFile, { params: { contractId, fileId: file.fileId } });
  const answer = await fetch(address, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  }).catch(() => null);
  if (!answer?.ok) return false;
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), CLEAN_UP_MS);
  return true;
};
