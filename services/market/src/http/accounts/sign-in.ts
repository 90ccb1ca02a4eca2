import { createHash } from 'node:crypto';
import { signIn, signOut } from '@jishi/contracts/market/accounts';
import { Refusal } from '@jishi/contracts/problem';
import type { Service } from '@jishi/runtime/service';
import type { Context } from 'hono';
import { endSessions, loadStanding } from '../../store/accounts/people.ts';
import {
  isKnownAddress,
  pruneSignIn,
  rememberAddress,
  returnAttempt,
  takeAttempt,
} from '../../store/accounts/throttle.ts';
import type { AccountContext } from './context.ts';
import { addressOf, requireOurOrigin } from './whence.ts';

export const FAILURES_PER_ACCOUNT_MAX = 10;
export const FAILURES_PER_ADDRESS_MAX = 50;
const WINDOW_SECONDS = 600;

/** What an account is called in throttling: nothing there tells which e-mails were tried. */
const accountKeyOf = (email: string): string =>
  createHash('sha256').update(email.trim().toLowerCase()).digest('hex');

/**
 * Takes a place of the address, then one of the account. At an address from which the account has
 * signed in before it has places of its own: a stranger's guesses do not lock its owner out.
 */
const takePlaces = async (
  { db, clock }: AccountContext,
  accountKey: string,
  address: string,
): Promise<string[]> => {
  const now = clock();
  const known = await isKnownAddress(db, accountKey, address);
  const rules = [
    { key: `sign-in:address:${address}`, max: FAILURES_PER_ADDRESS_MAX },
    {
      key: `sign-in:account:${accountKey}${known ? `:${address}` : ''}`,
      max: FAILURES_PER_ACCOUNT_MAX,
    },
  ];
  for (const rule of rules) {
    const free = await takeAttempt(db, { ...rule, windowSeconds: WINDOW_SECONDS }, now);
    if (!free) throw new Refusal('rate-limited');
  }
  return rules.map((rule) => rule.key);
};

const passCookies = (c: Context, from: Response): void => {
  for (const cookie of from.headers.getSetCookie()) {
    c.header('set-cookie', cookie, { append: true });
  }
};

export const serveSignIn = (service: Service, context: AccountContext): void => {
  const { auth, db, clock, publicUrl } = context;

  service.serve(signIn, async ({ body, context: c }) => {
    requireOurOrigin(c, publicUrl);
    const accountKey = accountKeyOf(body.email);
    const address = addressOf(c);
    const places = await takePlaces(context, accountKey, address);
    const answer = await auth.api.signInEmail({
      body: { email: body.email.trim(), password: body.password },
      headers: new Headers({ 'user-agent': c.req.header('user-agent') ?? '' }),
      asResponse: true,
    });
    if (answer.status >= 500) throw new Error(`sign-in answered ${answer.status}`);
    if (!answer.ok) throw new Refusal('sign-in-failed');
    const { user } = (await answer.json()) as { user: { id: string; name: string } };
    const standing = await loadStanding(db, user.id);
    if (!standing || standing.suspended || (standing.demo && context.refusesDemo)) {
      await db.transaction().execute((trx) => endSessions(trx, user.id));
      throw new Refusal('account-suspended');
    }
    for (const key of places) await returnAttempt(db, key);
    await rememberAddress(db, accountKey, address, clock());
    await pruneSignIn(db, clock());
    passCookies(c, answer);
    return { userId: user.id, name: user.name };
  });

  service.serve(signOut, async ({ context: c }) => {
    requireOurOrigin(c, publicUrl);
    passCookies(c, await auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }));
    return { signedOut: true as const };
  });
};
