import { newId } from '@jishi/contracts/ids';
import { type OrganisationInput, signUp } from '@jishi/contracts/market/accounts';
import { type PartyKey, partyIdOf } from '@jishi/contracts/party';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import { requireUncommonPassword } from '../../domain/accounts/password.ts';
import { recordAct } from '../../store/accounts/audit.ts';
import { insertMembership, insertOrFindOrganisation } from '../../store/accounts/organisations.ts';
import { insertAccount } from '../../store/accounts/people.ts';
import { takeAttempt } from '../../store/accounts/throttle.ts';
import type { AccountContext } from './context.ts';
import { addressOf, isLoopbackAddress, requireOurOrigin } from './whence.ts';

const SIGN_UPS_PER_ADDRESS_MAX = 60;
/** A loopback caller is somebody at the machine itself: trials and load tests. */
const SIGN_UPS_PER_LOOPBACK_MAX = 5_000;
const WINDOW_SECONDS = 3_600;

const partyKeyOf = (organisation: OrganisationInput): PartyKey =>
  organisation.kind === 'domestic'
    ? { kind: 'domestic', uscc: organisation.uscc }
    : { kind: 'foreign', country: organisation.country, registeredName: organisation.name };

/** The row of an organisation that signs up; unverified until an administrator has looked. */
const organisationRow = (organisation: OrganisationInput, now: string) => {
  const shared = {
    id: newId(),
    name: organisation.name,
    party_id: partyIdOf(partyKeyOf(organisation)),
    verified: false,
    demo: false,
    created_at: now,
  };
  return organisation.kind === 'domestic'
    ? {
        ...shared,
        kind: 'domestic' as const,
        uscc: organisation.uscc,
        country: null,
        nature: organisation.nature,
        district: organisation.district,
      }
    : {
        ...shared,
        kind: 'foreign' as const,
        uscc: null,
        country: organisation.country,
        nature: 'foreign',
        district: 'abroad',
      };
};

/**
 * One transaction: account, organisation (or an application to the one that has the code), audit.
 * An e-mail already in use leaves everything as it is, and the answer does not say so.
 */
export const serveSignUp = (service: Service, context: AccountContext): void => {
  const { auth, db, clock, publicUrl } = context;
  service.serve(signUp, async ({ body, requestId, context: c }) => {
    requireOurOrigin(c, publicUrl);
    const { email, name, organisation } = body;
    requireUncommonPassword(body.password, [
      email.split('@')[0] ?? '',
      name,
      organisation.name,
      organisation.kind === 'domestic' ? organisation.uscc : '',
    ]);
    const address = addressOf(c);
    const max = isLoopbackAddress(address) ? SIGN_UPS_PER_LOOPBACK_MAX : SIGN_UPS_PER_ADDRESS_MAX;
    const rule = { key: `sign-up:address:${address}`, max, windowSeconds: WINDOW_SECONDS };
    if (!(await takeAttempt(db, rule, clock()))) throw new Refusal('rate-limited');
    const passwordHash = await (await auth.$context).password.hash(body.password);
    const now = clock();
    const userId = newId();
    await db.transaction().execute(async (trx) => {
      const account = { userId, accountId: newId(), email, name, passwordHash };
      if (!(await insertAccount(trx, account, now))) return;
      const { id, made } = await insertOrFindOrganisation(trx, organisationRow(organisation, now));
      const membership = {
        id: newId(),
        userId,
        organisationId: id,
        status: made ? ('active' as const) : ('pending' as const),
        manages: made,
        tradingRoles: [...new Set(body.roles)],
      };
      await insertMembership(trx, membership, now);
      const after = { organisationId: id, status: membership.status, roles: body.roles };
      const act = { act: 'sign-up', object: `user:${userId}`, requestId, before: null, after };
      await recordAct(trx, { ...act, actor: null }, now);
    });
    return { status: 'received' as const };
  });
};
