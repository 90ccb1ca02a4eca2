import type { CaseView } from '@jishi/contracts/subsidy/case';
import type { Calculation, DecisionContent } from '@jishi/contracts/subsidy/decision';
import { StackBar, Tag } from '../../../kit/marks.tsx';
import { Section } from '../../../kit/page.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { barText, listed, yuanOf } from '../figures.ts';
import { subsidyWords } from '../words.ts';

/** On how many assumed values and rules an answer rests. */
export const assumptionsOf = (content: DecisionContent): number => {
  const parameters = content.checks.flatMap((check) => check.parameters);
  const keys = parameters.filter((used) => used.status === 'ASSUMPTION').map((used) => used.key);
  const rules = content.checks.filter((check) => check.status === 'ASSUMPTION').length;
  return new Set(keys).size + rules;
};

const CapBar = ({ calculation }: { calculation: Calculation }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const wan = (fen: string): string => barText(fen, language);
  const over = BigInt(calculation.cutByCapFen);
  const left = BigInt(calculation.capRemainingFen) - BigInt(calculation.awardFen);
  const segments = [
    ['used', w.capUsed, calculation.capUsedBeforeFen],
    ['this', w.capThis, calculation.awardFen],
    ['free', w.capFree, left > 0n ? left.toString() : '0'],
    ['over', w.capOver, over.toString()],
  ] as const;
  const shown = segments
    .map(([look, text, fen]) => ({
      look,
      label: fill(text, { amount: wan(fen) }),
      size: BigInt(fen),
    }))
    .filter((segment) => segment.size > 0n);
  const cap = fill(w.capOf, { amount: wan(calculation.capFen) });
  return (
    <div className="cap-place">
      <p className="cap-mark">{cap}</p>
      <StackBar segments={shown} text={listed([cap, ...shown.map((s) => s.label)], language)} />
    </div>
  );
};

const Why = ({ content }: { content: DecisionContent }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const { calculation } = content;
  if (content.outcome !== 'award') {
    const check = content.checks.find((found) => found.article === content.decidedBy);
    if (!check) return null;
    return (
      <p className="answer-why">
        {language === 'zh' ? check.reasonZh : check.reasonEn}
        <br />
        {fill(w.byArticle, { article: check[language] })}
      </p>
    );
  }
  if (!calculation) return null;
  const isCut = calculation.cutByCapFen !== '0';
  return (
    <p className="answer-why">
      {fill(w.byRate, { amount: yuanOf(calculation.shareFen) })}
      <br />
      {isCut ? fill(w.cutBy, { amount: yuanOf(calculation.cutByCapFen) }) : w.notCut}
    </p>
  );
};

/** The answer first: how much, why not more, and where it stands in the cap. */
export const Answer = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  const content = view.decision?.content ?? view.proposal;
  if (!content) return null;
  const assumptions = assumptionsOf(content);
  return (
    <Section title={view.decision ? w.decidedAward : w.proposed}>
      <div className="answer">
        <div className="answer-main">
          {content.outcome === 'award' ? (
            <span className="answer-amount amount">
              {yuanOf(content.awardFen)} <span className="small-unit">{w.yuan}</span>
            </span>
          ) : (
            <span className="answer-no">
              {content.outcome === 'incomplete' ? w.isIncomplete : w.notSupported}
            </span>
          )}
          {assumptions > 0 ? (
            <Tag tone="warn">{fill(w.assumptions, { n: assumptions })}</Tag>
          ) : null}
        </div>
        <Why content={content} />
      </div>
      {content.calculation ? <CapBar calculation={content.calculation} /> : null}
    </Section>
  );
};
