import type { Quality } from '@jishi/contracts/market/listing';
import { Section } from '../../../kit/page.tsx';
import { fill, useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';
import { focusField } from './focus-field.ts';

/** 72 / 100, and each gap with its points as the way to its field. */
export const ScorePanel = ({ quality }: { quality: Quality }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  return (
    <Section title={w.qualityScore}>
      <p className="score">
        <strong>{quality.score}</strong> / 100
      </p>
      <meter className="score-meter" min={0} max={100} value={quality.score}>
        {quality.score} / 100
      </meter>
      {quality.missing.length === 0 ? (
        <p>{w.nothingMissing}</p>
      ) : (
        <ul className="gap-list">
          {quality.missing.map((gap) => (
            <li key={gap.field}>
              <button type="button" className="quiet" onClick={() => focusField(gap.field)}>
                {fill(w.gap, { what: gap[language], n: gap.points })}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="hint">{w.qualityHint}</p>
    </Section>
  );
};
