import { createHash } from 'node:crypto';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { addWorkingDays, isWorkingDay } from '@jishi/contracts/working-days';
import type { Acting } from '@jishi/ledger/domain/ledger-event';
import { needsSecondReview, regimeFor } from '@jishi/ledger/domain/registration/regime';
import type { RegistrationRules } from '@jishi/ledger/domain/registration/regimes';
import { type Act, momentOn, type UndatedCommand } from './acts.ts';
import { TRAITS } from './calibration.ts';
import { type Drawn, drawContract, type Sources } from './contracts.ts';
import { actorOf, type Player } from './parties.ts';
import type { Random } from './random.ts';

/** Nobody of the desk belongs to a party. */
const REGISTRARS = Array.from({ length: 8 }, (_, i) => actorOf(`registrar ${i}`));
const SENIORS = Array.from({ length: 3 }, (_, i) => actorOf(`senior registrar ${i}`));

const officer = (random: Random, desk: typeof REGISTRARS): Acting => ({
  actor: random.pick(desk),
  partyId: null,
});
const person = ({ userId, organisationId, ref }: Player): Acting => ({
  actor: { kind: 'person', userId, organisationId },
  partyId: ref.partyId,
});

const workingDayBefore = (day: LocalDate, days: number): LocalDate => {
  let at = day;
  for (let left = days; left > 0; ) {
    at = addDays(at, -1);
    if (isWorkingDay(at).working) left -= 1;
  }
  return at;
};

/** The most working days from submission to registration that a life here takes. */
export const REVIEW_DAYS_MAX = 14;

/** Writes down one life after another of a contract, each act later than the one before. */
const createDiary = (random: Random, contract: Drawn) => {
  const acts: Act[] = [];
  return {
    acts,
    add: (day: LocalDate, by: Acting, command: UndatedCommand): void => {
      const after = (acts.at(-1)?.atMs ?? 0) + 60_000;
      const atMs = Math.max(momentOn(random, day), after);
      const stream = `contract-${contract.contractId}`;
      acts.push({ kind: 'registration', stream, atMs, command, by });
    },
  };
};

type Diary = ReturnType<typeof createDiary>;

const addReceipts = (random: Random, diary: Diary, contract: Drawn, from: LocalDate): void => {
  let left = BigInt(contract.private.technologyValueFen);
  let day = from;
  const parts = random.weighted([
    [1, 70],
    [2, 25],
    [3, 5],
  ] as const);
  for (let part = 1; part <= parts && left > 0n; part++) {
    const percent = part === parts && random.chance(0.5) ? 100n : BigInt(random.whole(20, 60));
    const amount = (left * percent) / 100n;
    if (amount === 0n) return;
    left -= amount;
    const receivedOn = addDays(day, random.whole(3, 70));
    day = addWorkingDays(receivedOn, random.whole(1, 5)).day;
    const receiptId = random.id(Date.parse(`${day}T03:00:00Z`));
    const evidenceHash = createHash('sha256').update(receiptId).digest('hex');
    const content = {
      ...{ amountFen: `${amount}`, receivedOn, evidenceHash },
      bankReference: `SYN${random.whole(10_000_000, 99_999_999)}`,
    };
    diary.add(day, person(contract.seller), {
      type: 'RecordReceipt',
      data: { receiptId, content },
    });
    if (random.chance(0.08)) return;
    day = addWorkingDays(day, random.whole(1, 8)).day;
    diary.add(day, person(contract.buyer), { type: 'ConfirmReceipt', data: { receiptId } });
    if (random.chance(0.08)) return;
    day = addWorkingDays(day, random.whole(1, 10)).day;
    diary.add(day, officer(random, REGISTRARS), { type: 'VerifyReceipt', data: { receiptId } });
  }
};

const SUPPLEMENT = [{ code: 'supplement', note: '价款构成不清,请补充(合成数据)' }];
const NOT_TECHNICAL = [{ code: 'not-technical', note: '不属于技术合同(合成数据)' }];

/**
 * The life of a contract that is registered on a day: signed and submitted before it, sometimes
 * returned for supplements, accepted, reviewed (twice at or over the regime's threshold), paid.
 * A few are refused instead and then do not count.
 */
export const liveContract = (
  sources: Sources,
  registeredOn: LocalDate,
  rules: RegistrationRules,
  fate: 'registered' | 'refused',
): readonly Act[] => {
  const { random } = sources;
  const acceptedOn = workingDayBefore(registeredOn, random.whole(1, 9));
  const returned = random.chance(TRAITS.returned);
  const submittedOn = workingDayBefore(acceptedOn, returned ? random.whole(3, 5) : 1);
  const signedOn = addDays(submittedOn, -random.whole(2, 60));
  const contract = drawContract(sources, signedOn, registeredOn);
  const { contractId, public: open, private: hidden } = contract;
  const diary = createDiary(random, contract);
  const data = { contractId, public: open, private: hidden };
  diary.add(submittedOn, person(contract.registrant), { type: 'SubmitContract', data });
  let selecting = submittedOn;
  if (returned) {
    const back = officer(random, REGISTRARS);
    const again = workingDayBefore(acceptedOn, 1);
    diary.add(submittedOn, back, { type: 'ReturnRegistration', data: { reasons: SUPPLEMENT } });
    diary.add(again, person(contract.registrant), { type: 'ResubmitContract', data });
    selecting = again;
  }
  const first = officer(random, REGISTRARS);
  diary.add(acceptedOn, first, { type: 'AcceptRegistration', data: {} });
  if (fate === 'refused') {
    const reasons = NOT_TECHNICAL;
    diary.add(registeredOn, first, { type: 'RefuseRegistration', data: { reasons } });
    return diary.acts;
  }
  const regime = regimeFor(rules, { signedOn, submittedOn: selecting, acceptedOn });
  diary.add(registeredOn, first, { type: 'ApproveRegistration', data: {} });
  if (needsSecondReview(regime, hidden)) {
    const senior = officer(random, SENIORS);
    diary.add(registeredOn, senior, { type: 'ConfirmSecondReview', data: {} });
  }
  // A party abroad has no account here, so nobody there records or confirms money.
  const abroad = open.isImport || open.buyerDistrict === 'abroad';
  const paid = !abroad && random.chance(TRAITS.withReceipts);
  if (paid) addReceipts(random, diary, contract, registeredOn);
  return diary.acts;
};
