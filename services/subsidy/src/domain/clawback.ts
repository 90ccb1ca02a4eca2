import type { Fen } from '@jishi/contracts/money';
import { Refusal, refuseField } from '@jishi/contracts/problem';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import { yuanText } from './payment/file.ts';
import type { Policy } from './policy/load.ts';
import { valuesOn } from './policy/values.ts';

/** By when an approved claim is to be repaid; null while the rule sets no days. */
export const dueOn = (
  policy: Policy,
  policyDay: LocalDate,
  approvedOn: LocalDate,
): LocalDate | null => {
  const days = valuesOn(policy, policyDay).number('clawbackDueDays');
  if (days === 0) return null;
  return policy.parameters.clawbackDueDays.unit === 'working-days'
    ? addWorkingDays(approvedOn, days).day
    : addDays(approvedOn, days);
};

/** What a repayment gives back to the cap of (party, role, year). */
export const capFreedFen = (policy: Policy, policyDay: LocalDate, repaidFen: Fen): Fen =>
  valuesOn(policy, policyDay).word('clawbackFreesCap') === 'on-repayment' ? repaidFen : 0n;

/** A repayment as it is entered against a claim. Refuses more than is left, and a day to come. */
export const requireRepayment = (
  claim: { readonly amountFen: Fen; readonly repaidFen: Fen },
  repayment: { readonly amountFen: Fen; readonly receivedOn: LocalDate },
  today: LocalDate,
): { readonly isWhole: boolean } => {
  const leftFen = claim.amountFen - claim.repaidFen;
  if (repayment.receivedOn > today) {
    throw refuseField(
      'repayment-date-in-future',
      'receivedOn',
      'repayment-date-in-future',
      `不得晚于今天 ${today}`,
      `Not after today, ${today}`,
    );
  }
  if (repayment.amountFen > leftFen) {
    throw refuseField(
      'repayment-above-claim',
      'amountFen',
      'repayment-above-claim',
      `尚未退还 ${yuanText(leftFen)} 元,登记不得超过`,
      `${yuanText(leftFen)} yuan are still to be repaid, no more can be entered`,
    );
  }
  if (repayment.amountFen <= 0n) throw new Refusal('invalid-input');
  return { isWhole: repayment.amountFen === leftFen };
};
