import type { RegistrationStatus, ReviewClock } from '@jishi/contracts/ledger/registration';
import type { Tone } from '../../kit/marks.tsx';
import { fill } from '../../words/words.tsx';
import type { RegistryWords } from './words.ts';

const WARN_DAYS = 3;

export interface ClockWords {
  readonly text: string;
  readonly tone: Tone;
}

const shortDay = (day: string, today: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;

const runningWords = (clock: ReviewClock, day: string, w: RegistryWords): ClockWords => {
  if (clock.overdue) {
    return {
      text: fill(w.clockOverdue, { n: clock.overdueWorkingDays, day }),
      tone: 'bad',
    };
  }
  const left = clock.workingDaysLeft ?? 0;
  if (left <= 0) return { text: fill(w.clockToday, { day }), tone: 'bad' };
  return { text: fill(w.clockLeft, { n: left, day }), tone: left <= WARN_DAYS ? 'warn' : 'plain' };
};

/**
 * The legal clock in words: «剩 3 个工作日（11-25 到期）», amber from three working days on, red on
 * the due day and after it. Before acceptance, and while the parties supplement, it does not run.
 */
export const clockWords = (
  registration: {
    readonly status: RegistrationStatus;
    readonly clock: ReviewClock | null;
    readonly submittedOn: string;
  },
  today: string,
  w: RegistryWords,
  /** What the rules say of the clock after supplements; see RegimeView. */
  supplement: 'arrival' | 'acceptance' = 'arrival',
): ClockWords => {
  const { status, clock, submittedOn } = registration;
  if (status === 'submitted') {
    return { text: fill(w.clockWaiting, { day: shortDay(submittedOn, today) }), tone: 'plain' };
  }
  if (status === 'returned') {
    const text = supplement === 'arrival' ? w.clockReturned : w.clockReturnedAccept;
    return { text, tone: 'plain' };
  }
  if (!clock) return { text: w.clockNone, tone: 'plain' };
  const day = shortDay(clock.dueOn, today);
  if (clock.decidedOn === null) return runningWords(clock, day, w);
  return clock.overdue
    ? { text: fill(w.clockDecidedLate, { n: clock.overdueWorkingDays }), tone: 'warn' }
    : { text: w.clockDecided, tone: 'plain' };
};
