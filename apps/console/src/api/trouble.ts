import { ProblemAnswer } from '@jishi/contracts/client';
import type { FieldProblem } from '@jishi/contracts/problem';
import type { Language } from '../words/words.tsx';

/** A call that did not succeed, as a page needs it. */
export interface Trouble {
  /** A key of the problem table; `no-answer` when nothing came back. */
  readonly type: string;
  readonly status: number | null;
  /** What to say, in the reader's language; null when the page's own words serve better. */
  readonly title: string | null;
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly fields: readonly FieldProblem[];
}

const NO_ANSWER: Trouble = {
  type: 'no-answer',
  status: null,
  title: null,
  detail: null,
  requestId: null,
  fields: [],
};

/** Reads whatever a call threw: a problem answer, a lost connection, or a fault of the page. */
export const troubleOf = (error: unknown, language: Language): Trouble => {
  if (!(error instanceof ProblemAnswer)) return NO_ANSWER;
  const { problem } = error;
  return {
    type: error.type,
    status: problem.status,
    title: language === 'zh' ? problem.title : problem.titleEn,
    detail: (language === 'zh' ? problem.detail : problem.detailEn) ?? null,
    requestId: problem.requestId || null,
    fields: problem.fields ?? [],
  };
};

/** Missing and not mine to see are one thing to the reader (they are one answer). */
export const isMissing = (trouble: Trouble): boolean =>
  trouble.type === 'not-found' || trouble.type === 'role-missing';
