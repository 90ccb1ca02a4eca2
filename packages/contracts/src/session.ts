import { type Client, client } from './client.ts';
import type { ServiceName } from './roles.ts';

/** How somebody signs in: the address and the password of one account. */
export interface Account {
  readonly email: string;
  readonly password: string;
}

export interface Organisation {
  readonly kind: 'domestic';
  readonly uscc: string;
  readonly name: string;
  readonly nature: 'enterprise' | 'university' | 'institute';
  readonly district: string;
}

/** Tokens live five minutes; a new one is taken well before. */
const TOKEN_REUSE_MS = 4 * 60_000;
const CALL_TIMEOUT_MS = 30_000;
const RETRIES_MAX = 60;
const RETRY_PAUSE_MS = 500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Not the caller's doing: the service was away or busy. Anything else is an answer. */
const isPassing = (status: number): boolean => status === 502 || status === 503 || status === 504;

/**
 * Fetch that outlives a killed service: a call that got no answer, or «busy», is made again. That
 * is safe because every write of this market carries an id, and a repeated call has one effect.
 */
export const patientFetch: typeof fetch = async (input, init) => {
  for (let attempt = 1; ; attempt++) {
    try {
      const signal = AbortSignal.timeout(CALL_TIMEOUT_MS);
      const response = await fetch(input, { ...init, signal });
      if (!isPassing(response.status) || attempt > RETRIES_MAX) return response;
    } catch (error) {
      if (attempt > RETRIES_MAX) throw error;
    }
    await pause(RETRY_PAUSE_MS);
  }
};

const postJson = async (url: string, body: unknown, headers: Record<string, string>) => {
  const response = await patientFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
};

export const signUp = async (
  baseUrl: string,
  account: Account,
  name: string,
  organisation: Organisation,
  roles: readonly string[],
): Promise<void> => {
  await postJson(`${baseUrl}/api/market/sign-up`, { ...account, name, organisation, roles }, {});
};

/** A signed-in person: one typed client for each service, tokens taken as needed. */
export interface Session {
  readonly on: (service: ServiceName) => Client;
  readonly token: (service: ServiceName) => Promise<string>;
}

export const signIn = (baseUrl: string, { email, password }: Account): Session => {
  let cookie: string | undefined;
  const tokens = new Map<ServiceName, { token: string; takenAtMs: number }>();
  const ensureCookie = async (): Promise<string> => {
    if (cookie) return cookie;
    const url = `${baseUrl}/api/market/auth/sign-in/email`;
    const response = await postJson(url, { email, password }, { origin: baseUrl });
    cookie = response.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
    return cookie;
  };
  const token = async (audience: ServiceName): Promise<string> => {
    const known = tokens.get(audience);
    if (known && Date.now() - known.takenAtMs < TOKEN_REUSE_MS) return known.token;
    const headers = { origin: baseUrl, cookie: await ensureCookie() };
    const response = await postJson(`${baseUrl}/api/market/tokens`, { audience }, headers);
    const answer = (await response.json()) as { token: string };
    tokens.set(audience, { token: answer.token, takenAtMs: Date.now() });
    return answer.token;
  };
  return {
    on: (service) => client({ baseUrl, token: () => token(service), fetch: patientFetch }),
    token,
  };
};
