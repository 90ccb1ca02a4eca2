import { Refusal } from '@jishi/contracts/problem';
import { expect, test } from 'vitest';
import { projectRegistration, type RegistrationDocument } from './document.ts';
import * as x from './examples.ts';
import { listSide, listView } from './list.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import type { RegistrationEvent } from './registration.ts';

/** 登记清单. TODAY, 2026-11-20, is a Friday. */

const documentOf = (
  contractId: string,
  contractValueFen: string,
  more: readonly RegistrationEvent[] = [],
): RegistrationDocument => {
  const data = x.facts({ contractValueFen, technologyValueFen: '100' });
  const events = [x.submitted(data), x.accepted, x.registered(data), ...more];
  const document = events.reduce<RegistrationDocument | null>(
    (before, event, i) =>
      projectRegistration(before, {
        ...{ event, version: i + 1, seq: i + 1, recordedAt: `${x.TODAY}T02:00:00.000Z` },
      }),
    null,
  );
  if (!document) throw new Error('no document');
  return { ...document, contractId };
};
const below = documentOf('a', '499999999');
const at = documentOf('b', '500000000');

const refusalOf = (documents: readonly RegistrationDocument[], asked?: readonly string[]) => {
  try {
    listSide(REGISTRATION_RULES, asked ?? documents.map((one) => one.contractId), documents);
  } catch (error) {
    if (error instanceof Refusal) return [error.type, error.detail.fields?.[0]?.field];
    throw error;
  }
  return null;
};

test('one list holds one side of ¥5 million of contract value, and says which contract is not of it', () => {
  expect(listSide(REGISTRATION_RULES, ['a'], [below])).toBe('below');
  expect(listSide(REGISTRATION_RULES, ['b'], [at])).toBe('at-or-over');
  expect(refusalOf([below, at, { ...at, contractId: 'c' }])).toEqual([
    'list-mixes-threshold',
    'contractIds.0',
  ]);
});

test('only what stands registered, and each once', () => {
  expect(refusalOf([{ ...below, status: 'revoked' }])?.[0]).toBe('list-contract-not-registered');
  expect(refusalOf([below], ['a', 'unknown'])).toEqual([
    'list-contract-not-registered',
    'contractIds.1',
  ]);
  expect(refusalOf([below], ['a', 'a'])).toEqual(['invalid-input', 'contractIds.1']);
});

const proposed: RegistrationEvent = {
  type: 'ChangeProposed',
  data: {
    public: {
      ...{ contractId: x.CONTRACT, changeId: x.CHANGE, kind: 'deregister' },
      proposedOn: x.TODAY,
    },
    private: { reasons: x.reasons, amended: null },
  },
  metadata: { actor: x.REGISTRAR.actor },
};
const deregistered: RegistrationEvent = {
  type: 'ContractDeregistered',
  data: {
    public: {
      ...{ contractId: x.CONTRACT, changeId: x.CHANGE, registrationNumber: x.NUMBER },
      deregisteredOn: x.TODAY,
    },
    private: { reasons: x.reasons },
  },
  metadata: { actor: x.SENIOR.actor },
};
const issued = (seq: number, contracts: readonly RegistrationDocument[]) => ({
  ...{ listId: x.OTHER_CHANGE, issuedOn: x.TODAY, side: 'below' as const, seq },
  ...{ count: contracts.length, contracts },
});

test('valid until one of its contracts changes; a change before the list does not count', () => {
  const changed = documentOf('a', '100', [proposed, deregistered]);
  const view = (seq: number) => listView(issued(seq, [changed]), REGISTRATION_RULES, '2026-12-01');
  expect(view(4)).toMatchObject({
    ...{ valid: false, printable: false },
    invalidatedBy: { contractId: 'a', kind: 'deregister', on: x.TODAY, seq: 5 },
  });
  expect(view(6)).toMatchObject({ valid: true, invalidatedBy: null, printable: true });
  const pending = documentOf('a', '100', [proposed]);
  expect(listView(issued(4, [pending]), REGISTRATION_RULES, x.TODAY).valid).toBe(true);
});

test('printable two working days after the last approval: Friday gives Tuesday', () => {
  const on = (today: string) => listView(issued(9, [below]), REGISTRATION_RULES, today);
  expect(on('2026-11-23')).toMatchObject({ printableOn: '2026-11-24', printable: false });
  expect(on('2026-11-24').printable).toBe(true);
});

test('the totals are those of its contracts', () => {
  const { totals } = listView(issued(9, [below, at]), REGISTRATION_RULES, x.TODAY);
  expect(totals).toEqual({ count: 2, contractValueFen: '999999999', technologyValueFen: '200' });
});
