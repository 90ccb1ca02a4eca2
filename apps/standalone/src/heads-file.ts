import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The signed heads of the log, outside its database: to be backed up elsewhere, like the keys. */
export const headsFileOf = (dataFolder: string): string =>
  join(dataFolder, 'heads', 'ledger.notes');

const holdsHeads = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => null);
  return found !== null && found.size > 0;
};

/** What a data folder holds: whether its heads were ever signed is told by their file. */
export const existingIn = async (dataFolder: string, data = true) => ({
  data,
  heads: await holdsHeads(headsFileOf(dataFolder)),
});
