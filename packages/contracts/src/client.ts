import type { AnswerOf, CallOf, EndpointSpec } from './endpoint.ts';
import { Problem } from './problem.ts';

/** An answer that was a problem: the caller decides what to do with it by `problem.type`. */
export class ProblemAnswer extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, where: string) {
    const fields = problem.fields?.map((f) => `${f.field}: ${f.en}`).join('; ');
    super(`${where}: ${problem.status} ${problem.type}${fields ? ` (${fields})` : ''}`);
    this.name = 'ProblemAnswer';
    this.problem = problem;
  }

  /** The last part of the type URI: a key of the problem table. */
  get type(): string {
    return this.problem.type.split('#').at(-1) ?? '';
  }
}

export interface ClientOptions {
  /** The front door or a service, without a trailing slash. */
  readonly baseUrl: string;
  readonly token?: () => Promise<string | undefined>;
  readonly fetch?: typeof fetch;
  readonly timeoutMs?: number;
}

const CALL_TIMEOUT_MS = 10_000;

const pathOf = (spec: EndpointSpec, params: Record<string, unknown>): string =>
  spec.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));

const queryOf = (query: Record<string, unknown>): string => {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, string] => [key, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
};

export const urlOf = <E extends EndpointSpec>(
  baseUrl: string,
  spec: E,
  call: CallOf<E> = {},
): string =>
  `${baseUrl}/api/${spec.service}` +
  pathOf(spec, (call.params ?? {}) as Record<string, unknown>) +
  queryOf((call.query ?? {}) as Record<string, unknown>);

const problemOf = async (response: Response): Promise<Problem> => {
  const parsed = Problem.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  return {
    type: 'about:blank',
    title: response.statusText,
    titleEn: response.statusText,
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? '',
  };
};

/** Calls any endpoint by its declaration; the answer is parsed by the endpoint's own schema. */
export type Client = <E extends EndpointSpec>(spec: E, call?: CallOf<E>) => Promise<AnswerOf<E>>;

export const client =
  (options: ClientOptions): Client =>
  async (spec, call = {}) => {
    const token = await options.token?.();
    const send = options.fetch ?? fetch;
    const [type, body] =
      call.bytes === undefined
        ? ([
            'application/json',
            call.body === undefined ? undefined : JSON.stringify(call.body),
          ] as const)
        : (['application/octet-stream', call.bytes] as const);
    const response = await send(urlOf(options.baseUrl, spec, call), {
      method: spec.method.toUpperCase(),
      headers: {
        accept: 'application/json, application/problem+json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs ?? CALL_TIMEOUT_MS),
    });
    if (!response.ok) {
      throw new ProblemAnswer(await problemOf(response), `${spec.method} ${spec.path}`);
    }
    return spec.answer.parse(await response.json()) as AnswerOf<typeof spec>;
  };
