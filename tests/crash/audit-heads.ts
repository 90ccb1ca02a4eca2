import { readFile } from 'node:fs/promises';
import { parseCheckpoint } from '@jishi/proof/checkpoint';
import { createFrontier } from '@jishi/proof/frontier';
import { openNote, parseVerifierKey } from '@jishi/proof/note';
import { notesOf } from '@jishi/proof/note-file';
import type pg from 'pg';

export interface HeadsReport {
  /** Heads in the database, each signed and each the root of the log of its size. */
  readonly signed: number;
  /** Heads of the file outside that hold, too. */
  readonly kept: number;
  readonly wrong: number;
  /** The whole log is under the last head. */
  readonly coversAll: boolean;
}

/** The root of the log at each of some sizes. */
const rootsAt = (leaves: readonly Buffer[], sizes: ReadonlySet<number>): Map<number, string> => {
  const frontier = createFrontier();
  const roots = new Map<number, string>();
  for (const leaf of leaves) {
    frontier.append(leaf);
    const size = frontier.size();
    if (sizes.has(size)) roots.set(size, Buffer.from(frontier.root()).toString('hex'));
  }
  return roots;
};

/** Every head that was ever signed or kept is a signed head of the log as it is now. */
export const auditHeads = async (
  pool: pg.Pool,
  leaves: readonly Buffer[],
  file: string,
): Promise<HeadsReport> => {
  const { rows } = await pool.query<{ note: string; verifier_key: string }>(
    'select note, verifier_key from signed_head order by size',
  );
  const keys = [...new Set(rows.map((row) => row.verifier_key))].map(parseVerifierKey);
  const kept = notesOf(await readFile(file, 'utf8'));
  const read = (note: string) => parseCheckpoint(openNote(note, keys).text);
  const heads = [...rows.map((row) => row.note), ...kept].map(read);
  const roots = rootsAt(leaves, new Set(heads.map((head) => head.size)));
  const isRoot = ({ size, root }: (typeof heads)[number]): boolean =>
    roots.get(size) === Buffer.from(root).toString('hex');
  return {
    signed: rows.length,
    kept: kept.length,
    wrong: heads.filter((head) => !isRoot(head)).length + (keys.length > 1 ? 1 : 0),
    coversAll: heads.some((head) => head.size === leaves.length),
  };
};
