import { addDays, type LocalDate } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import type { Policy } from './policy/load.ts';
import { valuesOn } from './policy/values.ts';

/**
 * First day on which an approved award may be paid: `noticeDays` after the approval, which is the
 * notice's first day when days are calendar days (7 days from the 1st run through the 7th). Zero
 * days: the same day. Working days are those of the holiday calendar; the approval does not count.
 * The value is that of the policy day, as everything else of the decision.
 */
export const payableFrom = (
  policy: Policy,
  policyDay: LocalDate,
  approvedOn: LocalDate,
): LocalDate => {
  const days = valuesOn(policy, policyDay).number('noticeDays');
  return policy.parameters.noticeDays.unit === 'working-days'
    ? addWorkingDays(approvedOn, days).day
    : addDays(approvedOn, days);
};
