import { check } from 'k6';
import { ask, call } from './caller.ts';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** A person's session: made once in `setup`, then shared by that person's windows. */
export interface Session {
  readonly cookie: string;
}

type Audience = 'market' | 'ledger' | 'subsidy';

/** Tokens live five minutes; a new one is taken a minute before. */
const TOKEN_REUSE_MS = 4 * 60_000;

const tokens = new Map<string, { readonly token: string; readonly takenAtMs: number }>();

export const signIn = ({ email, password }: Account): Session => {
  const answer = call('signIn', { body: { email, password } });
  const cookie = Object.entries(answer.cookies)
    .map(([name, [first]]) => `${name}=${first?.value ?? ''}`)
    .join('; ');
  check(cookie, { 'signed in': (text) => text !== '' });
  return { cookie };
};

/** The bearer of a person for one service; each window (virtual user) renews its own. */
export const bearer = ({ cookie }: Session, audience: Audience): string => {
  const key = `${audience} ${cookie}`;
  const known = tokens.get(key);
  if (known && Date.now() - known.takenAtMs < TOKEN_REUSE_MS) return known.token;
  const made = ask<{ token: string }>('makeToken', { body: { audience }, cookie });
  const token = made?.token ?? '';
  tokens.set(key, { token, takenAtMs: Date.now() });
  return token;
};
