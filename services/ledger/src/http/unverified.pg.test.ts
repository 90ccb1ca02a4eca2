import type { Person } from '@jishi/contracts/principal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk } from './registration-testing.ts';
import { openTestApp, type TestApp, testReceipt } from './testing.ts';

/** Whoever signs up with a company's credit code is that company only once somebody checked. */

let ledger: TestApp;
beforeAll(async () => {
  ledger = await openTestApp('unverified');
});
afterAll(() => ledger.end());

const typeOf = ({ type }: Record<string, unknown>): string => String(type).split('#')[1] ?? '';

const squatting = (person: Person, said: boolean | undefined): Person => {
  const { organisationVerified: _, ...rest } = person;
  return said === undefined ? rest : { ...rest, organisationVerified: said };
};

test('an organisation that nobody checked sees no registration of its credit code', async () => {
  const desk = openTestDesk(ledger);
  const contractId = await desk.register();
  const path = `/registrations/${contractId}`;
  for (const said of [false, undefined]) {
    for (const one of [desk.people.seller, desk.people.buyer]) {
      const who = squatting(one, said);
      expect(await desk.read(who, path)).toMatchObject({ status: 404 });
      expect(await desk.read(who, `${path}/history`)).toMatchObject({ status: 404 });
      expect(await desk.read(who, `${path}/versions`)).toMatchObject({ status: 404 });
      expect((await desk.read(who, '/registrations')).items).toEqual([]);
      const token = await ledger.people.serviceToken('market', 'ledger', who);
      expect((await ledger.call('GET', path, token)).status).toBe(404);
    }
  }
  expect(await desk.read(desk.people.buyer, path)).toMatchObject({ status: 200 });
});

test('nor does it record or confirm money', async () => {
  const desk = openTestDesk(ledger);
  const contractId = await desk.register();
  const path = `/registrations/${contractId}/receipts`;
  const seller = squatting(desk.people.seller, false);
  const recorded = await ledger.as(seller, 'POST', path, testReceipt('100'));
  expect([recorded.status, typeOf(recorded)]).toEqual([403, 'organisation-not-verified']);
  const { receipt, answer } = await desk.pay(contractId, '100');
  expect(answer.status).toBe(200);
  const { receiptId } = receipt;
  const buyer = squatting(desk.people.buyer, undefined);
  const confirmed = await desk.step(buyer, contractId, receiptId, 'confirm');
  expect([confirmed.status, typeOf(confirmed)]).toEqual([403, 'organisation-not-verified']);
  const own = await desk.step(desk.people.buyer, contractId, receiptId, 'confirm');
  expect(own.status).toBe(200);
});
