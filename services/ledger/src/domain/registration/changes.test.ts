import { expect, test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import type { By } from './commands.ts';
import { registrationDecider } from './decider.ts';
import * as x from './examples.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import type { RegistrationEvent } from './registration.ts';

/** 变更, 注销, 撤销, 到账撤回: one proposes, another confirms. REGISTRAR registered the contract. */

const { given, stateAfter } = specify(registrationDecider(REGISTRATION_RULES));
const { reasons } = x;
type Kind = 'amend' | 'deregister' | 'revoke';

const amended = (technologyValueFen = '300000000') => x.amendedFacts({ technologyValueFen });
const propose = (kind: Kind, by = x.REGISTRAR, facts = kind === 'amend' ? amended() : null) =>
  ({
    type: 'ProposeChange',
    data: { by, changeId: x.CHANGE, kind, reasons, amended: facts },
  }) as const;
const reverse = (by = x.REGISTRAR) =>
  ({
    type: 'ProposeReversal',
    data: { by, changeId: x.CHANGE, receiptId: x.RECEIPT, reasons },
  }) as const;
const on = (by: By, days: number): By => ({ ...by, today: x.daysAfter(x.TODAY, days) });
const confirm = (by = x.SENIOR) =>
  ({ type: 'ConfirmChange', data: { by, changeId: x.CHANGE } }) as const;
const reject = (by = x.SENIOR) =>
  ({ type: 'RejectChange', data: { by, changeId: x.CHANGE, reasons } }) as const;
const withdraw = (by = x.REGISTRAR) =>
  ({ type: 'WithdrawChange', data: { by, changeId: x.CHANGE, reasons } }) as const;

const done = (by: By) => ({ metadata: { actor: by.actor } });
const proposed = (kind: Kind, facts = kind === 'amend' ? amended() : null): RegistrationEvent => ({
  type: 'ChangeProposed',
  data: {
    public: { contractId: x.CONTRACT, changeId: x.CHANGE, kind, proposedOn: x.TODAY },
    private: { reasons, amended: facts },
  },
  ...done(x.REGISTRAR),
});
const reversalProposed: RegistrationEvent = {
  type: 'ReceiptReversalProposed',
  data: {
    public: {
      ...{ contractId: x.CONTRACT, receiptId: x.RECEIPT, changeId: x.CHANGE },
      proposedOn: x.TODAY,
    },
    private: { reasons },
  },
  ...done(x.REGISTRAR),
};
const common = { contractId: x.CONTRACT, changeId: x.CHANGE, registrationNumber: x.NUMBER };
const deregistered: RegistrationEvent = {
  type: 'ContractDeregistered',
  data: { public: { ...common, deregisteredOn: x.TODAY }, private: { reasons } },
  ...done(x.SENIOR),
};
const rejected = (by: By): RegistrationEvent => ({
  type: 'ChangeRejected',
  data: {
    public: { contractId: x.CONTRACT, changeId: x.CHANGE, rejectedOn: x.TODAY },
    private: { reasons },
  },
  ...done(by),
});

const REGISTERED = [x.submitted(), x.accepted, x.registered()];

test('only a registered contract changes; a deregistered one can still prove false', () => {
  given().when(propose('revoke')).thenRefused('not-found');
  given(x.submitted(), x.accepted).when(propose('amend')).thenRefused('registration-state');
  given(...REGISTERED)
    .when(propose('deregister'))
    .thenEvents(proposed('deregister'));
  const gone = [...REGISTERED, proposed('deregister'), deregistered];
  const other = { ...propose('revoke').data, changeId: x.OTHER_CHANGE };
  given(...gone)
    .when({ type: 'ProposeChange', data: { ...other, kind: 'amend', amended: amended() } })
    .thenRefused('registration-state');
  const revocation = proposed('revoke');
  if (revocation.type !== 'ChangeProposed') throw new Error('unreachable');
  given(...gone)
    .when({ type: 'ProposeChange', data: other })
    .thenEvents({
      ...revocation,
      data: {
        ...revocation.data,
        public: { ...revocation.data.public, changeId: x.OTHER_CHANGE },
      },
    });
});

test('one change waits at a time; the same proposal again is nothing, an old id is refused', () => {
  const waiting = [...REGISTERED, proposed('revoke')];
  given(...waiting)
    .when(propose('revoke'))
    .thenEvents();
  given(...waiting)
    .when(propose('deregister'))
    .thenRefused('change-pending');
  given(...waiting, rejected(x.SENIOR))
    .when(propose('revoke'))
    .thenRefused('id-reused');
});

test('an amendment brings the whole facts, of the same two parties, and changes something', () => {
  const begun = given(...REGISTERED);
  begun.when(propose('amend', x.REGISTRAR, null)).thenRefused('invalid-input');
  begun.when(propose('revoke', x.REGISTRAR, amended())).thenRefused('invalid-input');
  begun.when(propose('amend', x.REGISTRAR, x.amendedFacts())).thenRefused('invalid-input');
  const otherBuyer = x.amendedFacts({ buyer: x.OUTSIDER });
  begun.when(propose('amend', x.REGISTRAR, otherBuyer)).thenRefused('parties-changed');
  const renamed = x.amendedFacts({ buyer: { ...x.BUYER, name: '更名后的单位' } });
  begun.when(propose('amend', x.REGISTRAR, renamed)).thenEvents(proposed('amend', renamed));
});

test('the desk publishes no value that the parties kept, and does not say where they agreed', () => {
  const kept = given(...REGISTERED);
  const shown = x.amendedFacts({ publishedValueFen: '600000000' });
  kept.when(propose('amend', x.REGISTRAR, shown)).thenRefused('invalid-input');
  const paper = x.amendedFacts();
  const asPaper = { ...paper, private: { ...paper.private, origin: 'paper' as const } };
  kept.when(propose('amend', x.REGISTRAR, asPaper)).thenRefused('invalid-input');

  const facts = x.facts({ publishedValueFen: '600000000' });
  const chosen = given(x.submitted(facts), x.accepted, x.registered(facts));
  const raised = { contractValueFen: '700000000' };
  const to = (publishedValueFen: string | null) => x.amendedFacts({ ...raised, publishedValueFen });
  chosen.when(propose('amend', x.REGISTRAR, to('600000000'))).thenRefused('invalid-input');
  for (const facts of [to('700000000'), to(null)]) {
    chosen.when(propose('amend', x.REGISTRAR, facts)).thenEvents(proposed('amend', facts));
  }
});

test('technology value stays within the contract value, at most equal', () => {
  const facts = (contractValueFen: string) =>
    x.amendedFacts({ contractValueFen, technologyValueFen: '400000000' });
  const begun = given(...REGISTERED);
  begun
    .when(propose('amend', x.REGISTRAR, facts('399999999')))
    .thenRefused('technology-value-above-contract-value');
  begun
    .when(propose('amend', x.REGISTRAR, facts('400000000')))
    .thenEvents(proposed('amend', facts('400000000')));
});

test('what has arrived stays covered: refused below it, allowed at it, after a reversal again', () => {
  const paid = [...REGISTERED, x.recorded('300000000'), x.confirmed];
  given(...paid)
    .when(propose('amend', x.REGISTRAR, amended('299999999')))
    .thenRefused('receipts-above-amended-value');
  given(...paid)
    .when(propose('amend', x.REGISTRAR, amended('300000000')))
    .thenEvents(proposed('amend', amended('300000000')));
  const meanwhile = [...REGISTERED, proposed('amend', amended('1')), x.recorded('2')];
  given(...meanwhile)
    .when(confirm())
    .thenRefused('receipts-above-amended-value');
});

test('confirmed, an amendment has its number, its band and the whole facts; the day stays', () => {
  const facts = x.amendedFacts({ contractValueFen: '499999999', technologyValueFen: '1' });
  given(...REGISTERED, proposed('amend', facts))
    .when(confirm())
    .thenEvents({
      type: 'ContractAmended',
      data: {
        public: {
          ...facts.public,
          ...common,
          amendedOn: x.TODAY,
          amendment: 1,
          valueBand: '1m-5m',
        },
        private: facts.private,
      },
      ...done(x.SENIOR),
    });
});

test('four eyes: neither the proposer nor who took part in the registration, nor a party', () => {
  const waiting = [...REGISTERED, proposed('deregister')];
  given(...waiting)
    .when(confirm(x.REGISTRAR))
    .thenRefused('duties-not-separated');
  given(...waiting)
    .when(confirm(x.person(8, x.BUYER)))
    .thenRefused('duties-not-separated');
  given(...waiting)
    .when(confirm())
    .thenEvents(deregistered);
  // The accepter, both reviewers, and who once returned it: all took part.
  const large = x.facts(x.LARGE);
  const accepter = { ...x.accepted, ...done(x.person(20)) };
  const handled = [
    ...[x.submitted(large), { ...x.returned, ...done(x.person(21)) }, x.submitted(large), accepter],
    ...[x.firstReviewed, x.registered(large, x.SECOND_SENIOR), proposed('deregister')],
  ];
  for (const by of [x.person(20), x.person(21), x.SENIOR, x.SECOND_SENIOR]) {
    given(...handled)
      .when(confirm(by))
      .thenRefused('duties-not-separated');
    given(...handled)
      .when(reject(by))
      .thenRefused('duties-not-separated');
  }
  given(...handled)
    .when(confirm(x.person(22)))
    .thenEvents({ ...deregistered, ...done(x.person(22)) });
});

test('the same person in another organisation, and a service without a person, are refused too', () => {
  const waiting = [...REGISTERED, proposed('revoke')];
  const elsewhere = { ...x.REGISTRAR, actor: { ...x.REGISTRAR.actor, organisationId: x.CONTRACT } };
  given(...waiting)
    .when(confirm(elsewhere as By))
    .thenRefused('duties-not-separated');
  const service: By = { ...x.SENIOR, actor: { kind: 'service', service: 'market' } };
  given(...waiting)
    .when(confirm(service))
    .thenRefused('duties-not-separated');
});

test('seven days to confirm; an older proposal is rejected or taken back', () => {
  const waiting = given(...REGISTERED, proposed('deregister'));
  waiting.when(confirm(on(x.SENIOR, 8))).thenRefused('proposal-expired');
  const last = on(x.SENIOR, 7);
  waiting.when(confirm(last)).thenEvents({
    type: 'ContractDeregistered',
    data: { public: { ...common, deregisteredOn: last.today }, private: { reasons } },
    ...done(x.SENIOR),
  });
  const late = on(x.SENIOR, 30);
  waiting.when(reject(late)).thenEvents({
    type: 'ChangeRejected',
    data: {
      public: { contractId: x.CONTRACT, changeId: x.CHANGE, rejectedOn: late.today },
      private: { reasons },
    },
    ...done(x.SENIOR),
  });
});

test('the proposer alone takes back, and cannot reject; decided is decided', () => {
  const waiting = [...REGISTERED, proposed('revoke')];
  given(...waiting)
    .when(withdraw())
    .thenEvents(rejected(x.REGISTRAR));
  given(...waiting)
    .when(withdraw(x.SENIOR))
    .thenRefused('role-missing');
  given(...waiting)
    .when(reject(x.REGISTRAR))
    .thenRefused('duties-not-separated');
  given(...waiting, rejected(x.SENIOR))
    .when(confirm())
    .thenRefused('change-state');
  given(...waiting, rejected(x.SENIOR))
    .when(reject())
    .thenEvents();
  const gone = [...REGISTERED, proposed('deregister'), deregistered];
  given(...gone)
    .when(confirm())
    .thenEvents();
  given(...gone)
    .when(reject())
    .thenRefused('change-state');
});

test('a receipt is reversed by a second person who did not handle it, and its money is free again', () => {
  const paid = [...REGISTERED, x.recorded('499999999'), x.confirmed, x.verified];
  given(...REGISTERED)
    .when(reverse())
    .thenRefused('not-found');
  given(...paid)
    .when(reverse())
    .thenEvents(reversalProposed);
  const verifier = { ...x.SENIOR };
  const verifiedBySenior = { ...x.verified, ...done(verifier) };
  given(...paid.slice(0, -1), verifiedBySenior, reversalProposed)
    .when(confirm(verifier))
    .thenRefused('duties-not-separated');
  const reversed: RegistrationEvent = {
    type: 'ReceiptReversed',
    data: {
      public: { contractId: x.CONTRACT, receiptId: x.RECEIPT, reversedOn: x.TODAY },
      private: { reasons },
    },
    ...done(x.SENIOR),
  };
  given(...paid, reversalProposed)
    .when(confirm())
    .thenEvents(reversed);
  const after = [...paid, reversalProposed, reversed];
  const state = stateAfter(after);
  expect(state).toMatchObject({ receipts: { [x.RECEIPT]: { status: 'reversed' } } });
  const content = { ...x.receiptOf('499999999'), evidenceHash: 'c'.repeat(64) };
  given(...after)
    .when({ type: 'RecordReceipt', data: { by: x.SALES, receiptId: x.OTHER_CHANGE, content } })
    .thenEvents({
      type: 'ReceiptRecorded',
      data: { public: { contractId: x.CONTRACT, receiptId: x.OTHER_CHANGE }, private: content },
      ...done(x.SALES),
    });
  given(...after)
    .when({ ...reverse(), data: { ...reverse().data, changeId: x.OTHER_CHANGE } })
    .thenRefused('receipt-state');
});

test('a contract that left takes no more money', () => {
  const gone = [...REGISTERED, x.recorded(), proposed('deregister'), deregistered];
  const receipt = { by: x.PURCHASER, receiptId: x.RECEIPT };
  given(...gone)
    .when({ type: 'ConfirmReceipt', data: receipt })
    .thenRefused('registration-state');
});
