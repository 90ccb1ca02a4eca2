import { Refusal } from '@jishi/contracts/problem';
import type { Kysely } from 'kysely';
import type { LogTables } from './log/tables.ts';

/** A command as it was issued: whose id it is, and the hash of what was asked. */
export interface Issued {
  readonly org: string;
  readonly id: string;
  readonly hash: Buffer;
}

/** Where a command left its stream: the version, and the sequence to wait for in a read. */
export interface Written {
  readonly version: number;
  readonly seq: number;
}

/** The answer that a command had, if it was given before; other content under its id is refused. */
export const answerBefore = async (
  db: Kysely<LogTables>,
  issued: Issued,
): Promise<Written | null> => {
  const row = await db
    .selectFrom('log')
    .select(['command_hash', 'version', 'seq'])
    .where('command_org', '=', issued.org)
    .where('command_id', '=', issued.id)
    .orderBy('command_part', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  if (!row.command_hash.equals(issued.hash)) throw new Refusal('id-reused');
  return { version: Number(row.version), seq: Number(row.seq) };
};
