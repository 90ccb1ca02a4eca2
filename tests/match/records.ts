import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** One record or query of a collection in its usual form, a JSON line. */
const Line = z.object({
  _id: z.string().regex(/^\S+$/),
  title: z.string().default(''),
  text: z.string().default(''),
});
export type Line = z.infer<typeof Line>;

const linesOf = async function* (file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (line.trim() !== '') yield line;
  }
};

const recordOf = (line: string, where: string): Line => {
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    throw new Error(`${where}: not a JSON line {"_id","title"?,"text"?}`);
  }
};

export const recordsOf = async (file: string): Promise<Line[]> => {
  const records: Line[] = [];
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    records.push(recordOf(line, `${file}, record ${number}`));
  }
  return records;
};

/** Candidates by query; the first line is the heading. */
export const poolOf = async (
  file: string | undefined,
): Promise<Map<string, string[]> | undefined> => {
  if (file === undefined) return undefined;
  const pool = new Map<string, string[]>();
  for await (const line of linesOf(file)) {
    const [query = '', document = ''] = line.trim().split('\t');
    pool.set(query, [...(pool.get(query) ?? []), document]);
  }
  return pool;
};
