import { monthAndYear } from '../../../format/moment.ts';
import { Section } from '../../../kit/page.tsx';
import { ChangeMark } from '../../../live/change-mark.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { flagText } from '../../../words/part-name.ts';
import { fill, useWords } from '../../../words/words.tsx';
import type { IndicesView } from './use-indices.ts';
import { isRestated, type VintageRow } from './vintage-rows.ts';
import { indicesWords } from './words.ts';

const useRemarks = (row: VintageRow, { exact, asOf }: IndicesView): readonly string[] => {
  const { w } = useAreaWords(indicesWords);
  const { t } = useWords();
  const { shown, first, restated } = row;
  const revision = shown.vintage ? t[`revision.${shown.vintage.revision ?? 'first'}`] : null;
  return [
    ...(revision ? [revision] : []),
    ...(shown.provisional ? [w.provisional] : []),
    ...(isRestated(row) ? [fill(w.firstWas, { value: first?.value ?? t.hidden })] : []),
    ...(exact && row.latest && restated && restated.value !== row.latest.value
      ? [
          fill(asOf ? w.restatedAsOfIs : w.restatedIs, {
            ...{ value: restated.value ?? t.notDefined, day: asOf?.day ?? '' },
          }),
        ]
      : []),
    ...(shown.value !== null && shown.hidden
      ? [fill(w.unpublished, { reason: t[`reason.${shown.hidden}`] })]
      : []),
    ...(shown.state ? [fill(w.stateIndex, { value: shown.state })] : []),
    ...(shown.chainGapPercent && !/^-?0\.0+$/.test(shown.chainGapPercent)
      ? [fill(w.chainGap, { value: shown.chainGapPercent })]
      : []),
  ];
};

/** One month: its value, its changes, and quietly what stands behind it. */
export const AnswerSection = ({ view, row }: { view: IndicesView; row: VintageRow }) => {
  const { w, language } = useAreaWords(indicesWords);
  const { t } = useWords();
  const { shown } = row;
  const missing = shown.hidden ?? shown.reason;
  const remarks = useRemarks(row, view);
  const query = new URLSearchParams({ cell: view.series, period: row.period });
  return (
    <Section
      title={fill(w.valueOf, { month: monthAndYear(row.period, language) })}
      aside={<Link to={`/method?${query}`}>{w.howMade}</Link>}
    >
      <p className="answer-amount">
        {shown.value ?? (
          <>
            <span className="suppressed">—</span>
            {missing ? <span className="small-unit"> {t[`reason.${missing}`]}</span> : null}
          </>
        )}
      </p>
      {shown.value === null ? null : (
        <p className="index-changes">
          <ChangeMark label={w.monthOnMonth} basisPoints={shown.monthOnMonthBp} />
          <ChangeMark label={w.yearOnYear} basisPoints={shown.yearOnYearBp} />
        </p>
      )}
      {remarks.length > 0 ? <p className="index-remarks">{remarks.join(' · ')}</p> : null}
      <p className="hint" title={t[`grade.${shown.grade}`]}>
        {[
          fill(t.grade, { grade: shown.grade }),
          ...shown.flags.map((flag) => flagText(flag, t)),
        ].join(' · ')}
      </p>
    </Section>
  );
};
