import { createHash } from 'node:crypto';
import type { Id } from '@jishi/contracts/ids';
import { Refusal } from '@jishi/contracts/problem';
import type { Instant } from '@jishi/contracts/time';
import type { TradeTrx } from './tables.ts';

/** What was asked, as a hash: parsed input has its keys in the schema's order. */
export const fingerprintOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('hex');

export interface Command {
  readonly organisationId: Id;
  readonly commandId: Id;
  readonly fingerprint: string;
  readonly recordId: Id;
}

/**
 * Whether the command is new here. The same one again is not done again (the caller answers with
 * the record as it stands); the same id with other content is refused. A rival with the same id
 * waits for our transaction. Ids of another organisation are another name space.
 */
export const isNewCommand = async (
  trx: TradeTrx,
  command: Command,
  now: Instant,
): Promise<boolean> => {
  const { organisationId, commandId, fingerprint, recordId } = command;
  const made = await trx
    .insertInto('trade_command')
    .values({
      organisation_id: organisationId,
      command_id: commandId,
      fingerprint,
      record_id: recordId,
      done_at: now,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 1n) return true;
  const known = await trx
    .selectFrom('trade_command')
    .select('fingerprint')
    .where('organisation_id', '=', organisationId)
    .where('command_id', '=', commandId)
    .executeTakeFirstOrThrow();
  if (known.fingerprint !== fingerprint) throw new Refusal('id-reused');
  return false;
};
