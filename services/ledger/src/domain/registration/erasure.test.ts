import { ERASED_TEXT } from '@jishi/contracts/ledger/erasure';
import { expect, test } from 'vitest';
import { specify } from '../../testing/specification.ts';
import type { By, RegistrationCommand } from './commands.ts';
import { registrationDecider } from './decider.ts';
import * as x from './examples.ts';
import { listView } from './list.ts';
import type { PrivatePartOf } from './redaction.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import type { RegistrationEvent } from './registration.ts';

/** 删除: one proposes with a reason of the list, another confirms. REGISTRAR registered it. */

const { given, stateAfter } = specify(registrationDecider(REGISTRATION_RULES));
const ASKED_FOR = { code: 'subject-request', note: '王某某来信' };
const REGISTERED = [x.submitted(), x.accepted, x.registered()];

const propose = (reasons: { code: string; note: string }[]): RegistrationCommand => ({
  type: 'ProposeChange',
  data: { by: x.REGISTRAR, changeId: x.CHANGE, kind: 'erase', reasons, amended: null },
});
const proposed: RegistrationEvent = {
  type: 'ChangeProposed',
  data: {
    public: { contractId: x.CONTRACT, changeId: x.CHANGE, kind: 'erase', proposedOn: x.TODAY },
    private: { reasons: [ASKED_FOR], amended: null },
  },
  metadata: { actor: x.REGISTRAR.actor },
};

const partOf = (event: RegistrationEvent, seq: number): PrivatePartOf => ({
  ...{ seq, type: event.type, actor: event.metadata.actor },
  facts: event.data.private as PrivatePartOf['facts'],
});
const WAITING = [...REGISTERED, proposed];
const parts = WAITING.map((event, i) => partOf(event, i + 2));

const confirm = (by: By = x.SENIOR) =>
  ({ type: 'ConfirmChange', data: { by, changeId: x.CHANGE, parts } }) as const;

const { title: _, ...facts } = x.facts().private;
const left = { ...facts, title: ERASED_TEXT };
const erased: RegistrationEvent = {
  type: 'PrivatePartErased',
  data: {
    public: {
      ...{ contractId: x.CONTRACT, changeId: x.CHANGE, registrationNumber: x.NUMBER },
      ...{ erasedOn: x.TODAY, reason: 'subject-request', sequences: [2, 4, 5] },
    },
    private: {
      kept: [
        { seq: 2, actor: x.SALES.actor, facts: left },
        { seq: 4, actor: x.REGISTRAR.actor, facts: left },
        {
          ...{ seq: 5, actor: x.REGISTRAR.actor },
          facts: { reasons: [{ ...ASKED_FOR, note: ERASED_TEXT }], amended: null },
        },
      ],
    },
  },
  metadata: { actor: x.SENIOR.actor },
};

test('proposed with exactly one reason of the closed list', () => {
  const registered = given(...REGISTERED);
  registered.when(propose([ASKED_FOR])).thenEvents(proposed);
  registered.when(propose([{ code: 'other', note: '' }])).thenRefused('invalid-input');
  registered.when(propose([ASKED_FOR, ASKED_FOR])).thenRefused('invalid-input');
  given(x.submitted(), x.accepted)
    .when(propose([ASKED_FOR]))
    .thenRefused('registration-state');
  given(x.submitted(), x.refused)
    .when(propose([ASKED_FOR]))
    .thenRefused('registration-state');
});

test('confirmed by another person: what has words is named, with what is left of it', () => {
  const waiting = given(...WAITING);
  waiting.when(confirm()).thenEvents(erased);
  waiting.when(confirm(x.REGISTRAR)).thenRefused('duties-not-separated');
  const late = { ...x.SENIOR, today: x.daysAfter(x.TODAY, 8) };
  waiting.when(confirm(late)).thenRefused('proposal-expired');
  given(...WAITING, erased)
    .when(confirm())
    .thenEvents();
});

test('a contract that left the register can be erased as well, and its status stays', () => {
  const revoked: RegistrationEvent = {
    type: 'ContractRevoked',
    data: {
      public: {
        ...{ contractId: x.CONTRACT, changeId: x.OTHER_CHANGE, registrationNumber: x.NUMBER },
        revokedOn: x.TODAY,
      },
      private: { reasons: x.reasons },
    },
    metadata: { actor: x.SENIOR.actor },
  };
  given(...REGISTERED, revoked)
    .when(propose([ASKED_FOR]))
    .thenEvents(proposed);
  const state = stateAfter([...REGISTERED, revoked, proposed, erased]);
  expect(state).toMatchObject({ status: 'revoked', private: left, pending: null });
});

test('receipts go on to the fen after an erasure', () => {
  const after = [...WAITING, erased];
  const record = (amountFen: string) =>
    ({
      type: 'RecordReceipt',
      data: { by: x.SALES, receiptId: x.RECEIPT, content: x.receiptOf(amountFen) },
    }) as const;
  given(...after)
    .when(record('499999999'))
    .thenEvents(x.recorded('499999999'));
  given(...after)
    .when(record('500000000'))
    .thenRefused('receipt-above-technology-value');
});

test('a list stays valid when words of its contracts are erased', () => {
  const contract = {
    ...{ contractId: x.CONTRACT, registrationNumber: x.NUMBER, registeredOn: x.TODAY },
    ...{ status: 'registered', private: { ...left } },
    changes: [{ changeId: x.CHANGE, kind: 'erase', on: x.daysAfter(x.TODAY, 30), seq: 9 }],
  } as unknown as Parameters<typeof listView>[0]['contracts'][number];
  const list = { listId: 'l', issuedOn: x.TODAY, side: 'at-or-over', count: 1 } as const;
  const view = (seq: number) =>
    listView({ ...list, seq, contracts: [contract] }, REGISTRATION_RULES, x.TODAY);
  expect(view(5)).toMatchObject({ valid: true, invalidatedBy: null });
  // Nor does it move the day from which a later list may be printed.
  expect(view(10).printableOn).toBe(view(5).printableOn);
});
