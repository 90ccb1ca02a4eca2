import { createHash } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { SubsidyTransaction } from './tables.ts';

/** An act as it was asked for: the client's id, and everything that makes it this act. */
export interface Command {
  readonly commandId: Id;
  readonly act: string;
  /** What the act is about: the replayed answer is this record as it is now. */
  readonly subject: Id;
  readonly content: unknown;
}

export const sha256 = (bytes: string | Buffer): string =>
  createHash('sha256').update(bytes).digest('hex');

/**
 * Takes a command's id, scoped to the caller's organisation. False when the same act was done
 * before (answer again, do nothing); `id-reused` when the id stood for something else. A second
 * transaction with the same id waits here until the first has ended.
 */
export const takeCommand = async (
  trx: SubsidyTransaction,
  person: Person,
  command: Command,
  at: Instant,
): Promise<boolean> => {
  const { act, subject, content } = command;
  const contentHash = sha256(JSON.stringify([person.userId, act, subject, content]));
  const key = { organisation_id: person.organisationId, command_id: command.commandId };
  const taken = await trx
    .insertInto('command')
    .values({ ...key, content_hash: contentHash, subject, done_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return true;
  const earlier = await trx
    .selectFrom('command')
    .select('content_hash')
    .where('organisation_id', '=', key.organisation_id)
    .where('command_id', '=', key.command_id)
    .executeTakeFirstOrThrow();
  if (earlier.content_hash !== contentHash) throw new Refusal('id-reused');
  return false;
};
