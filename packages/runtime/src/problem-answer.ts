import {
  type FieldProblem,
  PROBLEMS,
  type Problem,
  type ProblemKind,
  Refusal,
} from '@jishi/contracts/problem';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isAway } from './away.ts';

/** The only place that knows HTTP statuses. */
const STATUS: Record<ProblemKind, ContentfulStatusCode> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  reused: 409,
  refused: 422,
  'too-large': 413,
  unsupported: 415,
  limited: 429,
  busy: 503,
  misdirected: 421,
  fault: 500,
};

const RETRY_AFTER_SECONDS = '1';

export const statusOf = (refusal: Refusal): ContentfulStatusCode =>
  STATUS[PROBLEMS[refusal.type].kind];

export const problemOf = (refusal: Refusal, requestId: string): Problem => {
  const entry = PROBLEMS[refusal.type];
  const { zh, en, fields } = refusal.detail;
  return {
    type: `/docs/problems#${refusal.type}`,
    title: entry.zh,
    titleEn: entry.en,
    status: STATUS[entry.kind],
    ...(zh ? { detail: zh } : {}),
    ...(en ? { detailEn: en } : {}),
    requestId,
    ...(fields ? { fields: fields as FieldProblem[] } : {}),
  };
};

/** Framework errors that are the caller's doing; everything else unknown is a fault. */
const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  if (error instanceof HTTPException) {
    if (error.status === 413) return new Refusal('too-large');
    if (error.status === 415) return new Refusal('media-type-unsupported');
    if (error.status === 404) return new Refusal('not-found');
    if (error.status >= 400 && error.status < 500) return new Refusal('invalid-input');
  }
  return new Refusal(isAway(error) ? 'service-busy' : 'internal-fault');
};

/** Answers with `application/problem+json`. A fault tells only the request id. */
export const answerProblem = (c: Context, error: unknown, requestId: string): Response => {
  const refusal = refusalOf(error);
  const problem = problemOf(refusal, requestId);
  const busy = PROBLEMS[refusal.type].kind === 'busy' || PROBLEMS[refusal.type].kind === 'limited';
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...(busy ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
  });
};
