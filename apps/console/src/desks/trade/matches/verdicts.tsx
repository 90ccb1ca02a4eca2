import type { Criterion, Verdict } from '@jishi/contracts/market/matching';
import { Tag, type Tone } from '../../../kit/marks.tsx';
import { useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

const TONES: Readonly<Record<Verdict, Tone>> = {
  met: 'ok',
  near: 'warn',
  missed: 'bad',
  unknown: 'plain',
};

/** Sign and word of a verdict; the difference in words where there is one. */
export const VerdictTag = ({ criterion }: { criterion: Criterion }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const word: Readonly<Record<Verdict, string>> = {
    met: w.met,
    near: w.near,
    missed: w.missed,
    unknown: w.unknownVerdict,
  };
  return (
    <Tag tone={TONES[criterion.verdict]}>
      {criterion.note?.[language] ?? word[criterion.verdict]}
    </Tag>
  );
};

/** What is known of a match as chips, always in the same order of criteria. */
export const Chips = ({ criteria }: { criteria: readonly Criterion[] }) => {
  const { language } = useWords();
  const known = criteria.filter((criterion) => criterion.verdict !== 'unknown');
  const textOf = (criterion: Criterion): string => {
    if (criterion.note) return criterion.note[language];
    if (criterion.criterion === 'words' || !criterion.result) return criterion.label[language];
    return criterion.result[language];
  };
  return (
    <ul className="tags">
      {known.map((criterion) => (
        <li key={criterion.criterion}>
          <Tag tone={TONES[criterion.verdict]} title={criterion.label[language]}>
            {textOf(criterion)}
          </Tag>
        </li>
      ))}
    </ul>
  );
};

/** 条件 | 需求 | 成果 | 结果. */
export const CriteriaTable = ({ criteria }: { criteria: readonly Criterion[] }) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  return (
    <table className="criteria">
      <caption className="visually-hidden">{w.criteriaTable}</caption>
      <thead>
        <tr>
          <th scope="col">{w.criterion}</th>
          <th scope="col">{w.ofNeed}</th>
          <th scope="col">{w.ofListing}</th>
          <th scope="col">{w.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map((criterion) => (
          <tr key={criterion.criterion}>
            <th scope="row">{criterion.label[language]}</th>
            <td data-label={w.ofNeed}>{criterion.need?.[language] ?? w.notStated}</td>
            <td data-label={w.ofListing}>{criterion.result?.[language] ?? w.notStated}</td>
            <td>
              <VerdictTag criterion={criterion} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** 6 / 7 项符合, never a percentage. */
export const Tally = (props: { met: number; known: number }) => {
  const { w } = useTradeWords();
  return (
    <p className="tally">
      <strong>{props.met}</strong> / {props.known} {w.metOf}
    </p>
  );
};
