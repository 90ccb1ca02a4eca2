import { cellTitle } from '../words/part-name.ts';
import { fill, useWords } from '../words/words.tsx';
import type { ValuesState } from './values-state.ts';

const MOVES_MAX = 5;

/** In words, what the last frame moved: the highlight in the tiles is only for the eye. */
export const MovesLine = ({ values }: { values: ValuesState }) => {
  const { language, t } = useWords();
  const { moves, seq } = values;
  if (seq === 0) return null;
  if (moves.length === 0) return <p className="moves-line">{t.movedNothing}</p>;
  const rest = moves.length - MOVES_MAX;
  return (
    <p className="moves-line">
      <strong>{fill(t.moved, { seq: values.movedBy || seq })}</strong>
      {moves.slice(0, MOVES_MAX).map(({ series, before, after }) => (
        <span key={series} className="move">
          {cellTitle(series, language, t)} {before} → {after}
        </span>
      ))}
      {rest > 0 ? <span className="move">{fill(t.movedMore, { n: rest })}</span> : null}
    </p>
  );
};
