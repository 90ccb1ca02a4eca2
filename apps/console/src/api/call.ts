import { type Client, client, ProblemAnswer } from '@jishi/contracts/client';
import type { EndpointSpec } from '@jishi/contracts/endpoint';
import type { ServiceName } from '@jishi/contracts/roles';
import { hasSession } from '../session/mark.ts';
import { makeToken } from '../session/session.ts';
import { patientFetch } from './patient-fetch.ts';

/** Tokens live five minutes; a new one is taken well before. */
const TOKEN_REUSE_MS = 4 * 60_000;
const CALL_TIMEOUT_MS = 30_000;
const UNAUTHENTICATED = 401;

interface Held {
  readonly token: Promise<string | undefined>;
  readonly takenAtMs: number;
}
const held = new Map<ServiceName, Held>();

const takeToken = async (service: ServiceName): Promise<string | undefined> => {
  const answer = await makeToken(service);
  if (answer.ok) return answer.value.token;
  held.delete(service);
  if (answer.status === UNAUTHENTICATED) return undefined;
  // Without a bearer the call would be refused as a stranger's, and say the wrong thing.
  throw answer.problem ? new ProblemAnswer(answer.problem, 'tokens') : new TypeError('no answer');
};

/**
 * A bearer for one service, kept in a variable only; undefined when nobody is signed in. Throws
 * what market answered when it could not make one.
 */
export const bearerFor = (service: ServiceName): Promise<string | undefined> => {
  if (!hasSession()) return Promise.resolve(undefined);
  const known = held.get(service);
  if (known && Date.now() - known.takenAtMs < TOKEN_REUSE_MS) return known.token;
  const token = takeToken(service);
  held.set(service, { token, takenAtMs: Date.now() });
  return token;
};

/** After signing in, out, or a change of roles: no token of before is used again. */
export const forgetTokens = (): void => held.clear();

/** What everybody may read is read as nobody in particular where market makes no bearer. */
export const bearerOf = ({ service, access }: EndpointSpec): Promise<string | undefined> => {
  const bearer = bearerFor(service);
  return access.who === 'public' ? bearer.catch(() => undefined) : bearer;
};

/** While a service is busy a read is asked again; a command is sent once, the person decides. */
const clientFor = (spec: EndpointSpec): Client =>
  client({
    baseUrl: '',
    timeoutMs: CALL_TIMEOUT_MS,
    ...(spec.method === 'get' ? { fetch: patientFetch } : {}),
    ...(spec.accepts === 'cookie' ? {} : { token: () => bearerOf(spec) }),
  });

const isTokenTooOld = (error: unknown): boolean =>
  error instanceof ProblemAnswer && error.type === 'token-not-valid';

/**
 * Calls an endpoint by its declaration as whoever is signed in. A token that the service no longer
 * takes (a restarted market has new keys) is replaced once; any other refusal is thrown.
 */
export const call: Client = async (spec, what) => {
  const ask = clientFor(spec);
  try {
    return await ask(spec, what);
  } catch (error) {
    if (!isTokenTooOld(error)) throw error;
    held.delete(spec.service);
    return ask(spec, what);
  }
};
