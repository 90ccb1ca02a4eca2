import { useEffect, useRef } from 'react';
import type { Trouble } from '../../../api/trouble.ts';
import { TroubleNotice } from '../../../kit/states.tsx';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';
import { focusField } from './focus-field.ts';

/** What a submission was refused for, as ways to the fields; it takes the focus when it appears. */
export const GapList = ({ trouble }: { trouble: Trouble | null }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (trouble) box.current?.focus();
  }, [trouble]);
  if (!trouble) return null;
  if (trouble.fields.length === 0) return <TroubleNotice trouble={trouble} />;
  return (
    <div ref={box} tabIndex={-1} role="alert" className="trouble">
      <p>
        <strong>{w.gapsFirst}</strong>
      </p>
      <ul aria-label={t.problemsOfForm} className="gap-list">
        {trouble.fields.map((problem) => (
          <li key={`${problem.field} ${problem.rule}`}>
            <button type="button" className="quiet" onClick={() => focusField(problem.field)}>
              {problem[language]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
