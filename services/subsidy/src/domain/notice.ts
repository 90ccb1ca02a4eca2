import { addDays, type LocalDate } from '@jishi/contracts/time';
import { addWorkingDays } from '@jishi/contracts/working-days';
import type { Policy } from './policy/load.ts';
import { valuesOn } from './policy/values.ts';

/**
 * First day on which an approved award may be paid. Zero days: the day of the approval. Calendar
 * days: the approval is the notice's first day, so 7 days from the 1st run through the 7th and the
 * 8th is payable. Working days: they are counted after the approval by the holiday calendar, and
 * the day after the last is payable. The value is that of the policy day, as everything else.
 */
export const payableFrom = (
  policy: Policy,
  policyDay: LocalDate,
  approvedOn: LocalDate,
): LocalDate => {
  const days = valuesOn(policy, policyDay).number('noticeDays');
  if (days === 0) return approvedOn;
  return policy.parameters.noticeDays.unit === 'working-days'
    ? addDays(addWorkingDays(approvedOn, days).day, 1)
    : addDays(approvedOn, days);
};
