import { createInterface } from 'node:readline';
import { createFrontier } from '@jishi/proof/frontier';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Manifest } from './manifest.ts';

/** The root over the leaves of the log, in memory of the tree's height alone. */
export const rootOfLog = async (client: pg.ClientBase): Promise<{ size: number; root: string }> => {
  const leaves = client.query(
    copyTo("copy (select encode(leaf, 'hex') from log order by seq) to stdout"),
  );
  const frontier = createFrontier();
  for await (const line of createInterface({ input: leaves })) {
    frontier.append(Buffer.from(line, 'hex'));
  }
  return { size: frontier.size(), root: Buffer.from(frontier.root()).toString('hex') };
};

/** The signed notes up to a size, oldest first; none in a log that was never signed. */
export const notesUpTo = async (client: pg.ClientBase, size: number): Promise<string[]> => {
  const found = await client.query("select to_regclass('public.signed_head') as table");
  if (found.rows[0]?.table === null) return [];
  const { rows } = await client.query<{ note: string }>(
    'select note from signed_head where size <= $1 order by size',
    [size],
  );
  return rows.map((row) => row.note);
};

/** Where the log stands in a snapshot of it. */
export const readLogHead = async (client: pg.ClientBase): Promise<Manifest['log']> => {
  const { size, root } = await rootOfLog(client);
  const { rows } = await client.query<{ kind: Manifest['log']['kind']; at: string }>(
    `select (select envelope::json->'data'->>'kind' from log where seq = 1) as kind,
       (select envelope::json->>'recordedAt' from log where seq = $1) as at`,
    [size],
  );
  const [row] = rows;
  if (!row || size === 0) throw new Error('the log has not been opened yet');
  const note = (await notesUpTo(client, size)).at(-1) ?? null;
  return { kind: row.kind, size, root, recordedAt: row.at, note };
};
