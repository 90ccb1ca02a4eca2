import { z } from '@hono/zod-openapi';
import type { ProblemType } from './problem.ts';
import type { Role, ServiceName } from './roles.ts';

/**
 * Who may call. `public`: anybody. `signed-in`: any person with a valid token. Otherwise a list of
 * roles, services, or both. What a caller may SEE of a record is decided by the handler.
 */
export type Access =
  | { readonly who: 'public' }
  | { readonly who: 'signed-in'; readonly services?: readonly ServiceName[] }
  | {
      readonly who: 'roles';
      readonly roles: readonly Role[];
      readonly services?: readonly ServiceName[];
    }
  | { readonly who: 'services'; readonly services: readonly ServiceName[] };

export interface EndpointSpec {
  readonly service: ServiceName;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` placeholders, relative to `/api/<service>`. */
  readonly path: `/${string}`;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly access: Access;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
  /** The refusals beyond the general ones (invalid input, access, not found, busy, fault). */
  readonly refusals: readonly ProblemType[];
  /**
   * `cookie` where the caller may also be known by the session cookie (market's own pages of
   * accounts). Everything else takes bearer tokens only, which no foreign page can send.
   */
  readonly accepts?: 'bearer' | 'cookie';
  /** Beyond the role: a person's organisation must have been checked by an administrator. */
  readonly needs?: 'verified-organisation';
  /** `json` unless the answer is a stream of server-sent events or a file. */
  readonly sends?: 'json' | 'events' | 'file';
  /**
   * `bytes` where the request's body is a file as it is. Then `body` is NoBody: the handler reads
   * the bytes itself, with a limit of its own, after access and query have been checked.
   */
  readonly takes?: 'json' | 'bytes';
}

export type ParamsOf<E extends EndpointSpec> = z.output<E['params']>;
export type QueryOf<E extends EndpointSpec> = z.output<E['query']>;
export type BodyOf<E extends EndpointSpec> = z.output<E['body']>;
export type AnswerOf<E extends EndpointSpec> = z.output<E['answer']>;

/** What a caller passes; parts with nothing in them may be left out. */
export interface CallOf<E extends EndpointSpec> {
  readonly params?: z.input<E['params']>;
  readonly query?: z.input<E['query']>;
  readonly body?: z.input<E['body']>;
  /** For an endpoint that takes bytes. */
  readonly bytes?: Uint8Array<ArrayBuffer> | Blob;
}

/** Nothing is expected here; an unknown key is refused. */
export const Nothing = z.strictObject({});
export const NoBody = z.undefined();

/** Declares an endpoint once; server, OpenAPI document, client and tests derive from it. */
export const endpoint = <const E extends EndpointSpec>(spec: E): E => spec;
