import { urlOf } from '@jishi/contracts/client';
import type { EndpointSpec } from '@jishi/contracts/endpoint';
import { newId } from '@jishi/contracts/ids';
import { Role, ServiceName } from '@jishi/contracts/roles';
import { SUBSIDY_ENDPOINTS } from '@jishi/contracts/subsidy/endpoints';
import { isAllowed } from '@jishi/runtime/access';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk('subsidy_access');
});
afterAll(() => desk.close());

const params = { caseId: newId(), batchId: newId() };

const call = async (spec: EndpointSpec, token: string | undefined): Promise<number> => {
  const url = urlOf('http://subsidy', spec, { params });
  const response = await desk.app.request(url, {
    method: spec.method.toUpperCase(),
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return response.status;
};

const name = (spec: EndpointSpec): string => `${spec.method} ${spec.path}`;
const ENDPOINTS: readonly EndpointSpec[] = SUBSIDY_ENDPOINTS;

describe.each(ENDPOINTS.map((spec) => ({ name: name(spec), spec })))('$name', ({ spec }) => {
  test('is open to exactly the roles that it declares', async () => {
    const wrong: string[] = [];
    for (const role of Role.options) {
      const person = desk.people.person([role], newId());
      const status = await call(spec, await desk.people.tokenFor(person, 'subsidy'));
      const allowed = isAllowed(spec.access, { kind: 'person', ...person });
      if (allowed === [401, 403].includes(status)) wrong.push(`${role}: ${status}`);
    }
    expect(wrong).toStrictEqual([]);
  });

  test('is open to nobody without a token, to no service, and to no token made for another', async () => {
    const isPublic = spec.access.who === 'public';
    expect((await call(spec, undefined)) === 401).toBe(!isPublic);
    for (const service of ServiceName.options) {
      const status = await call(spec, await desk.people.serviceToken(service, 'subsidy'));
      expect(status === 403).toBe(!isPublic);
    }
    const foreign = await desk.people.tokenFor(desk.officer(), 'ledger');
    expect(await call(spec, foreign)).toBe(401);
  });
});

test('every declared endpoint is served, and nothing else is declared', () => {
  expect(desk.served.map(name).sort()).toStrictEqual(ENDPOINTS.map(name).sort());
});

test('the OpenAPI document names every endpoint', async () => {
  const response = await desk.app.request('/api/subsidy/openapi.json');
  const document = (await response.json()) as { paths: Record<string, object> };
  const paths = new Set(ENDPOINTS.map((spec) => `/api/subsidy${spec.path}`));
  expect(Object.keys(document.paths).sort()).toStrictEqual([...paths].sort());
});
