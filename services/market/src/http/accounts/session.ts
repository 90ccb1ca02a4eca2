import type { Principal } from '@jishi/contracts/principal';
import type { Context } from 'hono';
import { isSessionOpen } from '../../domain/accounts/session-life.ts';
import { endSession, loadStanding, personOf, touchSession } from '../../store/accounts/people.ts';
import { sessionCookieName } from './auth.ts';
import type { AccountContext } from './context.ts';
import { requireOurOrigin } from './whence.ts';

/** Acts for nobody: a signed-in person without an active membership. */
const NO_ORGANISATION = '00000000-0000-0000-0000-000000000000';
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const TOUCH_EVERY_MS = 60_000;

/** Who holds the session cookie of a request: for endpoints that accept it. */
export const sessionReader =
  (context: AccountContext) =>
  async (c: Context): Promise<Principal | undefined> => {
    const cookies = c.req.header('cookie') ?? '';
    if (!cookies.includes(`${sessionCookieName(context.publicUrl)}=`)) return undefined;
    if (!SAFE_METHODS.includes(c.req.method)) requireOurOrigin(c, context.publicUrl);
    const found = await context.auth.api.getSession({ headers: c.req.raw.headers });
    const standing = found ? await loadStanding(context.db, found.user.id) : undefined;
    if (!found || !standing) return undefined;
    const { session } = found;
    const now = context.clock();
    const life = {
      startedAt: session.createdAt.toISOString(),
      seenAt: session.updatedAt.toISOString(),
    };
    const roles = [...standing.tradingRoles, ...standing.officerRoles];
    const keptOut = standing.suspended || (standing.demo && context.refusesDemo);
    if (keptOut || !isSessionOpen(life, roles, now)) {
      await endSession(context.db, session.token);
      return undefined;
    }
    if (Date.parse(now) - session.updatedAt.getTime() >= TOUCH_EVERY_MS) {
      await touchSession(context.db, session.token, now);
    }
    const person = personOf(standing) ?? {
      userId: standing.userId,
      organisationId: NO_ORGANISATION,
      partyId: null,
      roles: [],
    };
    return { kind: 'person', ...person };
  };
