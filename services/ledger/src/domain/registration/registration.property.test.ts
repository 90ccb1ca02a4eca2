import { EVENT_DATA, EVENT_PRIVATE } from '@jishi/contracts/ledger/events';
import { type ProblemType, Refusal } from '@jishi/contracts/problem';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSamePerson } from '../ledger-event.ts';
import type { By, RegistrationCommand } from './commands.ts';
import { registrationDecider } from './decider.ts';
import { projectRegistration } from './document.ts';
import * as x from './examples.ts';
import { receiptsTotalFen } from './receipts.ts';
import type { PrivatePartOf } from './redaction.ts';
import { REGISTRATION_RULES } from './regimes.ts';
import { isOnRegister, type Registration, type RegistrationEvent } from './registration.ts';
import { numberIsNeeded } from './review.ts';
import { ONLOOKER, viewOfDocument } from './view.ts';

const decider = registrationDecider(REGISTRATION_RULES);

const by = fc.constantFrom(
  ...[x.SALES, x.PURCHASER, x.REGISTRAR, x.SENIOR, x.SECOND_SENIOR, x.person(8, x.SELLER)],
);
const OF_THE_PARTIES = [x.SALES, x.PURCHASER, x.person(8, x.SELLER)];
const desk = fc.constantFrom(x.REGISTRAR, x.SENIOR, x.SECOND_SENIOR);
const receiptId = fc.constantFrom(x.RECEIPT, x.CONTRACT);
const changeId = fc.constantFrom(x.CHANGE, x.OTHER_CHANGE);
const amountFen = fc.constantFrom('0', '1', '200000000', '300000000', '499999999');
const large = fc.boolean();
/** 499,999,999 fen below the threshold, at it, and less than what may have arrived. */
const amendedTo = fc.constantFrom('1', '300000000', '499999998', '500000000');
const later = fc.constantFrom(0, 7, 8);

/** A command for a state: numbers, kinds and private parts are filled in as the service would. */
type Step = (state: Registration, parts: readonly PrivatePartOf[]) => RegistrationCommand;

const reasons = x.reasons;
const ASKED_FOR = { code: 'subject-request', note: '王某某要求' };
const number = (state: Registration, split: readonly string[]): string | null =>
  numberIsNeeded(state, REGISTRATION_RULES, split) ? x.NUMBER : null;
const on = (who: By, days: number): By => ({
  ...who,
  today: x.daysAfter(x.TODAY, days),
});

const submission = large.map(
  (isLarge): Step =>
    (state) => ({
      type: state.status === 'returned' ? 'ResubmitContract' : 'SubmitContract',
      data: x.facts(isLarge ? x.LARGE : {}),
    }),
);

const review = fc
  .tuple(fc.constantFrom('accept', 'return', 'approve', 'second', 'refuse'), by, large)
  .map(
    ([act, who, split]): Step =>
      (state) => {
        const splitWith = split ? [x.OTHER_CONTRACT] : [];
        switch (act) {
          case 'accept':
            return { type: 'AcceptRegistration', data: { by: who } };
          case 'return':
            return { type: 'ReturnRegistration', data: { by: who, reasons } };
          case 'refuse':
            return { type: 'RefuseRegistration', data: { by: who, reasons } };
          case 'second':
            return {
              type: 'ConfirmSecondReview',
              data: { by: who, registrationNumber: number(state, []) },
            };
          default:
            return {
              type: 'ApproveRegistration',
              data: { by: who, registrationNumber: number(state, splitWith), splitWith },
            };
        }
      },
  );

/** Mostly by who may do it; sometimes by anybody. */
const RECEIPT_ACTS = { record: x.SALES, confirm: x.PURCHASER, verify: x.REGISTRAR } as const;

const receipt = fc
  .tuple(
    fc.constantFrom('record', 'confirm', 'verify'),
    fc.oneof(fc.constant(null), by),
    receiptId,
    amountFen,
  )
  .map(
    ([act, somebody, id, amount]): Step =>
      () => {
        const who = somebody ?? RECEIPT_ACTS[act];
        if (act !== 'record') {
          const type = act === 'confirm' ? 'ConfirmReceipt' : 'VerifyReceipt';
          return { type, data: { by: who, receiptId: id } };
        }
        const evidenceHash = id.replaceAll('-', '').repeat(2);
        const content = { ...x.receiptOf(amount), evidenceHash };
        return { type: 'RecordReceipt', data: { by: who, receiptId: id, content } };
      },
  );

const proposal = fc
  .tuple(fc.constantFrom('amend', 'deregister', 'revoke', 'reverse', 'erase'), by, changeId)
  .chain(([kind, who, id]) =>
    fc.tuple(amendedTo, receiptId).map(
      ([technologyValueFen, receiptOfChange]): Step =>
        () => {
          const base = { by: who, changeId: id, reasons };
          if (kind === 'reverse') {
            return { type: 'ProposeReversal', data: { ...base, receiptId: receiptOfChange } };
          }
          const amended = kind === 'amend' ? x.amendedFacts({ technologyValueFen }) : null;
          const change = kind as 'amend' | 'deregister' | 'revoke' | 'erase';
          const own = change === 'erase' ? { ...base, reasons: [ASKED_FOR] } : base;
          return { type: 'ProposeChange', data: { ...own, kind: change, amended } };
        },
    ),
  );

const decision = fc
  .tuple(fc.constantFrom('ConfirmChange', 'RejectChange', 'WithdrawChange'), desk, changeId, later)
  .map(
    ([type, who, id, days]): Step =>
      (_, parts) => ({
        type,
        data: { by: on(who, days), changeId: id, reasons, parts },
      }),
  );

const NEXT: Record<Registration['status'], readonly Registration['status'][]> = {
  none: ['submitted'],
  submitted: ['returned', 'accepted', 'refused'],
  returned: ['submitted'],
  accepted: ['returned', 'first-reviewed', 'registered', 'refused'],
  'first-reviewed': ['returned', 'registered', 'refused'],
  registered: ['registered', 'deregistered', 'revoked'],
  deregistered: ['deregistered', 'revoked'],
  // Its words may still be erased.
  revoked: ['revoked'],
  refused: [],
};

/** What may never be, whatever was asked in whatever order. */
const requireLegal = (state: Registration): void => {
  if (!isOnRegister(state)) return;
  expect(receiptsTotalFen(state)).toBeLessThanOrEqual(BigInt(state.private.technologyValueFen));
  expect(state.private.seller).toStrictEqual(x.SELLER);
  expect(state.private.buyer).toStrictEqual(x.BUYER);
  for (const one of Object.values(state.receipts)) {
    if (one.status !== 'reversed') {
      expect(one.confirmedBy === null).toBe(one.status === 'recorded');
      expect(one.verifiedBy === null).toBe(one.status !== 'verified');
    }
    const { recordedBy, confirmedBy, verifiedBy } = one;
    expect(isSamePerson(recordedBy, confirmedBy)).toBe(false);
    expect(isSamePerson(verifiedBy, recordedBy)).toBe(false);
    expect(isSamePerson(verifiedBy, confirmedBy)).toBe(false);
  }
};

const BY_THE_DESK: readonly string[] = [
  ...['SupplementRequested', 'ContractAccepted', 'FirstReviewPassed', 'ContractRegistered'],
  ...['RegistrationRefused', 'ReceiptVerified', 'ChangeProposed', 'ReceiptReversalProposed'],
];

/** Nobody of the seller or buyer acts for the desk; the second reviewer is not the first. */
const requireDuties = (before: Registration, { type, metadata }: RegistrationEvent): void => {
  const { actor } = metadata;
  if (BY_THE_DESK.includes(type)) {
    for (const own of OF_THE_PARTIES) expect(isSamePerson(own.actor, actor)).toBe(false);
  }
  if (before.status === 'first-reviewed' && type === 'ContractRegistered') {
    expect(isSamePerson(before.firstReviewer, actor)).toBe(false);
  }
};

/** Whoever changed a registered contract neither proposed it nor took part in registering it. */
const requireSecondPerson = (before: Registration, event: RegistrationEvent): void => {
  const ends = ['ContractDeregistered', 'ContractRevoked'];
  const changes = ['ContractAmended', 'PrivatePartErased', ...ends];
  if (!isOnRegister(before) || !changes.includes(event.type)) return;
  const involved = [before.pending?.proposedBy ?? null, ...before.handledBy];
  expect(involved.some((one) => isSamePerson(one, event.metadata.actor))).toBe(false);
};

const requireParsable = (event: RegistrationEvent): void => {
  EVENT_DATA[event.type].parse(event.data.public);
  if (event.type in EVENT_PRIVATE) {
    EVENT_PRIVATE[event.type as keyof typeof EVENT_PRIVATE].parse(event.data.private);
  } else expect(event.data.private).toBeNull();
};

const FIRST_SEQ = 10;

/** What the log gives back of an event: erased parts as they were kept. */
const asRead = (events: readonly RegistrationEvent[]): RegistrationEvent[] => {
  const left = new Map(
    events
      .flatMap((event) => (event.type === 'PrivatePartErased' ? event.data.private.kept : []))
      .map(({ seq, facts }) => [seq, facts]),
  );
  return events.map((event, i) => {
    const facts = left.get(FIRST_SEQ + i);
    return facts ? ({ ...event, data: { ...event.data, private: facts } } as typeof event) : event;
  });
};

/** The private parts that are still there. */
const partsOf = (events: readonly RegistrationEvent[]): PrivatePartOf[] => {
  const gone = events.flatMap((event) =>
    event.type === 'PrivatePartErased' ? event.data.public.sequences : [],
  );
  return events
    .map(({ type, data, metadata }, i) => ({
      ...{ seq: FIRST_SEQ + i, type, actor: metadata.actor },
      facts: data.private as PrivatePartOf['facts'],
    }))
    .filter(({ seq }) => !gone.includes(seq));
};

/** The events of a command, or the name of its refusal; anything else is a fault. */
const decided = (command: RegistrationCommand, state: Registration) => {
  try {
    const events = decider.decide(command, state);
    return Array.isArray(events) ? events : [events];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.type;
  }
};

/** How often each status, event type and refusal was met. */
const createCounter = () => {
  const counts = new Map<string, number>();
  return {
    add: (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1),
    /** Names that were met at least so often. */
    from: (least: number) => [...counts].flatMap(([name, n]) => (n >= least ? [name] : [])).sort(),
  };
};
type Counters = Record<'statuses' | 'types' | 'refusals', ReturnType<typeof createCounter>>;

const play = (
  begun: readonly RegistrationEvent[],
  steps: readonly Step[],
  { statuses, types, refusals }: Counters,
) => {
  let state = begun.reduce(decider.evolve, decider.initialState());
  const events = [...begun];
  for (const step of steps) {
    const command = step(state, partsOf(events));
    const result = decided(command, state);
    if (typeof result === 'string') {
      refusals.add(result);
      continue;
    }
    for (const event of result) {
      requireParsable(event);
      requireSecondPerson(state, event);
      requireDuties(state, event);
      const after = decider.evolve(state, event);
      expect(NEXT[state.status]).toContain(after.status);
      state = after;
      statuses.add(state.status);
      types.add(event.type);
      events.push(event);
      requireLegal(state);
    }
    // Sent twice, it is refused by name or already so: it gives nothing a second time.
    const again = decided(command, state);
    if (typeof again !== 'string') expect(again).toStrictEqual([]);
  }
  return { state, events };
};

const placed = (event: RegistrationEvent, i: number) => ({
  ...{ event, version: i + 1, seq: FIRST_SEQ + i, recordedAt: `${x.TODAY}T02:00:00.000Z` },
});

/** The read model, from the same events, must agree with the state that decisions are made on. */
const requireSameDocument = (events: readonly RegistrationEvent[], state: Registration): void => {
  const document = events.reduce<ReturnType<typeof projectRegistration>>(
    (before, event, i) => projectRegistration(before, placed(event, i)),
    null,
  );
  if (state.status === 'none') {
    expect(document).toBeNull();
    return;
  }
  if (!document) throw new Error('no document');
  const view = viewOfDocument(document, REGISTRATION_RULES, x.TODAY, {
    ...{ splitWith: [], reader: ONLOOKER },
  });
  expect(view).toMatchObject({
    ...{ status: state.status, version: events.length, seq: FIRST_SEQ + events.length - 1 },
    ...{ public: state.public, private: state.private },
  });
  const registered = isOnRegister(state) ? state : null;
  expect([view.amendment, view.pendingChange?.changeId]).toStrictEqual([
    registered?.amendment ?? 0,
    registered?.pending?.changeId,
  ]);
  expect(view.receipts.map((r) => [r.receiptId, r.status])).toStrictEqual(
    Object.entries(registered?.receipts ?? {}).map(([id, { status }]) => [id, status]),
  );
};

/** The names of the refusals that these commands meet. */
const REFUSALS: readonly ProblemType[] = [
  ...(['change-pending', 'change-state', 'duties-not-separated', 'id-reused'] as const),
  ...(['invalid-input', 'not-found', 'proposal-expired'] as const),
  ...(['receipt-above-technology-value', 'receipt-state', 'receipts-above-amended-value'] as const),
  ...(['registration-state', 'role-missing'] as const),
];

const ACCEPTED = [x.submitted(x.facts(x.LARGE)), x.accepted];
const REGISTERED = [x.submitted(), x.accepted, x.registered()];
const PAID = [...REGISTERED, x.recorded('400000000'), x.confirmed];

/** Once would be luck: so often each must be met. */
const MET = 10;

test('any sequence of commands: legal states only, and replaying the events gives the state', () => {
  const counters = {
    ...{ statuses: createCounter(), types: createCounter(), refusals: createCounter() },
  };
  const steps = fc.array(fc.oneof(submission, review, receipt, proposal, decision), {
    maxLength: 30,
  });
  const atReview = fc.array(fc.oneof(review, submission), { minLength: 5, maxLength: 15 });
  const after = fc.array(fc.oneof(receipt, proposal, proposal, decision, decision), {
    minLength: 25,
    maxLength: 60,
  });
  const plan = fc.oneof(
    steps.map((own) => ({ begun: [] as RegistrationEvent[], own })),
    atReview.map((own) => ({ begun: [x.submitted()], own })),
    steps.map((own) => ({ begun: ACCEPTED, own })),
    after.map((own) => ({ begun: REGISTERED, own })),
    after.map((own) => ({ begun: PAID, own })),
  );
  fc.assert(
    fc.property(plan, ({ begun, own }) => {
      const { state, events } = play(begun, own, counters);
      for (const told of [events, asRead(events)]) {
        expect(told.reduce(decider.evolve, decider.initialState())).toStrictEqual(state);
        requireSameDocument(told, state);
      }
    }),
    { numRuns: 1_500, seed: 20_261_122 },
  );
  const { statuses, types, refusals } = counters;
  expect(statuses.from(MET)).toStrictEqual(
    Object.keys(NEXT)
      .filter((status) => status !== 'none')
      .sort(),
  );
  expect(types.from(MET)).toStrictEqual(
    Object.keys(EVENT_DATA)
      .filter((type) => !/^(Log|Listing|Need|RegisteredList)/.test(type))
      .sort(),
  );
  expect(refusals.from(MET)).toStrictEqual(REFUSALS);
});
