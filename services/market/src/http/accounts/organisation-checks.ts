import {
  checkOrganisation,
  listOrganisationChecks,
  listOrganisations,
} from '@jishi/contracts/market/administration';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { isSameCheck, requireCheckable } from '../../domain/accounts/organisation-check.ts';
import { recordAct } from '../../store/accounts/audit.ts';
import {
  findCheck,
  insertCheck,
  listAdministered,
  listChecksOf,
  lockOrganisation,
} from '../../store/accounts/organisation-checks.ts';
import { findOrganisation } from '../../store/accounts/organisations.ts';
import { actingAs } from './acting.ts';
import type { AccountContext } from './context.ts';

/** Who stands behind an organisation: the list for administrators, and their looks at it. */
export const serveOrganisationChecks = (service: Service, { db, clock }: AccountContext): void => {
  service.serve(listOrganisations, async ({ query, principal }) => {
    await actingAs(db, principal, ['administrator']);
    const items = await listAdministered(db, query);
    return { items, next: items.length === query.limit ? (items.at(-1)?.id ?? null) : null };
  });

  service.serve(checkOrganisation, async ({ params, body, principal, requestId }) => {
    const { person } = await actingAs(db, principal, ['administrator']);
    const { organisationId } = params;
    const now = clock();
    const check = { ...body, organisationId, checkedBy: person.userId, checkedAt: now };
    await db.transaction().execute(async (trx) => {
      const organisation = await lockOrganisation(trx, organisationId);
      if (!organisation) throw new Refusal('not-found');
      const same = await findCheck(trx, body.checkId);
      if (same && !isSameCheck(same, check)) throw new Refusal('id-reused');
      if (same) return;
      requireCheckable(organisation, body.outcome, person);
      await insertCheck(trx, check);
      const { outcome, evidence, note } = body;
      const change = {
        before: { verified: organisation.verified },
        after: { verified: outcome === 'verified', evidence, note },
      };
      const object = `organisation:${organisationId}`;
      const act = { act: `organisation-${outcome}`, object, requestId, ...change };
      await recordAct(trx, { ...act, actor: person }, now);
    });
    const [view] = await listAdministered(db, { organisationId, limit: 1 });
    if (!view) throw new Refusal('not-found');
    return view;
  });

  service.serve(listOrganisationChecks, async ({ params, principal }) => {
    await actingAs(db, principal, ['administrator', 'auditor']);
    if (!(await findOrganisation(db, params.organisationId))) throw new Refusal('not-found');
    return { items: await listChecksOf(db, params.organisationId) };
  });
};
