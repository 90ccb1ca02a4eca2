import { check } from 'k6';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { arrivals, nothingLost, SHARED } from './k6/arrivals.ts';
import { ask, call } from './k6/caller.ts';
import { newId, pick } from './k6/id.ts';
import { played } from './k6/played.ts';
import { buyers, operators, sellers } from './k6/prepared.ts';
import { CONTACT, listingContent, needContent } from './k6/records.ts';
import { bearer, type Session, signIn } from './k6/sign-in.ts';

/**
 * Journey 2: by turns a seller lists a result and a company posts a need; the exchange publishes
 * each, and the company reads what matches. One arrival is one record from draft to published.
 */
export const options: Options = {
  ...SHARED,
  scenarios: { listAndMatch: arrivals({ rate: 3, seconds: 30 }) },
  thresholds: {
    ...nothingLost(),
    'http_req_duration{kind:act}': ['p(99)<250'],
    'http_req_duration{kind:read}': ['p(99)<100'],
    'http_req_duration{kind:queue}': ['p(99)<250'],
    // design.md §11: matches with reasons in the same second.
    'http_req_duration{kind:match}': ['p(95)<500', 'p(99)<1000'],
  },
};

interface People {
  readonly operators: readonly Session[];
  readonly sellers: readonly Session[];
  readonly buyers: readonly Session[];
}

export const setup = (): People => ({
  operators: operators.map(signIn),
  sellers: sellers.map(signIn),
  buyers: buyers.map(signIn),
});

interface Versioned {
  readonly version: number;
  readonly status: string;
}

/** The reviewer opens the record with the system's checks, and the queue for every fifth. */
const QUEUE_EVERY = 5;

const review = (id: string, token: string, n: number): void => {
  if (n % QUEUE_EVERY === 0) call('listReviews', { token });
  call('readReview', { params: { id }, token });
};

const list = ({ operators, sellers }: People, n: number): void => {
  const own = bearer(pick(sellers), 'market');
  const reviewer = bearer(pick(operators), 'market');
  const listingId = newId();
  const params = { listingId };
  const content = listingContent(n);
  const act = (version: number) => ({ commandId: newId(), version });
  const body = { listingId, content, contact: CONTACT };
  const draft = ask<Versioned>('createListing', { body, token: own });
  if (!draft) return;
  const sent = { params, body: act(draft.version), token: own };
  const submitted = ask<Versioned>('submitListing', sent);
  if (!submitted) return;
  review(listingId, reviewer, n);
  call('publishListing', { params, body: act(submitted.version), token: reviewer });
  const shown = ask<Versioned>('readListing', { params });
  check(shown, { 'the public sees it': (record) => record?.status === 'published' });
};

const need = ({ operators, buyers }: People, n: number): void => {
  const own = bearer(pick(buyers), 'market');
  const reviewer = bearer(pick(operators), 'market');
  const needId = newId();
  const params = { needId };
  const content = needContent(n);
  const act = (version: number) => ({ commandId: newId(), version });
  const body = { needId, content, contact: CONTACT };
  const draft = ask<Versioned>('createNeed', { body, token: own });
  if (!draft) return;
  const submitted = ask<Versioned>('submitNeed', { params, body: act(draft.version), token: own });
  if (!submitted) return;
  review(needId, reviewer, n);
  call('publishNeed', { params, body: act(submitted.version), token: reviewer });
  const found = ask<{ items: readonly unknown[] }>('matchNeed', { params, token: own });
  check(found, { 'something matches': (matches) => (matches?.items.length ?? 0) > 0 });
};

export default played((people: People): void => {
  const n = exec.scenario.iterationInTest;
  if (n % 2 === 0) list(people, n);
  else need(people, n);
});

export { handleSummary } from './k6/summary.ts';
