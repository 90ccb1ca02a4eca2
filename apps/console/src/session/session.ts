import type { Me } from '@jishi/contracts/market/accounts';
import type { Problem } from '@jishi/contracts/problem';
import type { ServiceName } from '@jishi/contracts/roles';
import { patientFetch } from '../api/patient-fetch.ts';

/**
 * Who is signed in. The session is a cookie that scripts cannot read; bearers live five minutes in
 * a variable. Nothing is written to web storage; for the one readable cookie see who.ts.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number | null; readonly problem: Problem | null };

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'title' in value && 'requestId' in value;

const call = async <T>(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  send: typeof fetch = fetch,
): Promise<Answer<T>> => {
  try {
    const response = await send(`/api/market${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const value: unknown = await response.json().catch(() => null);
    if (response.ok) return { ok: true, value: value as T };
    return { ok: false, status: response.status, problem: isProblem(value) ? value : null };
  } catch {
    return { ok: false, status: null, problem: null };
  }
};

export const readMe = (): Promise<Answer<Me>> => call('GET', '/me', undefined, patientFetch);

export const signIn = (email: string, password: string): Promise<Answer<unknown>> =>
  call('POST', '/auth/sign-in/email', { email, password });

export const signOut = (): Promise<Answer<unknown>> => call('POST', '/auth/sign-out', {});

interface Token {
  readonly token: string;
  readonly expiresAt: string;
}

/** A five-minute bearer for one service, from the session of this page. */
export const makeToken = (audience: ServiceName): Promise<Answer<Token>> =>
  call('POST', '/tokens', { audience }, patientFetch);

/** A bearer for the ledger; undefined when nobody is signed in or market does not answer. */
export const ledgerBearer = async (): Promise<string | undefined> => {
  const answer = await makeToken('ledger');
  return answer.ok ? answer.value.token : undefined;
};

/** Roles that see exact values (design.md §5). */
export const seesExact = (me: Me): boolean =>
  me.roles.some((role) => role === 'exchange-operator' || role === 'auditor');
