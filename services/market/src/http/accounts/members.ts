import type { Id } from '@jishi/contracts/ids';
import {
  decideMember,
  listMembers,
  readMe,
  readOrganisation,
} from '@jishi/contracts/market/accounts';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { decideMembership } from '../../domain/accounts/membership.ts';
import { recordAct } from '../../store/accounts/audit.ts';
import {
  findOrganisation,
  listMembersOf,
  lockMembership,
  updateMembership,
} from '../../store/accounts/organisations.ts';
import { endSessions, loadStanding, personOf } from '../../store/accounts/people.ts';
import { type Acting, actingNow } from './acting.ts';
import type { AccountContext } from './context.ts';

/** Another organisation answers like a missing one. */
const requireOwn = ({ person }: Acting, organisationId: Id): void => {
  if (person.roles.includes('administrator')) return;
  if (person.organisationId !== organisationId) throw new Refusal('not-found');
};

const serveMe = (service: Service, { db }: AccountContext): void => {
  service.serve(readMe, async ({ principal }) => {
    const userId = principal?.kind === 'person' ? principal.userId : undefined;
    const standing = userId ? await loadStanding(db, userId) : undefined;
    if (!standing) throw new Refusal('not-signed-in');
    if (standing.suspended) throw new Refusal('account-suspended');
    const { membership } = standing;
    const organisation = membership && (await findOrganisation(db, membership.organisationId));
    return {
      userId: standing.userId,
      name: standing.name,
      email: standing.email,
      membership:
        membership && organisation
          ? {
              id: membership.id,
              status: membership.status,
              manages: membership.manages,
              organisation,
            }
          : null,
      roles: personOf(standing)?.roles ?? [],
    };
  });
};

export const serveMembers = (service: Service, context: AccountContext): void => {
  const { db, clock } = context;
  serveMe(service, context);

  service.serve(readOrganisation, async ({ params, principal }) => {
    requireOwn(await actingNow(db, principal), params.organisationId);
    const organisation = await findOrganisation(db, params.organisationId);
    if (!organisation) throw new Refusal('not-found');
    return organisation;
  });

  service.serve(listMembers, async ({ params, principal }) => {
    requireOwn(await actingNow(db, principal), params.organisationId);
    if (!(await findOrganisation(db, params.organisationId))) throw new Refusal('not-found');
    return { items: await listMembersOf(db, params.organisationId) };
  });

  service.serve(decideMember, async ({ params, body, principal, requestId }) => {
    const acting = await actingNow(db, principal);
    requireOwn(acting, params.organisationId);
    const administrates = acting.person.roles.includes('administrator');
    if (!administrates && !acting.standing.membership?.manages) throw new Refusal('role-missing');
    return db.transaction().execute(async (trx) => {
      const member = await lockMembership(trx, params.organisationId, params.membershipId);
      const holder = member && (await loadStanding(trx, member.user_id));
      if (!member || !holder) throw new Refusal('not-found');
      const { next, endsSessions } = decideMembership(
        { status: member.status, tradingRoles: member.trading_roles, userId: member.user_id },
        body,
        { userId: acting.person.userId, holderOfficerRoles: holder.officerRoles },
      );
      await updateMembership(trx, member.id, {
        status: next.status,
        trading_roles: [...next.tradingRoles],
      });
      if (endsSessions) await endSessions(trx, member.user_id);
      const object = `membership:${member.id}`;
      const before = { status: member.status, tradingRoles: member.trading_roles };
      const act = { act: `membership-${body.decision}`, object, requestId, before, after: next };
      await recordAct(trx, { ...act, actor: acting.person }, clock());
      const [view] = await listMembersOf(trx, params.organisationId, member.id);
      if (!view) throw new Refusal('not-found');
      return view;
    });
  });
};
