import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import { LEDGER_ENDPOINTS } from '@jishi/contracts/ledger/endpoints';
import type { Person } from '@jishi/contracts/principal';
import { Role } from '@jishi/contracts/roles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, type TestApp, testParty, testReceipt, testSubmission } from './testing.ts';

/**
 * Deny by default, every endpoint × every kind of caller. What a caller may is read from the
 * endpoint's own declaration; that the declarations are the intended ones is pinned by `OPEN_TO`.
 */

const OPEN_TO: Record<string, string> = {
  'post /registrations': 'services:market',
  'post /listing-events': 'services:market',
  'get /registrations': 'signed-in',
  'get /registrations/{contractId}': 'signed-in+services:market,subsidy',
  'post /registrations/{contractId}/accept': 'registrar,senior-registrar',
  'post /registrations/{contractId}/return': 'registrar,senior-registrar',
  'post /registrations/{contractId}/approve': 'registrar,senior-registrar',
  'post /registrations/{contractId}/second-review': 'senior-registrar',
  'post /registrations/{contractId}/refuse': 'registrar,senior-registrar',
  'post /registrations/{contractId}/receipts': 'signed-in',
  'post /registrations/{contractId}/receipts/{receiptId}/confirm': 'signed-in',
  'post /registrations/{contractId}/receipts/{receiptId}/verify': 'registrar,senior-registrar',
  'get /registration-rules': 'public',
  'get /registration-reasons': 'public',
  'get /registration-queue': 'registrar,senior-registrar',
  'post /registrations/{contractId}/claim': 'registrar,senior-registrar',
  'post /registrations/{contractId}/release': 'registrar,senior-registrar',
  'get /registrations/{contractId}/checks': 'registrar,senior-registrar',
  'get /registrations/{contractId}/history': 'signed-in',
  'get /registrations/{contractId}/versions': 'signed-in',
  'get /receipts': 'registrar,senior-registrar,auditor',
  'post /registrations/{contractId}/changes': 'registrar,senior-registrar',
  'post /registrations/{contractId}/receipts/{receiptId}/reversal': 'registrar,senior-registrar',
  'post /registrations/{contractId}/changes/{changeId}/confirm': 'senior-registrar',
  'post /registrations/{contractId}/changes/{changeId}/reject': 'senior-registrar',
  'post /registrations/{contractId}/changes/{changeId}/withdraw': 'registrar,senior-registrar',
  'get /registered-contracts': 'registrar,senior-registrar,auditor',
  'post /registered-lists': 'registrar,senior-registrar',
  'get /registered-lists': 'registrar,senior-registrar,auditor',
  'get /registered-lists/{listId}': 'registrar,senior-registrar,auditor',
  'get /feed': 'public',
  'get /feed/stream': 'public',
  'get /log/head': 'public',
  'get /index/values': 'public',
  'get /index/series': 'public',
  'get /index/contributions': 'public',
  'get /index/contracts': 'signed-in',
  'get /gauge': 'public',
  'get /live': 'public',
  'get /live/stream': 'public',
  'get /index/method': 'public',
  'get /index/calendar': 'public',
  'get /index/download': 'public',
  'get /index/stream': 'public',
  'get /index/tables/{table}': 'public',
  'get /targets': 'public',
  'get /index/publications': 'public',
  'get /index/publications/{period}': 'public',
  'get /index/early-publications/{publicationId}': 'public',
  'get /log/leaves': 'public',
  'get /log/events': 'auditor,exchange-operator',
  'get /log/export': 'auditor',
  'get /log/exports': 'auditor,administrator',
  'get /log/signed-head': 'public',
  'get /log/signed-heads': 'public',
  'get /log/proof/inclusion': 'public',
  'get /log/proof/consistency': 'public',
  'get /log/keys': 'public',
  'get /registrations/{contractId}/disclosure': 'signed-in',
  'get /quality': 'auditor,exchange-operator',
  'get /publications': 'exchange-operator,auditor',
  'post /publications': 'exchange-operator',
  'get /publications/{publicationId}': 'exchange-operator,auditor',
  'post /publications/{publicationId}/confirm': 'exchange-operator',
  'post /publications/{publicationId}/withdraw': 'exchange-operator',
};

const nameOf = (spec: EndpointSpec): string => `${spec.method} ${spec.path}`;
const declared = ({ access }: EndpointSpec): string => {
  const services = 'services' in access && access.services ? access.services.join(',') : '';
  if (access.who === 'roles') return access.roles.join(',');
  if (access.who === 'services') return `services:${services}`;
  return services ? `${access.who}+services:${services}` : access.who;
};

test('every endpoint is open to whom it is meant for, and to nobody else', () => {
  const found = Object.fromEntries(LEDGER_ENDPOINTS.map((spec) => [nameOf(spec), declared(spec)]));
  expect(found).toStrictEqual(OPEN_TO);
});

let ledger: TestApp;
let contractId: string;
const seller = testParty('10000001');
const buyer = testParty('20000002', 'kunshan');

beforeAll(async () => {
  ledger = await openTestApp('access');
  const submission = testSubmission({}, { seller, buyer });
  contractId = submission.contractId;
  const who = ledger.person(['listing-officer'], seller);
  const body = { commandId: newId(), submission };
  await ledger.asService('market', who, 'POST', '/registrations', body);
});
afterAll(() => ledger.end());

test('the app serves every endpoint of the contract', () => {
  const served = new Set(ledger.served.map(nameOf));
  expect(LEDGER_ENDPOINTS.map(nameOf).filter((name) => !served.has(name))).toStrictEqual([]);
});

/** A body that passes the schema: access must decide, not a field that happens to be wrong. */
const bodyOf = (spec: EndpointSpec): unknown => {
  if (spec.method === 'get') return undefined;
  if (spec.path === '/registrations') {
    return { commandId: newId(), submission: testSubmission({}, { seller, buyer }) };
  }
  if (spec.path === '/listing-events') {
    const data = { listingId: newId(), expiresOn: null };
    return { commandId: newId(), event: { type: 'ListingRenewed', data } };
  }
  if (spec.path === '/registered-lists') {
    return { commandId: newId(), listId: newId(), contractIds: [contractId] };
  }
  if (/\/(claim|release)$/.test(spec.path)) return { commandId: newId() };
  if (spec.path.endsWith('/receipts')) return testReceipt('100');
  const hash = '0'.repeat(64);
  if (spec.path === '/publications') return { publicationId: newId(), period: '2026-01' };
  if (spec.path === '/publications/{publicationId}/confirm') return { contentHash: hash };
  if (spec.path === '/publications/{publicationId}/withdraw') return { reason: 'x' };
  const version = 99;
  const reasons = [{ code: 'x', note: '' }];
  if (spec.path.endsWith('/reversal')) {
    return { commandId: newId(), version, reasons, changeId: newId() };
  }
  if (spec.path.endsWith('/changes')) {
    const change = { changeId: newId(), kind: 'deregister', amended: null };
    return { commandId: newId(), version, reasons, ...change };
  }
  if (spec.path.includes('/receipts/')) return { commandId: newId() };
  const reasoned = /(return|refuse|reject|withdraw)$/.test(spec.path) ? { reasons } : {};
  return { commandId: newId(), version, ...reasoned };
};

interface Caller {
  readonly name: string;
  readonly token: () => Promise<string | null>;
  readonly passes: (spec: EndpointSpec) => boolean;
}

const allowsRole = (spec: EndpointSpec, roles: readonly Role[]): boolean =>
  spec.access.who === 'public' ||
  spec.access.who === 'signed-in' ||
  (spec.access.who === 'roles' && spec.access.roles.some((role) => roles.includes(role)));

const ofPerson = (name: string, make: () => Person): Caller => ({
  name,
  token: () => ledger.people.tokenFor(make(), 'ledger'),
  passes: (spec) => allowsRole(spec, make().roles),
});

const ofService = (service: 'market' | 'ledger' | 'subsidy'): Caller => ({
  name: `service ${service}`,
  token: () => ledger.people.serviceToken(service, 'ledger'),
  passes: ({ access }) =>
    access.who === 'public' ||
    ('services' in access && (access.services?.includes(service) ?? false)),
});

const CALLERS: readonly Caller[] = [
  { name: 'anonymous', token: async () => null, passes: ({ access }) => access.who === 'public' },
  ofPerson('person without a role', () => ledger.person([])),
  ofPerson('another tenant', () => ledger.person(['listing-officer'], testParty('30000003'))),
  ...Role.options.map((role) => ofPerson(`role ${role}`, () => ledger.person([role]))),
  ofService('market'),
  ofService('ledger'),
  ofService('subsidy'),
];

const pathOf = (spec: EndpointSpec): string =>
  spec.path
    .replace('{contractId}', contractId)
    .replace('{period}', '2026-01')
    .replace('{table}', 'flows')
    .replace(/\{[a-zA-Z]+\}/g, () => newId());

/** What a query must have to be one at all. */
const QUERIES: Record<string, string> = {
  'get /index/contributions': '?from=2026-01&to=2026-02',
  'get /index/contracts': '?period=2026-01',
  'get /log/proof/inclusion': '?seq=1',
  'get /log/proof/consistency': '?from=1&to=1',
};

const statusFor = async (spec: EndpointSpec, token: string | null): Promise<number> => {
  const path = `${pathOf(spec)}${QUERIES[nameOf(spec)] ?? ''}`;
  const response = await ledger.call(spec.method.toUpperCase(), path, token, bodyOf(spec));
  await response.body?.cancel();
  return response.status;
};

describe.each(CALLERS)('$name', ({ token, passes }) => {
  test.each(LEDGER_ENDPOINTS.map((spec) => ({ name: nameOf(spec), spec: spec as EndpointSpec })))(
    '$name',
    async ({ spec }) => {
      const bearer = await token();
      const status = await statusFor(spec, bearer);
      if (!passes(spec)) return expect([status]).toStrictEqual([bearer ? 403 : 401]);
      // Past the door: an answer, or a refusal by what the record is, never by who is asking.
      expect([200, 404, 409, 422]).toContain(status);
    },
  );
});

test('a token for another service, or a broken one, opens nothing', async () => {
  const other = await ledger.people.tokenFor(ledger.person(['auditor']), 'market');
  for (const spec of LEDGER_ENDPOINTS) {
    for (const token of [other, 'broken']) {
      expect([nameOf(spec), await statusFor(spec, token)]).toStrictEqual([nameOf(spec), 401]);
    }
  }
});

test('no form of a path goes round the door', async () => {
  const id = contractId;
  const forms = [
    `//registrations/${id}`,
    `/registrations//${id}`,
    `/registrations/${id}/`,
    `/REGISTRATIONS/${id}`,
    `/registrations;x/${id}`,
    `/%72egistrations/${id}`,
    `/registrations%2f${id}`,
    `/x/../registrations/${id}`,
    `/./registrations/${id}`,
  ];
  for (const form of forms) {
    const response = await ledger.call('GET', form, null);
    expect([form, [401, 404].includes(response.status)]).toStrictEqual([form, true]);
  }
});

test('what is not in the contract is refused by field', async () => {
  const registrar = ledger.person(['registrar']);
  const path = `/registrations/${contractId}/accept`;
  const body = { commandId: newId(), version: 1, status: 'registered' };
  const answer = await ledger.as(registrar, 'POST', path, body);
  expect(answer).toMatchObject({ status: 400, fields: [{ field: 'status' }] });
});
