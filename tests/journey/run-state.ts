import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { organisationBody } from '@jishi/contracts/uscc';
import { v5 } from 'uuid';

/**
 * What a run has done so far. Every id and every code is derived from the run's own id, so that a
 * run continued after a kill sends exactly what it sent before.
 */
export interface RunState {
  readonly run: string;
  readonly baseUrl: string;
  readonly done: Record<string, unknown>;
}

const fileOf = (folder: string, run: string): string => join(folder, `${run}.json`);

export const loadRun = async (folder: string, run: string): Promise<RunState> => {
  const text = await readFile(fileOf(folder, run), 'utf8').catch(() => null);
  if (text === null) throw new Error(`没有这一次运行 no run ${run} in ${folder}`);
  return JSON.parse(text) as RunState;
};

/** Written beside and renamed, so that a kill leaves the old state or the new one. */
export const saveRun = async (folder: string, state: RunState): Promise<void> => {
  const file = fileOf(folder, state.run);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, JSON.stringify(state));
  await rename(`${file}.part`, file);
};

/** The id of a thing of this run, by its name. */
export const idIn = (run: string, name: string): string => v5(name, run);

/** Eight characters of an organisation code, different for each run and party. */
export const codeBodyIn = (run: string, name: string): string =>
  organisationBody(createHash('sha256').update(`${run}:${name}`).digest());

export const hashIn = (run: string, name: string): string =>
  createHash('sha256').update(`${run}:${name}`).digest('hex');
