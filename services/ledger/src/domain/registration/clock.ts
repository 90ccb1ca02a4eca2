import type { ContractPrivate } from '@jishi/contracts/ledger/events';
import type { RegistrationStatus, ReviewClock } from '@jishi/contracts/ledger/registration';
import { addDays, type LocalDate } from '@jishi/contracts/time';
import { countWorkingDays } from '@jishi/contracts/working-days';
import { needsSecondReview, regimeByKey, regimeFor, reviewDueOn } from './regime.ts';
import type { Regime, RegistrationRules } from './regimes.ts';

/** What the legal clock of one registration depends on. */
export interface ClockFacts {
  readonly status: RegistrationStatus;
  readonly signedOn: LocalDate;
  /** Of the last submission: the day that supplements arrived, when there were some. */
  readonly submittedOn: LocalDate;
  readonly acceptedOn: LocalDate | null;
  /** It had been accepted before it was returned for supplements. */
  readonly acceptedBefore: boolean;
  /** Fixed by the acceptance; null before. */
  readonly regime: string | null;
  /** As they were submitted: an amendment after registration does not change a past limit. */
  readonly values: Pick<ContractPrivate, 'contractValueFen' | 'technologyValueFen'>;
  readonly decidedOn: LocalDate | null;
}

export const regimeOf = (rules: RegistrationRules, facts: ClockFacts): Regime =>
  facts.regime
    ? regimeByKey(rules, facts.regime)
    : regimeFor(rules, {
        signedOn: facts.signedOn,
        submittedOn: facts.submittedOn,
        acceptedOn: facts.acceptedOn ?? facts.submittedOn,
      });

/**
 * The day after which counting begins; null while the parties have it, or before acceptance.
 * Where the regime counts a supplement from its arrival, that day stands for the acceptance.
 */
const startOf = (regime: Regime, facts: ClockFacts): LocalDate | null => {
  if (facts.status === 'returned') return null;
  const arrived = facts.acceptedBefore && regime.supplement.value === 'arrival';
  return arrived ? facts.submittedOn : facts.acceptedOn;
};

/** The day by which the queue is sorted: when it is due, or would be if accepted at once. */
export const queueDayOf = (rules: RegistrationRules, facts: ClockFacts): LocalDate => {
  const regime = regimeOf(rules, facts);
  return reviewDueOn(regime, facts.values, startOf(regime, facts) ?? facts.submittedOn).day;
};

/** Working days after one day, up to and with another; none when it is not later. */
const workingDaysAfter = (day: LocalDate, upTo: LocalDate) =>
  countWorkingDays(addDays(day, 1), addDays(upTo, 1));

/**
 * The review limit as of a day: regime + start + amount class + holiday calendar. On the due day
 * itself nothing is left and nothing is overdue. A decided case keeps how late it was.
 */
export const reviewClock = (
  rules: RegistrationRules,
  facts: ClockFacts,
  today: LocalDate,
): ReviewClock | null => {
  const regime = regimeOf(rules, facts);
  const startedOn = startOf(regime, facts);
  if (startedOn === null) return null;
  const large = needsSecondReview(regime, facts.values);
  const limit = large ? regime.reviewLimitLarge : regime.reviewLimit;
  const due = reviewDueOn(regime, facts.values, startedOn);
  const end = facts.decidedOn ?? today;
  const left = workingDaysAfter(today, due.day);
  const late = workingDaysAfter(due.day, end);
  const { decidedOn } = facts;
  return {
    regime: regime.key,
    amountClass: large ? 'large' : 'ordinary',
    ...limit.value,
    status: limit.status,
    startedOn,
    dueOn: due.day,
    workingDaysLeft: decidedOn === null ? left.days : null,
    overdueWorkingDays: late.days,
    overdue: end > due.day,
    provisional: due.provisional || (decidedOn === null && left.provisional),
    decidedOn,
  };
};
