import type { Options, Scenario } from 'k6/options';

/** What a journey does when nothing is said: a rate per second and a length. */
export interface Usual {
  readonly rate: number;
  readonly seconds: number;
}

const VIRTUAL_USERS_MAX = 400;
const SECONDS_OF_PATIENCE = 2;

const given = (name: string, usual: number): number => Number(__ENV[name] ?? usual);

export const rateOf = ({ rate }: Usual): number => given('RATE', rate);
export const secondsOf = ({ seconds }: Usual): number => given('SECONDS', seconds);

/**
 * Arrivals at a steady rate, whatever the answers take: a market that falls behind is seen to
 * (`dropped_iterations`), where a fixed number of users would politely wait for it.
 */
export const arrivals = (usual: Usual): Scenario => {
  const rate = rateOf(usual);
  const users = Math.min(Math.ceil(rate * SECONDS_OF_PATIENCE) + 4, VIRTUAL_USERS_MAX);
  return {
    executor: 'constant-arrival-rate',
    rate,
    timeUnit: '1s',
    duration: `${secondsOf(usual)}s`,
    preAllocatedVUs: users,
    maxVUs: users,
    gracefulStop: '10s',
  };
};

/** What holds of every journey: nothing refused, nothing wrong, nobody turned away. */
export const nothingLost = (): Record<string, string[]> => ({
  http_req_failed: ['rate<0.001'],
  checks: ['rate>0.999'],
  dropped_iterations: ['count<1'],
});

export const SHARED: Options = {
  summaryTrendStats: ['count', 'avg', 'med', 'p(95)', 'p(99)', 'max'],
  setupTimeout: '120s',
};
