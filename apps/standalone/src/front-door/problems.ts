import type { ServerResponse } from 'node:http';
import { type ProblemType, Refusal, type RefusalDetail } from '@jishi/contracts/problem';
import { problemOf } from '@jishi/runtime/problem-answer';

const RETRY_AFTER_SECONDS = '2';

/** Answers with `application/problem+json`, or cuts an answer that has already begun. */
export const sendProblem = (
  response: ServerResponse,
  requestId: string,
  type: ProblemType,
  detail: RefusalDetail = {},
): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(new Refusal(type, detail), requestId);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    ...(problem.status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
  });
  response.end(JSON.stringify(problem));
};
