import { newId } from '@jishi/contracts/ids';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '@jishi/contracts/market/accounts';
import { openDatabase } from '@jishi/runtime/database';
import { betterAuth } from 'better-auth';
import type { Pool } from 'pg';
import { authDates } from '../../store/accounts/auth-dates.ts';

export interface AuthDeps {
  readonly pool: Pool;
  readonly authSecret: string;
  readonly publicUrl: string;
}

/** The longest that any session lives; officers' end sooner (see session.ts). */
const SESSION_SECONDS_MAX = 7 * 24 * 3600;

/** `__Host-` binds the cookie to exactly our host over https; browsers refuse it on plain http. */
export const sessionCookieName = (publicUrl: string): string =>
  `${publicUrl.startsWith('https:') ? '__Host-' : ''}jishi.session_token`;

/**
 * The sign-in library, told to do little: passwords and session rows. Its own routes are not
 * mounted; our declared endpoints call it, so nothing is served that the inventory does not name.
 * Sign-up is ours too (it makes the organisation in the same transaction), throttling is ours (by
 * account and address in one statement), and so is the life of a session (by role).
 */
export const authOptions = (deps: AuthDeps) => {
  const secure = deps.publicUrl.startsWith('https:');
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  return {
    appName: 'jishi',
    baseURL: deps.publicUrl,
    basePath: '/api/market/auth',
    secret: deps.authSecret,
    database: {
      db: openDatabase<unknown>(deps.pool).withPlugin(authDates),
      type: 'postgres' as const,
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_SECONDS_MAX,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [],
    advanced: {
      // The runtime hands over a checked address; forwarded headers are never read in here.
      ipAddress: { ipAddressHeaders: ['x-jishi-address'] },
      // The prefix comes with the name: the library's own `__Secure-` would precede it.
      useSecureCookies: false,
      defaultCookieAttributes: attributes,
      cookies: { session_token: { name: sessionCookieName(deps.publicUrl), attributes } },
      cookiePrefix: secure ? '__Host-jishi' : 'jishi',
      database: { generateId: () => newId(), validateSchema: false },
    },
  };
};

export const makeAuth = (deps: AuthDeps) => betterAuth(authOptions(deps));
export type Auth = ReturnType<typeof makeAuth>;
