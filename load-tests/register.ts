import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { arrivals, nothingLost, SHARED } from './k6/arrivals.ts';
import { call } from './k6/caller.ts';
import { pick } from './k6/id.ts';
import { played, stocked } from './k6/played.ts';
import { contracts, OFFSET } from './k6/prepared.ts';
import { type Desk, look, openDesk, receive, register } from './k6/registering.ts';
import { bearer } from './k6/sign-in.ts';

/**
 * Journey 3: a signed contract becomes a registered one, then its money arrives. One arrival is
 * one contract: three acts of the desk (two below the threshold) and three of the receipt.
 */
export const options: Options = {
  ...SHARED,
  scenarios: { register: arrivals({ rate: 3, seconds: 30 }) },
  thresholds: {
    ...nothingLost(),
    // security.md §14 for a registration; a read may wait until the view has caught up.
    'http_req_duration{kind:act}': ['p(99)<250'],
    'http_req_duration{kind:read}': ['p(99)<250'],
    'http_req_duration{kind:queue}': ['p(99)<250'],
    registered_ms: ['p(95)<1000'],
  },
};

export const setup = openDesk;

/** The registrar opens the queue for every fifth contract. */
const QUEUE_EVERY = 5;

export default played((desk: Desk): void => {
  const n = exec.scenario.iterationInTest;
  const contract = stocked(contracts, OFFSET + n, 'contracts');
  if (n % QUEUE_EVERY === 0) {
    call('listRegistrationQueue', { token: bearer(pick(desk.registrars), 'ledger') });
  }
  if (!register(desk, contract)) return;
  const verified = receive(desk, contract);
  if (verified) look(desk, contract, verified);
});

export { handleSummary } from './k6/summary.ts';
