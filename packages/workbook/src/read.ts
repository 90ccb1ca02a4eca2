import { readCsv } from './csv.ts';
import { type ReadLimits, type Sheet, Unreadable } from './sheet.ts';
import { formOf } from './sniff.ts';
import { readXlsx } from './xlsx.ts';

/**
 * Reads a spreadsheet of either form, told by its content. Meant for a thread of its own
 * (reader.ts): it holds the whole file.
 */
export const readSpreadsheet = async (bytes: Uint8Array, limits: ReadLimits): Promise<Sheet> => {
  if (bytes.length > limits.bytesMax) throw new Unreadable('too-large');
  return formOf(bytes) === 'zip' ? readXlsx(Buffer.from(bytes), limits) : readCsv(bytes, limits);
};
