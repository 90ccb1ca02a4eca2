import { changeOf, SHAPES } from '../format/change.ts';
import { useWords } from '../words/words.tsx';

/** A change with shape, sign and colour; `null` is «not defined» and written as a dash. */
export const ChangeMark = (props: { basisPoints: number | null; label?: string }) => {
  const { t } = useWords();
  const { basisPoints, label } = props;
  if (basisPoints === null) {
    return (
      <span className="change">
        {label ? <span className="label">{label}</span> : null}
        <span className="change-text">{t.none}</span>
      </span>
    );
  }
  const { direction, text } = changeOf(basisPoints);
  return (
    <span className={`change ${direction}`}>
      {label ? <span className="label">{label}</span> : null}
      <span className="change-text">
        <span aria-hidden="true" className="shape">
          {SHAPES[direction]}
        </span>
        {direction === 'flat' ? t.flat : text}
      </span>
    </span>
  );
};
