import { check } from 'k6';
import exec from 'k6/execution';
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { ENDPOINTS, type EndpointName } from './endpoints.ts';

export const BASE_URL = __ENV.BASE_URL ?? 'http://127.0.0.1:4000';

const CALL_TIMEOUT = '10s';
const TOLD_PER_CALLER_MAX = 2;
let told = 0;

export type Answer = RefinedResponse<'text'>;

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly token?: string;
  readonly cookie?: string;
}

/**
 * The address of this virtual user, from the range kept for measuring (RFC 2544): callers are
 * told apart as they are behind a proxy. Read only by a market whose PROXY_ADDRESSES name us.
 */
const addressOf = (user: number): string => `198.18.${(user >> 8) & 255}.${user & 255}`;

const pathOf = (name: EndpointName, params: Readonly<Record<string, string>>): string =>
  ENDPOINTS[name].path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(params[key] ?? ''),
  );

const queryOf = (query: Readonly<Record<string, string | number>>): string => {
  const pairs = Object.entries(query).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};

export const urlOf = (name: EndpointName, { params = {}, query = {} }: Call = {}): string =>
  `${BASE_URL}/api/${ENDPOINTS[name].service}${pathOf(name, params)}${queryOf(query)}`;

/** What each request carries: who calls from where, and by which name it is counted. */
export const requestOf = (name: EndpointName, call: Call = {}): RefinedParams<'text'> => {
  const { service, method, path, kind } = ENDPOINTS[name];
  return {
    timeout: CALL_TIMEOUT,
    responseType: 'text',
    redirects: 0,
    headers: {
      'x-forwarded-for': addressOf(exec.vu.idInTest),
      accept: 'application/json, application/problem+json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.token ? { authorization: `Bearer ${call.token}` } : {}),
      ...(call.cookie ? { cookie: call.cookie } : {}),
      // As a browser says it by itself; needed where a cookie may come along.
      ...(kind === 'sign-in' ? { origin: BASE_URL } : {}),
    },
    // Several people sign in from one virtual user: nobody's cookie goes with another's request.
    ...(kind === 'sign-in' ? { jar: new http.CookieJar() } : {}),
    tags: { name: `${method.toUpperCase()} ${service}${path}`, kind },
  };
};

/** Says of the first few refusals what they were; the count of all is in `http_req_failed`. */
const tellRefusal = (name: string, answer: Answer): void => {
  if (told >= TOLD_PER_CALLER_MAX) return;
  told += 1;
  console.warn(`${name}: ${answer.status} ${answer.error} ${(answer.body ?? '').slice(0, 300)}`);
};

/** Calls an endpoint and checks that it answered as asked. */
export const call = (name: EndpointName, asked: Call = {}): Answer => {
  const { method } = ENDPOINTS[name];
  const body = asked.body === undefined ? null : JSON.stringify(asked.body);
  const answer = http.request(
    method.toUpperCase(),
    urlOf(name, asked),
    body,
    requestOf(name, asked),
  );
  const good = check(answer, { answered: ({ status }) => status === 200 });
  if (!good) tellRefusal(name, answer);
  return answer;
};

/** The answer as an object; undefined unless it was 200, so that a journey ends there. */
export const ask = <T>(name: EndpointName, asked: Call = {}): T | undefined => {
  const answer = call(name, asked);
  return answer.status === 200 ? (JSON.parse(answer.body ?? 'null') as T) : undefined;
};
