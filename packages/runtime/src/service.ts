import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { AnswerOf, BodyOf, EndpointSpec, ParamsOf, QueryOf } from '@jishi/contracts/endpoint';
import type { Principal } from '@jishi/contracts/principal';
import { PROBLEMS, Problem, type ProblemType, Refusal } from '@jishi/contracts/problem';
import type { ServiceName } from '@jishi/contracts/roles';
import type { Context } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { v7 } from 'uuid';
import { requireAccess, requireVerified } from './access.ts';
import { conditionalAnswer, NOT_STORED } from './conditional-answer.ts';
import { readJsonBody } from './json-body.ts';
import type { Log } from './log.ts';
import { parseInput } from './parse-input.ts';
import { answerProblem, problemOf, statusOf } from './problem-answer.ts';
import { type TrustedKeys, tokenVerifier } from './tokens.ts';

/** What a handler gets: parsed input and who is asking. */
export interface Asked<E extends EndpointSpec> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly principal: Principal | undefined;
  readonly requestId: string;
  readonly context: Context;
}

export type Handler<E extends EndpointSpec> = (asked: Asked<E>) => Promise<AnswerOf<E>>;
export type RawHandler<E extends EndpointSpec> = (asked: Asked<E>) => Promise<Response>;

export interface ServiceOptions {
  readonly name: ServiceName;
  readonly trustedKeys: TrustedKeys;
  readonly log: Log;
  /**
   * Who holds the session cookie, for endpoints that accept one. It refuses an unsafe request
   * whose origin is not ours. Only the service that owns sign-in has it.
   */
  readonly sessionOf?: (c: Context) => Promise<Principal | undefined>;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

const securityOf = (spec: EndpointSpec): Record<string, string[]>[] => {
  if (spec.access.who === 'public') return [];
  return spec.accepts === 'cookie' ? [{ bearer: [] }, { session: [] }] : [{ bearer: [] }];
};

const routeDocument = (spec: EndpointSpec): RouteConfig => {
  const content = { 'application/json': { schema: spec.answer } };
  const events = { 'text/event-stream': { schema: spec.answer } };
  const file = { 'application/octet-stream': { schema: z.string() } };
  const who = spec.access.who === 'roles' ? spec.access.roles.join(', ') : spec.access.who;
  const refusals: readonly ProblemType[] = spec.needs
    ? [...spec.refusals, 'organisation-not-verified']
    : spec.refusals;
  const statuses = new Set(refusals.map((type) => statusOf(new Refusal(type))));
  const hasBody = !(spec.body instanceof z.ZodUndefined);
  const takes = { 'application/json': { schema: spec.body } };
  return {
    method: spec.method,
    path: `/api/${spec.service}${spec.path}`,
    summary: `${spec.summary.zh} · ${spec.summary.en}`,
    description: `谁可调用 · who may call: ${who}`,
    security: securityOf(spec),
    request: {
      params: spec.params as z.ZodObject,
      query: spec.query as z.ZodObject,
      ...(hasBody ? { body: { content: takes } } : {}),
      ...(spec.takes === 'bytes' ? { body: { content: file } } : {}),
    },
    responses: {
      200: {
        description: spec.summary.en,
        content: spec.sends === 'events' ? events : spec.sends === 'file' ? file : content,
      },
      ...Object.fromEntries(
        [400, 401, 403, 404, ...statuses].map((status) => [
          status,
          {
            description:
              refusals
                .filter((type) => statusOf(new Refusal(type)) === status)
                .map((type) => `${type}: ${PROBLEMS[type].en}`)
                .join('; ') || 'problem',
            content: { 'application/problem+json': { schema: Problem } },
          },
        ]),
      ),
    },
  };
};

const bearerOf = (header: string | undefined): string | undefined =>
  header?.match(/^Bearer ([\w.-]+)$/)?.[1];

/** Builds a service's Hono app from endpoint declarations; tests call `app.request(…)` on it. */
export const createService = (options: ServiceOptions) => {
  const { name, trustedKeys, log } = options;
  const app = new OpenAPIHono();
  const served: EndpointSpec[] = [];
  const requestIds = new WeakMap<Request, string>();
  const principalOf = tokenVerifier(name, trustedKeys);
  const requestIdOf = (c: Context): string => requestIds.get(c.req.raw) ?? 'none';

  // Whether browsers are held to https is the front door's to say: it alone knows the address.
  app.use('*', secureHeaders({ strictTransportSecurity: false }));
  app.use('*', async (c, next) => {
    const given = c.req.header('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(given) ? given : v7();
    requestIds.set(c.req.raw, requestId);
    const startedMs = performance.now();
    await next();
    c.res.headers.set('x-request-id', requestId);
    log.info({
      requestId,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(performance.now() - startedMs),
    });
  });
  app.onError((error, c) => {
    const requestId = requestIdOf(c);
    if (!(error instanceof Refusal)) log.error({ requestId, error: String(error.stack ?? error) });
    return answerProblem(c, error, requestId);
  });
  app.notFound((c) => answerProblem(c, new Refusal('not-found'), requestIdOf(c)));

  const ask = async <E extends EndpointSpec>(spec: E, c: Context): Promise<Asked<E>> => {
    const token = bearerOf(c.req.header('authorization'));
    if (!token && c.req.header('authorization')) throw new Refusal('token-not-valid');
    const principal = token
      ? await principalOf(token)
      : spec.accepts === 'cookie'
        ? await options.sessionOf?.(c)
        : undefined;
    requireAccess(spec.access, principal);
    if (spec.needs === 'verified-organisation') requireVerified(principal);
    return {
      params: parseInput('path', spec.params, c.req.param()) as ParamsOf<E>,
      query: parseInput('query', spec.query, c.req.query()) as QueryOf<E>,
      body: parseInput(
        '',
        spec.body,
        spec.takes === 'bytes' ? undefined : await readJsonBody(c.req.raw),
      ) as BodyOf<E>,
      principal,
      requestId: requestIdOf(c),
      context: c,
    };
  };

  const route = (spec: EndpointSpec, answer: (c: Context) => Promise<Response>): void => {
    served.push(spec);
    app.openAPIRegistry.registerPath(routeDocument(spec));
    const path = `/api/${spec.service}${spec.path.replace(/\{(\w+)\}/g, ':$1')}`;
    app.on(spec.method.toUpperCase(), path, answer);
  };

  return {
    app,
    served,
    requestIdOf,
    /** Serves JSON: access, then input, then the handler, then the answer by its schema. */
    serve: <E extends EndpointSpec>(spec: E, handler: Handler<E>): void =>
      route(spec, async (c) => {
        const answer = await handler(await ask(spec, c));
        const body = JSON.stringify(spec.answer.parse(answer));
        if (spec.method === 'get') return conditionalAnswer(c, body, NOT_STORED);
        return c.body(body, 200, {
          'content-type': 'application/json',
          'cache-control': NOT_STORED,
        });
      }),
    /** Serves anything else (streams, files): the handler makes the response itself. */
    serveRaw: <E extends EndpointSpec>(spec: E, handler: RawHandler<E>): void =>
      route(spec, async (c) => {
        const asked = await ask(spec, c);
        // Nobody reads the body of a HEAD: a stream begun for one would hold its place for ever.
        if (spec.sends === 'events' && c.req.method === 'HEAD') {
          return new Response(null, { headers: { 'content-type': 'text/event-stream' } });
        }
        return handler(asked);
      }),
    problemOf,
  };
};

export type Service = ReturnType<typeof createService>;
