import { EVENT_DATA, EVENT_PRIVATE } from '@jishi/contracts/ledger/events';
import { Refusal } from '@jishi/contracts/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { By, RegistrationCommand } from './commands.ts';
import { registrationDecider } from './decider.ts';
import { projectRegistration, viewOfDocument } from './document.ts';
import * as x from './examples.ts';
import { receiptsTotalFen } from './receipts.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import type { Registration, RegistrationEvent } from './registration.ts';
import { numberIsNeeded } from './review.ts';

const decider = registrationDecider(REGISTRATION_RULES);

const by = fc.constantFrom(
  ...[x.SALES, x.PURCHASER, x.REGISTRAR, x.SENIOR, x.SECOND_SENIOR, x.person(8, x.SELLER)],
);
const receiptId = fc.constantFrom(x.RECEIPT, x.CONTRACT);
const amountFen = fc.constantFrom('0', '1', '200000000', '300000000', '499999999');

/** A command without its number, which is drawn as the service would draw it. */
const step = fc.oneof(
  fc.record({ type: fc.constant('submit'), large: fc.boolean() }),
  fc.record({ type: fc.constantFrom('accept', 'return', 'approve', 'second', 'refuse'), by }),
  fc.record({ type: fc.constant('record'), by, receiptId, amountFen }),
  fc.record({ type: fc.constantFrom('confirm', 'verify'), by, receiptId }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const receiptCommand = (wanted: Step, who: By): RegistrationCommand => {
  const receipt = 'receiptId' in wanted ? wanted.receiptId : x.RECEIPT;
  const amount = 'amountFen' in wanted ? wanted.amountFen : '1';
  if (wanted.type === 'record') {
    const content = {
      ...x.receiptOf(amount),
      evidenceHash: `${receipt.replaceAll('-', '')}`.repeat(2),
    };
    return { type: 'RecordReceipt', data: { by: who, receiptId: receipt, content } };
  }
  const type = wanted.type === 'confirm' ? 'ConfirmReceipt' : 'VerifyReceipt';
  return { type, data: { by: who, receiptId: receipt } };
};

const commandOf = (wanted: Step, state: Registration): RegistrationCommand => {
  const who = 'by' in wanted ? wanted.by : x.SALES;
  const needed = numberIsNeeded(state, REGISTRATION_RULES);
  const data = { by: who, registrationNumber: needed ? x.NUMBER : null, reasons: x.reasons };
  switch (wanted.type) {
    case 'submit': {
      const type = state.status === 'returned' ? 'ResubmitContract' : 'SubmitContract';
      return { type, data: x.facts('large' in wanted && wanted.large ? x.LARGE : {}) };
    }
    case 'accept':
      return { type: 'AcceptRegistration', data };
    case 'return':
      return { type: 'ReturnRegistration', data };
    case 'approve':
      return { type: 'ApproveRegistration', data };
    case 'second':
      return { type: 'ConfirmSecondReview', data };
    case 'refuse':
      return { type: 'RefuseRegistration', data };
    default:
      return receiptCommand(wanted, who);
  }
};

const NEXT: Record<Registration['status'], readonly Registration['status'][]> = {
  none: ['submitted'],
  submitted: ['returned', 'accepted', 'refused'],
  returned: ['submitted'],
  accepted: ['returned', 'first-reviewed', 'registered', 'refused'],
  'first-reviewed': ['returned', 'registered', 'refused'],
  registered: ['registered'],
  refused: [],
};

const requireLegal = (state: Registration): void => {
  if (state.status !== 'registered') return;
  expect(receiptsTotalFen(state)).toBeLessThanOrEqual(BigInt(state.private.technologyValueFen));
  for (const receipt of Object.values(state.receipts)) {
    expect(receipt.confirmedBy === null).toBe(receipt.status === 'recorded');
    expect(receipt.confirmedBy).not.toStrictEqual(receipt.recordedBy);
  }
};

const requireParsable = (event: RegistrationEvent): void => {
  EVENT_DATA[event.type].parse(event.data.public);
  if (event.type in EVENT_PRIVATE) {
    EVENT_PRIVATE[event.type as keyof typeof EVENT_PRIVATE].parse(event.data.private);
  } else expect(event.data.private).toBeNull();
};

test('any sequence of commands: legal states only, and replaying the events gives the state', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let state = decider.initialState();
      const events: RegistrationEvent[] = [];
      for (const wanted of steps) {
        let decided: RegistrationEvent | RegistrationEvent[];
        try {
          decided = decider.decide(commandOf(wanted, state), state);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          continue;
        }
        for (const event of Array.isArray(decided) ? decided : [decided]) {
          requireParsable(event);
          const after = decider.evolve(state, event);
          expect(NEXT[state.status]).toContain(after.status);
          state = after;
          events.push(event);
          requireLegal(state);
        }
      }
      reached.add(state.status);
      expect(events.reduce(decider.evolve, decider.initialState())).toStrictEqual(state);
      requireSameDocument(events, state);
    }),
    { numRuns: 400, seed: 20_261_122 },
  );
  expect([...reached].sort()).toStrictEqual(Object.keys(NEXT).sort());
});

/** The read model, from the same events, must agree with the state that decisions are made on. */
const requireSameDocument = (events: readonly RegistrationEvent[], state: Registration): void => {
  const document = events.reduce<ReturnType<typeof projectRegistration>>(
    (before, event, i) => projectRegistration(before, { event, version: i + 1, seq: i + 10 }),
    null,
  );
  if (state.status === 'none') {
    expect(document).toBeNull();
    return;
  }
  if (!document) throw new Error('no document');
  const view = viewOfDocument(document, REGISTRATION_RULES);
  expect(view).toMatchObject({
    ...{ status: state.status, version: events.length, seq: events.length + 9 },
    ...{ public: state.public, private: state.private },
  });
  const receipts = state.status === 'registered' ? Object.entries(state.receipts) : [];
  expect(view.receipts.map((r) => [r.receiptId, r.status])).toStrictEqual(
    receipts.map(([id, receipt]) => [id, receipt.status]),
  );
};
