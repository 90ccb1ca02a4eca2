import { type Id, newId } from '@jishi/contracts/ids';
import type { Person } from '@jishi/contracts/principal';
import type { Instant } from '@jishi/contracts/time';
import type { AccountDb, AccountTrx } from './tables.ts';

export interface Act {
  /** The person who acts; null for the installation itself (accounts made at start). */
  readonly actor: Pick<Person, 'userId' | 'organisationId' | 'roles'> | null;
  readonly act: string;
  /** Kind and id of what was acted upon, such as `membership:0192…`. */
  readonly object: string;
  readonly requestId: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** Inside the transaction of the act itself: no audit, no act. */
export const recordAct = async (trx: AccountTrx, act: Act, at: Instant): Promise<void> => {
  await trx
    .insertInto('audit_entry')
    .values({
      id: newId(),
      at,
      actor_user_id: act.actor?.userId ?? null,
      actor_organisation_id: act.actor?.organisationId ?? null,
      actor_roles: [...(act.actor?.roles ?? [])],
      act: act.act,
      object: act.object,
      request_id: act.requestId,
      before: act.before && JSON.stringify(act.before),
      after: act.after && JSON.stringify(act.after),
    })
    .execute();
};

/** Newest first; ids are time-ordered enough to page by (at, id). */
export const listActs = async (db: AccountDb, before: Id | undefined, limit: number) => {
  const last = before
    ? await db
        .selectFrom('audit_entry')
        .select(['at', 'id'])
        .where('id', '=', before)
        .executeTakeFirst()
    : undefined;
  let query = db.selectFrom('audit_entry').selectAll();
  if (last) {
    query = query.where((e) =>
      e.or([e('at', '<', last.at), e.and([e('at', '=', last.at), e('id', '<', last.id)])]),
    );
  }
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
};
