import { readAudit, reinstatePerson, suspendPerson } from '@jishi/contracts/market/administration';
import { Refusal } from '@jishi/contracts/problem';
import type { Role } from '@jishi/contracts/roles';
import { addDays, startOfDay } from '@jishi/contracts/time';
import type { Service } from '@jishi/runtime/service';
import { listActNames, listActs, recordAct } from '../../store/accounts/audit.ts';
import { endSessions, findUser } from '../../store/accounts/people.ts';
import { actingAs } from './acting.ts';
import type { AccountContext } from './context.ts';

export const serveAdministration = (service: Service, { db, clock }: AccountContext): void => {
  service.serve(suspendPerson, async ({ params, body, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    const { userId } = params;
    if (userId === person.userId) throw new Refusal('duties-not-separated');
    await db.transaction().execute(async (trx) => {
      if (!(await findUser(trx, userId))) throw new Refusal('not-found');
      const row = { user_id: userId, since: clock(), reason: body.reason };
      await trx
        .insertInto('suspension')
        .values(row)
        .onConflict((c) => c.doNothing())
        .execute();
      await endSessions(trx, userId);
      const change = { before: null, after: { reason: body.reason } };
      const act = { act: 'suspend', object: `user:${userId}`, requestId, ...change };
      await recordAct(trx, { ...act, actor: person }, clock());
    });
    return { userId, suspended: true };
  });

  service.serve(reinstatePerson, async ({ params, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    const { userId } = params;
    if (userId === person.userId) throw new Refusal('duties-not-separated');
    await db.transaction().execute(async (trx) => {
      if (!(await findUser(trx, userId))) throw new Refusal('not-found');
      await trx.deleteFrom('suspension').where('user_id', '=', userId).execute();
      const act = { act: 'reinstate', object: `user:${userId}`, requestId };
      await recordAct(trx, { ...act, actor: person, before: null, after: null }, clock());
    });
    return { userId, suspended: false };
  });

  service.serve(readAudit, async ({ query, principal }) => {
    await actingAs(db, principal, ['administrator', 'auditor']);
    const { from, to, ...filter } = query;
    const rows = await listActs(db, {
      ...filter,
      from: from && startOfDay(from),
      until: to && startOfDay(addDays(to, 1)),
    });
    const items = rows.map((row) => ({
      id: row.id,
      at: row.at,
      actorUserId: row.actor_user_id,
      actorName: row.actor_name,
      actorOrganisationId: row.actor_organisation_id,
      actorRoles: row.actor_roles as Role[],
      act: row.act,
      object: row.object,
      requestId: row.request_id,
      before: row.before,
      after: row.after,
    }));
    const next = items.length === query.limit ? (items.at(-1)?.id ?? null) : null;
    return { items, next, acts: await listActNames(db) };
  });
};
