import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Where an installation of this checkout keeps its data: the folder given, or the two places that
 * the launcher itself would take (apps/standalone/src/data-folder.ts).
 */
export const dataFoldersOf = (given: string | undefined, checkout: string): readonly string[] => {
  if (given) return [resolve(given)];
  const own = `jishi-${createHash('sha256').update(checkout).digest('hex').slice(0, 12)}`;
  return [join(checkout, '.data'), join('/var/lib', own)];
};

/** The address at which the installation of a data folder serves; null when it does not say. */
export const addressIn = (folder: string): Promise<string | null> =>
  readFile(join(folder, 'address'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
