import type { RegistrationView } from '@jishi/contracts/ledger/registration';
import type { ContractView } from '@jishi/contracts/market/contract';
import { exactYuan } from '../../../format/amount.ts';
import type { Step, Tone } from '../../../kit/marks.tsx';
import { fill } from '../../../words/words.tsx';
import type { DealsWords } from '../words.ts';

/** Where a contract stands before the registration has it; after that, the ledger says so. */
export type Stage = 'declare' | 'sign' | 'delivering' | 'stuck' | 'delivered' | 'discarded';

/** What tells the stage: of a contract signed here, or of one of paper. */
export type Staged = Pick<ContractView, 'status' | 'contractTextHash' | 'delivery'>;

export const stageOf = ({ status, contractTextHash, delivery }: Staged): Stage => {
  if (status === 'discarded') return 'discarded';
  if (status === 'drawn') return contractTextHash === null ? 'declare' : 'sign';
  if (delivery?.state === 'parked') return 'stuck';
  return delivery?.state === 'delivered' ? 'delivered' : 'delivering';
};

/** In one or two words, for lists and heads. */
export const stageText = (
  contract: Staged,
  registration: RegistrationView | undefined,
  w: DealsWords,
): string => {
  const stage = stageOf(contract);
  if (stage === 'discarded') return w['contract.discarded'];
  if (stage === 'delivered') {
    return registration ? w[`registration.${registration.status}`] : w['contract.signed'];
  }
  return w[`stage.${stage}`];
};

const TONES: Readonly<Record<RegistrationView['status'], Tone>> = {
  submitted: 'info',
  returned: 'warn',
  accepted: 'info',
  'first-reviewed': 'info',
  registered: 'ok',
  refused: 'bad',
  deregistered: 'plain',
  revoked: 'bad',
};

export const stageTone = (contract: Staged, registration: RegistrationView | undefined): Tone => {
  const stage = stageOf(contract);
  if (stage === 'stuck') return 'bad';
  if (stage === 'discarded') return 'plain';
  return registration ? TONES[registration.status] : 'info';
};

export const verifiedFen = (registration: RegistrationView | undefined): bigint =>
  (registration?.receipts ?? [])
    .filter((receipt) => receipt.status === 'verified')
    .reduce((sum, receipt) => sum + BigInt(receipt.amountFen), 0n);

const IN_REGISTER: readonly RegistrationView['status'][] = [
  'registered',
  'deregistered',
  'revoked',
];

/** signed → registered → paid, on one line. */
export const stepsOf = (
  contract: ContractView,
  registration: RegistrationView | undefined,
  w: DealsWords,
): readonly Step[] => {
  const stage = stageOf(contract);
  const signed = contract.status === 'signed';
  const arrived = stage === 'delivered';
  const status = registration?.status;
  const registered = status !== undefined && IN_REGISTER.includes(status);
  const paid = verifiedFen(registration);
  const whole = paid > 0n && paid >= BigInt(contract.terms.technologyValueFen);
  const state = (done: boolean, now: boolean, stopped = false): Step['state'] =>
    done ? 'done' : stopped ? 'stopped' : now ? 'now' : 'next';
  return [
    { label: w.stepDrawn, state: stage === 'discarded' ? 'stopped' : 'done' },
    {
      label: w.stepSigned,
      note: contract.signedOn,
      state: state(signed, stage === 'declare' || stage === 'sign'),
    },
    {
      label: w.stepSubmitted,
      note: registration?.submittedOn,
      state: state(arrived, signed && !arrived, stage === 'stuck'),
    },
    {
      label: w.stepRegistered,
      note: registered ? registration?.registeredOn : status && w[`registration.${status}`],
      state: state(registered, arrived, status === 'refused'),
    },
    {
      label: w.stepPaid,
      note: paid > 0n ? fill(w.paidOf, { amount: exactYuan(paid) }) : null,
      state: state(whole, status === 'registered'),
    },
  ];
};
