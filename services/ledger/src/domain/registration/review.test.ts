import { expect, test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import { registrationDecider } from './decider.ts';
import * as x from './examples.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import { valueBandOf } from './review.ts';

const { given } = specify(registrationDecider(REGISTRATION_RULES));
const submit = (changes: Parameters<typeof x.facts>[0] = {}) =>
  ({ type: 'SubmitContract', data: x.facts(changes) }) as const;
const accept = (by = x.REGISTRAR) => ({ type: 'AcceptRegistration', data: { by } }) as const;
const approve = (by = x.REGISTRAR, registrationNumber: string | null = x.NUMBER) =>
  ({ type: 'ApproveRegistration', data: { by, registrationNumber } }) as const;
const second = (by = x.SECOND_SENIOR) =>
  ({ type: 'ConfirmSecondReview', data: { by, registrationNumber: x.NUMBER } }) as const;
const giveBack = (by = x.REGISTRAR) =>
  ({ type: 'ReturnRegistration', data: { by, reasons: x.reasons } }) as const;
const refuse = (by = x.REGISTRAR) =>
  ({ type: 'RefuseRegistration', data: { by, reasons: x.reasons } }) as const;
const resubmit = { type: 'ResubmitContract', data: x.facts() } as const;

const large = x.facts(x.LARGE);

test('a contract of a seller in the city is submitted', () => {
  given().when(submit()).thenEvents(x.submitted());
});

test('submitted again with the same content: nothing; with other content: refused', () => {
  given(x.submitted()).when(submit()).thenEvents();
  given(x.submitted(), x.accepted, x.registered()).when(submit()).thenEvents();
  given(x.submitted()).when(submit(x.LARGE)).thenRefused('registration-state');
});

test('the seller must be in the city; a foreign seller needs an import', () => {
  given()
    .when(submit({ seller: x.OUTSIDER }))
    .thenRefused('not-registrant');
  given()
    .when(submit({ seller: x.FOREIGNER }))
    .thenRefused('not-registrant');
});

test('for an import the domestic buyer registers, and must be in the city', () => {
  const imported = { isImport: true, seller: x.FOREIGNER };
  given()
    .when(submit(imported))
    .thenEvents(x.submitted(x.facts(imported)));
  given()
    .when(submit({ ...imported, buyer: x.OUTSIDER }))
    .thenRefused('not-registrant');
  given()
    .when(submit({ isImport: true }))
    .thenRefused('not-registrant');
});

test('the published value is the contract value, and an id is that of its key', () => {
  const published = { publishedValueFen: '600000000' };
  given()
    .when(submit(published))
    .thenEvents(x.submitted(x.facts(published)));
  for (const publishedValueFen of ['599999999', '600000001']) {
    given().when(submit({ publishedValueFen })).thenRefused('invalid-input');
  }
  for (const side of ['seller', 'buyer', 'broker'] as const) {
    const own = side === 'seller' ? x.SELLER : x.BUYER;
    const wrong = { [side]: { ...own, partyId: x.OUTSIDER.partyId } };
    given().when(submit(wrong)).thenRefused('invalid-input');
  }
});

test('technology value may equal the contract value, not exceed it', () => {
  const equal = { contractValueFen: '499999999' };
  given()
    .when(submit(equal))
    .thenEvents(x.submitted(x.facts(equal)));
  given()
    .when(submit({ contractValueFen: '499999998' }))
    .thenRefused('technology-value-above-contract-value');
});

test('the districts are those of the parties; who registers is asked first', () => {
  given()
    .when(submit({ sellerDistrict: 'gusu' }))
    .thenRefused('invalid-input');
  given()
    .when(submit({ buyerDistrict: 'gusu' }))
    .thenRefused('invalid-input');
  given()
    .when(submit({ seller: x.OUTSIDER, contractValueFen: '1', buyerDistrict: 'gusu' }))
    .thenRefused('not-registrant');
});

test('related-party contracts are registered: the exclusion is the subsidy’s', () => {
  const related = { relatedParty: true };
  given()
    .when(submit(related))
    .thenEvents(x.submitted(x.facts(related)));
});

test('a return, a supplement, and acceptance starts anew', () => {
  given(x.submitted()).when(giveBack()).thenEvents(x.returned);
  given(x.submitted(), x.accepted).when(giveBack()).thenEvents(x.returned);
  given(x.submitted(), x.returned).when(giveBack()).thenEvents();
  given(x.submitted(), x.returned).when(accept()).thenRefused('registration-state');
  given(x.submitted(), x.returned).when(resubmit).thenEvents(x.submitted());
  given(x.submitted()).when(resubmit).thenRefused('registration-state');
  given(x.submitted(), x.accepted, x.returned, x.submitted()).when(accept()).thenEvents(x.accepted);
});

test('a supplement may change everything but the two parties', () => {
  const before = [x.submitted(), x.returned];
  const changed = (changes: Parameters<typeof x.facts>[0]) =>
    ({ type: 'ResubmitContract', data: x.facts(changes) }) as const;
  given(...before)
    .when(changed({ buyer: x.OUTSIDER }))
    .thenRefused('parties-changed');
  given(...before)
    .when(changed({ seller: x.OUTSIDER }))
    .thenRefused('parties-changed');
  const mended = { contractValueFen: '700000000', technologyValueFen: '1', relatedParty: true };
  given(...before)
    .when(changed(mended))
    .thenEvents(x.submitted(x.facts(mended)));
});

test('below the threshold an approval registers; at it, it passes to the second review', () => {
  given(x.submitted(), x.accepted).when(approve()).thenEvents(x.registered());
  given(x.submitted(large), x.accepted).when(approve(x.SENIOR, null)).thenEvents(x.firstReviewed);
});

test('asked again for what is so: nothing', () => {
  given(x.submitted(), x.accepted).when(accept()).thenEvents();
  given(x.submitted(), x.accepted, x.registered()).when(approve()).thenEvents();
  given(x.submitted(large), x.accepted, x.firstReviewed).when(approve(x.SENIOR)).thenEvents();
  given(x.submitted(), x.refused).when(refuse()).thenEvents();
});

test('the second reviewer is another person than the first', () => {
  const before = [x.submitted(large), x.accepted, x.firstReviewed];
  given(...before)
    .when(second(x.SENIOR))
    .thenRefused('duties-not-separated');
  given(...before)
    .when(second())
    .thenEvents(x.registered(large, x.SECOND_SENIOR));
  given(x.submitted(large), x.accepted).when(second()).thenRefused('registration-state');
  given(...before)
    .when(approve(x.REGISTRAR))
    .thenRefused('registration-state');
});

test('nobody of a party’s organisation reviews; the state is asked first', () => {
  const ofSeller = x.person(8, x.SELLER);
  const ofBuyer = x.person(8, x.BUYER);
  const colleague = x.person(9, null, 1);
  for (const by of [ofSeller, ofBuyer, colleague]) {
    given(x.submitted()).when(accept(by)).thenRefused('duties-not-separated');
    given(x.submitted(), x.accepted).when(approve(by)).thenRefused('duties-not-separated');
    given(x.submitted(), x.refused).when(accept(by)).thenRefused('registration-state');
  }
  const broker = x.person(10, x.OUTSIDER);
  const withBroker = x.facts({ broker: x.OUTSIDER });
  given(x.submitted(withBroker)).when(accept(broker)).thenRefused('duties-not-separated');
  given(x.submitted())
    .when(accept(broker))
    .thenEvents({ ...x.accepted, metadata: { actor: broker.actor } });
});

test('refused from every state of the review, and then for good', () => {
  given(x.submitted()).when(refuse()).thenEvents(x.refused);
  given(x.submitted(), x.accepted).when(refuse()).thenEvents(x.refused);
  given(x.submitted(large), x.accepted, x.firstReviewed).when(refuse()).thenEvents(x.refused);
  given(x.submitted(), x.returned).when(refuse()).thenRefused('registration-state');
  given(x.submitted(), x.accepted, x.registered()).when(refuse()).thenRefused('registration-state');
  given(x.submitted(), x.refused).when(accept()).thenRefused('registration-state');
  given().when(accept()).thenRefused('not-found');
});

test('a value band holds its lower bound', () => {
  const bands = ['99999999', '100000000', '499999999', '500000000', '999999999', '1000000000'];
  const large = ['9999999999', '10000000000'];
  expect([...bands, ...large].map(valueBandOf)).toStrictEqual([
    ...['below-1m', '1m-5m', '1m-5m', '5m-10m', '5m-10m', '10m-100m'],
    ...['10m-100m', 'from-100m'],
  ]);
});
