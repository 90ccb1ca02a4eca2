import { test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import { registrationDecider } from './decider.ts';
import * as x from './examples.ts';
import { REGISTRATION_RULES } from './regimes.ts';

const { given } = specify(registrationDecider(REGISTRATION_RULES));
const before = [x.submitted(), x.accepted, x.registered()];
const record = (amountFen = '100', by = x.SALES, receivedOn = x.TODAY) =>
  ({
    type: 'RecordReceipt',
    data: { by, receiptId: x.RECEIPT, content: x.receiptOf(amountFen, receivedOn) },
  }) as const;
const confirm = (by = x.PURCHASER) =>
  ({ type: 'ConfirmReceipt', data: { by, receiptId: x.RECEIPT } }) as const;
const verify = (by = x.REGISTRAR) =>
  ({ type: 'VerifyReceipt', data: { by, receiptId: x.RECEIPT } }) as const;

test('recorded by the seller, after registration', () => {
  given(...before)
    .when(record())
    .thenEvents(x.recorded());
  given(x.submitted(), x.accepted).when(record()).thenRefused('registration-state');
  given().when(record()).thenRefused('not-found');
  given(...before)
    .when(record('100', x.PURCHASER))
    .thenRefused('role-missing');
});

test('receipts may reach the technology value, not exceed it by one fen', () => {
  given(...before)
    .when(record('499999999'))
    .thenEvents(x.recorded('499999999'));
  given(...before)
    .when(record('500000000'))
    .thenRefused('receipt-above-technology-value');
});

test('an amount is more than zero, and its day is not in the future', () => {
  given(...before)
    .when(record('0'))
    .thenRefused('invalid-input');
  given(...before)
    .when(record('1', x.SALES, '2026-11-21'))
    .thenRefused('invalid-input');
});

test('the same receipt again: nothing; its id with another amount: refused', () => {
  given(...before, x.recorded())
    .when(record())
    .thenEvents();
  given(...before, x.recorded())
    .when(record('101'))
    .thenRefused('id-reused');
});

test('another receipt on the same bank slip is refused before its amount is looked at', () => {
  const again = {
    ...record('999999999'),
    data: { ...record('999999999').data, receiptId: x.CONTRACT },
  };
  given(...before, x.recorded())
    .when(again)
    .thenRefused('evidence-used');
});

test('confirmed by the buyer, once, and not by the person who recorded', () => {
  given(...before, x.recorded())
    .when(confirm())
    .thenEvents(x.confirmed);
  given(...before, x.recorded())
    .when(confirm(x.SALES))
    .thenRefused('role-missing');
  given(...before, x.recorded(), x.confirmed)
    .when(confirm())
    .thenEvents();
  given(...before, x.recorded(), x.confirmed, x.verified)
    .when(confirm())
    .thenEvents();
  given(...before)
    .when(confirm())
    .thenRefused('not-found');
  const both = x.facts({ buyer: x.SELLER });
  const own = [x.submitted(both), x.accepted, x.registered(both), x.recorded()];
  given(...own)
    .when(confirm(x.SALES))
    .thenRefused('duties-not-separated');
});

test('verified after the confirmation, by somebody who is neither party', () => {
  given(...before, x.recorded(), x.confirmed)
    .when(verify())
    .thenEvents(x.verified);
  given(...before, x.recorded())
    .when(verify())
    .thenRefused('receipt-state');
  given(...before, x.recorded(), x.confirmed, x.verified)
    .when(verify())
    .thenEvents();
  for (const by of [x.SALES, x.PURCHASER, x.person(8, x.SELLER), x.person(8, x.BUYER)]) {
    given(...before, x.recorded(), x.confirmed)
      .when(verify(by))
      .thenRefused('duties-not-separated');
  }
});

test('the verifier is not the recorder or confirmer, whatever organisation they are in now', () => {
  const moved = { ...x.PURCHASER, partyId: null };
  given(...before, x.recorded(), x.confirmed)
    .when(verify(moved))
    .thenRefused('duties-not-separated');
});
