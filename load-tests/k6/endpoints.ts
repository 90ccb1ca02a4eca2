/**
 * Every endpoint that the journeys call. k6 cannot load the contracts package; load.test.ts holds
 * each of these against its lists. `kind` is what the thresholds tell apart.
 */
interface Called {
  readonly service: 'market' | 'ledger' | 'subsidy';
  readonly method: 'get' | 'post';
  /** With `{name}` placeholders, as in the contracts. */
  readonly path: `/${string}`;
  readonly kind: 'sign-in' | 'read' | 'search' | 'match' | 'queue' | 'act';
}

const of =
  (service: Called['service'], method: Called['method'], kind: Called['kind']) =>
  (path: `/${string}`): Called => ({ service, method, path, kind });

const marketRead = of('market', 'get', 'read');
const marketAct = of('market', 'post', 'act');
const ledgerRead = of('ledger', 'get', 'read');
const ledgerAct = of('ledger', 'post', 'act');

export const ENDPOINTS = {
  signIn: of('market', 'post', 'sign-in')('/auth/sign-in/email'),
  makeToken: of('market', 'post', 'sign-in')('/tokens'),

  listListings: marketRead('/listings'),
  readListing: marketRead('/listings/{listingId}'),
  listNeeds: marketRead('/needs'),
  readNeed: marketRead('/needs/{needId}'),
  searchRecords: of('market', 'get', 'search')('/search'),
  readIndexSeries: ledgerRead('/index/series'),
  readGauge: ledgerRead('/gauge'),

  createListing: marketAct('/listings'),
  submitListing: marketAct('/listings/{listingId}/submit'),
  publishListing: marketAct('/listings/{listingId}/publish'),
  createNeed: marketAct('/needs'),
  submitNeed: marketAct('/needs/{needId}/submit'),
  publishNeed: marketAct('/needs/{needId}/publish'),
  listReviews: of('market', 'get', 'queue')('/reviews'),
  readReview: of('market', 'get', 'queue')('/reviews/{id}'),
  matchNeed: of('market', 'get', 'match')('/needs/{needId}/matches'),

  listRegistrationQueue: of('ledger', 'get', 'queue')('/registration-queue'),
  readRegistrationChecks: ledgerRead('/registrations/{contractId}/checks'),
  readRegistrationHistory: ledgerRead('/registrations/{contractId}/history'),
  readRegistration: ledgerRead('/registrations/{contractId}'),
  acceptRegistration: ledgerAct('/registrations/{contractId}/accept'),
  approveRegistration: ledgerAct('/registrations/{contractId}/approve'),
  confirmSecondReview: ledgerAct('/registrations/{contractId}/second-review'),
  recordReceipt: ledgerAct('/registrations/{contractId}/receipts'),
  confirmReceipt: ledgerAct('/registrations/{contractId}/receipts/{receiptId}/confirm'),
  verifyReceipt: ledgerAct('/registrations/{contractId}/receipts/{receiptId}/verify'),

  readLive: ledgerRead('/live'),
  streamLive: ledgerRead('/live/stream'),

  countQueues: of('subsidy', 'get', 'queue')('/case-queues'),
  listCases: of('subsidy', 'get', 'queue')('/cases'),
  readCase: of('subsidy', 'get', 'read')('/cases/{caseId}'),
  decideCase: of('subsidy', 'post', 'act')('/cases/{caseId}/decide'),
  approveCase: of('subsidy', 'post', 'act')('/cases/{caseId}/approve'),
} as const satisfies Readonly<Record<string, Called>>;

export type EndpointName = keyof typeof ENDPOINTS;
