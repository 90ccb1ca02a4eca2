import type { Id } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { SubsidyTransaction } from './tables.ts';

/** Who acts, when, and in which request. */
export interface Actor {
  readonly person: Person;
  readonly at: Instant;
  readonly requestId: string;
}

export interface Act {
  readonly act: string;
  readonly subject: Id;
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
  readonly note?: string;
}

/** In the same transaction as the act itself: no audit, no act. No personal data in it. */
export const audit = async (trx: SubsidyTransaction, actor: Actor, act: Act): Promise<void> => {
  await trx
    .insertInto('audit')
    .values({
      at: actor.at,
      user_id: actor.person.userId,
      organisation_id: actor.person.organisationId,
      roles: [...actor.person.roles],
      act: act.act,
      subject: act.subject,
      request_id: actor.requestId,
      before: JSON.stringify(act.before ?? {}),
      after: JSON.stringify(act.after ?? {}),
      note: act.note ?? null,
    })
    .execute();
};

/** An event of the ledger acts by itself: no person, and its sequence in place of a request. */
export interface LedgerActor {
  readonly seq: number;
  readonly at: Instant;
}

export const auditLedger = async (
  trx: SubsidyTransaction,
  actor: LedgerActor,
  act: Act,
): Promise<void> => {
  await trx
    .insertInto('audit')
    .values({
      at: actor.at,
      user_id: null,
      organisation_id: null,
      roles: [],
      act: act.act,
      subject: act.subject,
      request_id: `ledger-${actor.seq}`,
      before: JSON.stringify(act.before ?? {}),
      after: JSON.stringify(act.after ?? {}),
      note: act.note ?? null,
    })
    .execute();
};
