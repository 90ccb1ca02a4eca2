import type { CaseStatus } from '@jishi/contracts/subsidy/case';
import type { Stage, StageName } from '@jishi/contracts/subsidy/trace';
import { businessDay, daysBetween, type Instant, type LocalDate } from '@jishi/contracts/time';

/** What is known of a case's way so far. */
export interface CaseWay {
  readonly status: CaseStatus;
  readonly openedAt: Instant;
  /** Since when an open case waits: its opening, or when it was last sent back. */
  readonly waitsSince: Instant;
  readonly decidedAt: Instant | null;
  readonly approvedAt: Instant | null;
  readonly payableFrom: LocalDate | null;
  readonly paidAt: Instant | null;
}

const stage = (name: StageName, state: Stage['state'], changes: Partial<Stage> = {}): Stage => ({
  stage: name,
  state,
  at: null,
  days: null,
  until: null,
  ...changes,
});

/** Six steps, in their order: when each was done, or since when and how many days it waits. */
export const stagesOf = (way: CaseWay, today: LocalDate): Stage[] => {
  const { status, openedAt, waitsSince, decidedAt, approvedAt, payableFrom, paidAt } = way;
  const current = (name: StageName, since: Instant, changes: Partial<Stage> = {}): Stage => {
    const days = Math.max(0, daysBetween(businessDay(since), today));
    return stage(name, 'current', { at: since, days, ...changes });
  };
  const start = [
    stage('receipt', 'done', { at: openedAt }),
    stage('computed', 'done', { at: openedAt }),
  ];
  const rest = (state: Stage['state'], names: readonly StageName[]): Stage[] =>
    names.map((name) => stage(name, state));
  if (status === 'closed') {
    return [...start, ...rest('dropped', ['decision', 'approval', 'notice', 'payment'])];
  }
  if (!decidedAt) {
    const ahead = rest('ahead', ['approval', 'notice', 'payment']);
    return [...start, current('decision', waitsSince), ...ahead];
  }
  const decided = [...start, stage('decision', 'done', { at: decidedAt })];
  if (!approvedAt) {
    return [...decided, current('approval', decidedAt), ...rest('ahead', ['notice', 'payment'])];
  }
  const approved = [...decided, stage('approval', 'done', { at: approvedAt })];
  if (!payableFrom) return [...approved, ...rest('dropped', ['notice', 'payment'])];
  if (today < payableFrom) {
    const notice = current('notice', approvedAt, { until: payableFrom });
    return [...approved, notice, stage('payment', 'ahead')];
  }
  const noticed = [...approved, stage('notice', 'done', { at: approvedAt, until: payableFrom })];
  return paidAt
    ? [...noticed, stage('payment', 'done', { at: paidAt })]
    : [...noticed, current('payment', approvedAt)];
};
