import type { Id } from '@jishi/contracts/ids';
import {
  approveGrant,
  grantRole,
  listGrants,
  removeGrant,
} from '@jishi/contracts/market/administration';
import type { Person } from '@jishi/contracts/principal';
import { Refusal } from '@jishi/contracts/problem';
import type { OfficerRole } from '@jishi/contracts/roles';
import type { Service } from '@jishi/runtime/service';
import { decideApproval, decideGrant } from '../../domain/accounts/grants.ts';
import { recordAct } from '../../store/accounts/audit.ts';
import {
  findGrant,
  grantView,
  insertGrant,
  isOnlyAdministrator,
  listGrantRows,
  lockGrant,
  lockGrantsOf,
  lockUser,
  updateGrant,
} from '../../store/accounts/grants.ts';
import { endSessions, loadStanding } from '../../store/accounts/people.ts';
import type { AccountTrx } from '../../store/accounts/tables.ts';
import { actingAs } from './acting.ts';
import type { AccountContext } from './context.ts';

interface Wish {
  readonly id: Id;
  readonly userId: Id;
  readonly role: OfficerRole;
}

/** The same wish again is answered again; other content under its id is refused. */
const answerAgain = async (trx: AccountTrx, wish: Wish, by: Person) => {
  const before = await findGrant(trx, wish.id);
  if (!before) return undefined;
  const same =
    before.user_id === wish.userId &&
    before.role === wish.role &&
    before.requested_by === by.userId;
  if (!same) throw new Refusal('id-reused');
  return before;
};

const serveGranting = (service: Service, { db, clock }: AccountContext): void => {
  service.serve(grantRole, async ({ body, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    const row = await db.transaction().execute(async (trx) => {
      const again = await answerAgain(trx, body, person);
      if (again) return again;
      const standing = (await lockUser(trx, body.userId)) && (await loadStanding(trx, body.userId));
      if (!standing) throw new Refusal('not-found');
      const grants = await lockGrantsOf(trx, body.userId);
      const holds = [...standing.tradingRoles, ...grants.map((grant) => grant.role)];
      const alone = await isOnlyAdministrator(trx, person.userId);
      const asked = { by: person.userId, to: body.userId, role: body.role, holds, alone };
      const grant = { ...body, status: decideGrant(asked), requestedBy: person.userId };
      const made = await insertGrant(trx, grant, clock());
      if (!made) throw new Refusal('role-grant-state');
      const act = { act: 'grant-role', object: `grant:${made.id}`, requestId, before: null };
      await recordAct(trx, { ...act, actor: person, after: grantView(made) }, clock());
      return made;
    });
    return grantView(row);
  });
};

export const serveGrants = (service: Service, context: AccountContext): void => {
  const { db, clock } = context;
  serveGranting(service, context);

  service.serve(listGrants, async ({ principal }) => {
    await actingAs(db, principal, ['administrator']);
    return { items: (await listGrantRows(db)).map(grantView) };
  });

  service.serve(approveGrant, async ({ params, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    return db.transaction().execute(async (trx) => {
      const grant = await lockGrant(trx, params.grantId);
      if (!grant) throw new Refusal('not-found');
      const question = { to: grant.user_id, by: grant.requested_by, status: grant.status };
      decideApproval(question, person.userId);
      const change = { status: 'effective', approved_by: person.userId } as const;
      const after = grantView(await updateGrant(trx, grant.id, change));
      const act = { act: 'approve-role', object: `grant:${grant.id}`, requestId };
      await recordAct(trx, { ...act, actor: person, before: grantView(grant), after }, clock());
      return after;
    });
  });

  service.serve(removeGrant, async ({ params, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    return db.transaction().execute(async (trx) => {
      const grant = await lockGrant(trx, params.grantId);
      if (!grant) throw new Refusal('not-found');
      if (grant.status === 'removed') throw new Refusal('role-grant-state');
      if (grant.user_id === person.userId) throw new Refusal('duties-not-separated');
      const after = grantView(await updateGrant(trx, grant.id, { status: 'removed' }));
      await endSessions(trx, grant.user_id);
      const act = { act: 'remove-role', object: `grant:${grant.id}`, requestId };
      await recordAct(trx, { ...act, actor: person, before: grantView(grant), after }, clock());
      return after;
    });
  });
};
