import { check } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { arrivals, nothingLost, SHARED } from './k6/arrivals.ts';
import { ask, call } from './k6/caller.ts';
import { newId } from './k6/id.ts';
import { played, stocked } from './k6/played.ts';
import { caseIds, OFFSET, subsidyOfficers } from './k6/prepared.ts';
import { bearer, type Session, signIn } from './k6/sign-in.ts';

/**
 * Journey 5: the desk of the subsidy officers. One arrival is one case: the queues with their
 * counts, the case page, a decision, and the approval by another officer who read the same page.
 */
export const options: Options = {
  ...SHARED,
  scenarios: { decide: arrivals({ rate: 3, seconds: 30 }) },
  thresholds: {
    ...nothingLost(),
    'http_req_duration{kind:queue}': ['p(99)<250'],
    'http_req_duration{kind:read}': ['p(99)<250'],
    'http_req_duration{kind:act}': ['p(99)<500'],
  },
};

export const setup = (): readonly Session[] => subsidyOfficers.map(signIn);

interface Case {
  readonly status: string;
  readonly version: number;
  readonly decision: { readonly contentHash: string } | null;
}

export default played((officers: readonly Session[]): void => {
  const n = exec.scenario.iterationInTest;
  const caseId = stocked(caseIds, OFFSET + n, 'cases');
  const decider = officers[n % officers.length];
  const approver = officers[(n + 1) % officers.length];
  if (!decider || !approver || decider === approver) throw new Error('two officers are needed');
  const first = bearer(decider, 'subsidy');
  const second = bearer(approver, 'subsidy');
  const params = { caseId };
  call('countQueues', { token: first });
  call('listCases', { query: { queue: 'to-decide', limit: 50 }, token: first });
  const open = ask<Case>('readCase', { params, token: first });
  if (!open) return;
  const decide = { params, body: { commandId: newId(), version: open.version }, token: first };
  if (!ask<Case>('decideCase', decide)) return;
  const decided = ask<Case>('readCase', { params, token: second });
  if (!decided?.decision) return;
  const { version, decision } = decided;
  const body = { commandId: newId(), version, contentHash: decision.contentHash };
  const done = ask<Case>('approveCase', { params, body, token: second });
  check(done, { 'approved or refused': (view) => /^(approved|refused)$/.test(view?.status ?? '') });
});

export { handleSummary } from './k6/summary.ts';
