import type { CaseView } from '@jishi/contracts/subsidy/case';
import type { Check, Verdict } from '@jishi/contracts/subsidy/decision';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { KnownTag } from '../status-tags.tsx';
import { subsidyWords } from '../words.ts';

const SIGNS: Readonly<Record<Verdict, string>> = { passed: '✓', refused: '×', needs: '△' };
const ORDER: readonly Verdict[] = ['refused', 'needs', 'passed'];

const isAssumed = (check: Check): boolean =>
  check.status === 'ASSUMPTION' || check.parameters.some((used) => used.status === 'ASSUMPTION');

/** Refusals and open points on top, what rests on an assumption next; all are kept. */
const inOrder = (checks: readonly Check[]): readonly Check[] =>
  [...checks].sort(
    (a, b) =>
      ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
      Number(isAssumed(b)) - Number(isAssumed(a)),
  );

export const Reviews = ({ view }: { view: CaseView }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const content = view.decision?.content ?? view.proposal;
  if (!content) return null;
  const ok = content.checks.filter((check) => check.verdict === 'passed').length;
  return (
    <Section title={w.reviews} aside={fill(w.reviewsSum, { ok, open: content.checks.length - ok })}>
      <ul className="checks-list">
        {inOrder(content.checks).map((check) => (
          <li key={check.article}>
            <span aria-hidden="true" className={`sign-${check.verdict}`}>
              {SIGNS[check.verdict]}
            </span>
            <span>
              <span className="checks-title">
                <span className="visually-hidden">{w[`verdict.${check.verdict}`]} </span>
                {check[language]} {isAssumed(check) ? <KnownTag status="ASSUMPTION" /> : null}
              </span>
              {check.reason === 'ok' ? null : (
                <span className="checks-found">
                  {language === 'zh' ? check.reasonZh : check.reasonEn}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
