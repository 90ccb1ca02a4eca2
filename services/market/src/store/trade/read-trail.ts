import { type Id, newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { TradeTrx } from './tables.ts';

export interface Reading {
  readonly reader: Person;
  /** What was read, such as `contract-file.read`, and of which record. */
  readonly act: string;
  readonly object: string;
  readonly requestId: string;
  readonly after: { readonly contractId: Id } & Readonly<Record<string, string>>;
}

/** In the transaction that reads: what an officer has seen is in the audit trail, or not seen. */
export const recordReading = async (
  trx: TradeTrx,
  { reader, act, object, requestId, after }: Reading,
  at: Instant,
): Promise<void> => {
  await trx
    .insertInto('audit_entry')
    .values({
      id: newId(),
      at,
      actor_user_id: reader.userId,
      actor_organisation_id: reader.organisationId,
      actor_roles: [...reader.roles],
      act,
      object,
      request_id: requestId,
      before: null,
      after: JSON.stringify(after),
    })
    .execute();
};
