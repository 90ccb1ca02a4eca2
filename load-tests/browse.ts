import { check } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { arrivals, nothingLost, SHARED } from './k6/arrivals.ts';
import { ask, BASE_URL, call } from './k6/caller.ts';
import { pick } from './k6/id.ts';
import { played } from './k6/played.ts';
import { DISTRICTS, FIELDS, SEARCHES } from './k6/words.ts';

/** Journey 1: anybody browses and searches. One arrival is one page's question. */
export const options: Options = {
  ...SHARED,
  scenarios: { browse: arrivals({ rate: 40, seconds: 30 }) },
  thresholds: {
    ...nothingLost(),
    // security.md §14 promises public reads at 100 ms; a search answers while one still looks.
    'http_req_duration{kind:read}': ['p(99)<100'],
    'http_req_duration{kind:search}': ['p(95)<200', 'p(99)<500'],
    'http_req_duration{kind:page}': ['p(99)<100'],
  },
};

interface Known {
  readonly listingIds: readonly string[];
  readonly needIds: readonly string[];
}

interface Page {
  readonly items: readonly { readonly listingId?: string; readonly needId?: string }[];
  readonly next: string | null;
}

const IDS_MAX = 1_000;

/** The ids that a visitor could see by paging through the public lists. */
const idsOf = (name: 'listListings' | 'listNeeds', key: 'listingId' | 'needId'): string[] => {
  const ids: string[] = [];
  for (let after: string | undefined; ids.length < IDS_MAX; ) {
    const page = ask<Page>(name, { query: { limit: 100, ...(after ? { after } : {}) } });
    ids.push(...(page?.items ?? []).map((item) => item[key] ?? ''));
    if (!page?.next) break;
    after = page.next;
  }
  return ids;
};

export const setup = (): Known => {
  const known = {
    listingIds: idsOf('listListings', 'listingId'),
    needIds: idsOf('listNeeds', 'needId'),
  };
  if (known.listingIds.length === 0) throw new Error('nothing is published in this market');
  return known;
};

const openPage = (): void => {
  const answer = http.get(`${BASE_URL}/`, { tags: { name: 'GET /', kind: 'page' } });
  check(answer, { answered: ({ status }) => status === 200 });
};

/** What one visitor asks next, and how often of a hundred. */
const asks = ({ listingIds, needIds }: Known): readonly (readonly [number, () => unknown])[] => [
  [15, () => call('listListings', { query: { limit: 20, fieldCode: pick(FIELDS) } })],
  [10, () => call('searchRecords', { query: { kind: 'listings', district: pick(DISTRICTS) } })],
  [20, () => call('readListing', { params: { listingId: pick(listingIds) } })],
  [20, () => call('searchRecords', { query: { kind: 'listings', q: pick(SEARCHES) } })],
  [8, () => call('searchRecords', { query: { kind: 'needs', q: pick(SEARCHES) } })],
  [8, () => call('listNeeds', { query: { limit: 20, district: pick(DISTRICTS) } })],
  [7, () => call('readNeed', { params: { needId: pick(needIds) } })],
  [5, () => call('readIndexSeries', { query: { cell: `field:${pick(FIELDS)}` } })],
  [3, () => call('readGauge')],
  [4, openPage],
];

export default played((known: Known): void => {
  let place = Math.random() * 100;
  for (const [share, act] of asks(known)) {
    place -= share;
    if (place < 0) {
      act();
      return;
    }
  }
});

export { handleSummary } from './k6/summary.ts';
