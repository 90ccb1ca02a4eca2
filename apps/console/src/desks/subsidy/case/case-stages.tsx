import type { CaseView } from '@jishi/contracts/subsidy/case';
import type { Stage } from '@jishi/contracts/subsidy/trace';
import { dayOf } from '../../../format/moment.ts';
import { type Step, Steps } from '../../../kit/marks.tsx';
import { At } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { type SubsidyWords, subsidyWords } from '../words.ts';

const STATES = { done: 'done', current: 'now', ahead: 'next', dropped: 'stopped' } as const;

const dayOfAt = (instant: string): string => dayOf(Date.parse(instant));

const waitedText = (days: number, w: SubsidyWords): string =>
  days === 0 ? w.waitToday : fill(w.waited, { n: days });

/** What stands below a step: its day, how long it waits, or who is to do it. */
const noteOf = (stage: Stage, w: SubsidyWords): Step['note'] => {
  if (stage.state === 'dropped') return w.dropped;
  if (stage.state === 'current') {
    const until = stage.until ? fill(w.until, { day: stage.until }) : null;
    return until ?? waitedText(stage.days ?? 0, w);
  }
  if (stage.state === 'done') {
    const isAtOnce = stage.stage === 'notice' && stage.at && stage.until === dayOfAt(stage.at);
    return isAtOnce ? w.noNotice : stage.at ? <At instant={stage.at} /> : null;
  }
  if (stage.stage === 'approval') return w.another;
  return stage.stage === 'payment' ? w.twoOfFinance : null;
};

export const CaseStages = ({ view }: { view: CaseView }) => {
  const { w } = useAreaWords(subsidyWords);
  return (
    <div className="subsidy-way">
      <Steps
        label={w.steps}
        steps={view.stages.map((stage) => ({
          label: w[`stage.${stage.stage}`],
          state: STATES[stage.state],
          note: noteOf(stage, w),
        }))}
      />
    </div>
  );
};
