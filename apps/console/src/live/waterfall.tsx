import type { Contributions } from '@jishi/contracts/ledger/index-family';
import { SHAPES } from '../format/change.ts';
import { monthAndYear } from '../format/moment.ts';
import { partName } from '../words/part-name.ts';
import { fill, useWords } from '../words/words.tsx';
import './waterfall.css';
import { type Waterfall, type WaterfallStep, waterfallOf } from './waterfall-data.ts';

const Level = (props: { month: string; value: string; percent: number }) => (
  <tr className="fall-level">
    <th scope="row">{props.month}</th>
    <td className="fall-track">
      <span className="fall-tick" style={{ left: `${props.percent}%` }} />
    </td>
    <td className="right">{props.value}</td>
  </tr>
);

const Step = (props: { step: WaterfallStep; name: string }) => {
  const { step, name } = props;
  const style = { left: `${step.leftPercent}%`, width: `${step.widthPercent}%` };
  return (
    <tr>
      <th scope="row" title={step.code.startsWith('(') ? name : `${name} ${step.code}`}>
        {name}
      </th>
      <td className="fall-track">
        <span className={`fall-bar ${step.direction}`} style={style} />
      </td>
      <td className={`right change ${step.direction}`}>
        <span className="change-text">
          <span aria-hidden="true" className="shape">
            {SHAPES[step.direction]}
          </span>
          {step.points}
        </span>
      </td>
    </tr>
  );
};

/** The sum in words: what a reader may add up by hand, digit for digit. */
const Sum = (props: { table: Contributions; fall: Waterfall; short: boolean }) => {
  const { t } = useWords();
  const { table, fall, short } = props;
  const text = fill(t.waterfallSum, {
    start: table.from.value,
    terms: fall.steps.map(({ points }) => points).join(' '),
    end: table.to.value,
    sum: fall.sum,
  });
  return (
    <>
      <p className="fall-sum">{short ? fill(t.waterfallTotal, { sum: fall.sum }) : text}</p>
      {fall.addsUp ? null : <p className="fall-broken">{t.waterfallBroken}</p>}
      {table.merged.length > 0 && !short ? (
        <p className="fall-note">{fill(t.waterfallMerged, { n: table.merged.length })}</p>
      ) : null}
    </>
  );
};

/**
 * From one month's index to another's, part by part. The picture is drawn inside a table of the
 * printed points, so that it is read aloud, copied and checked without the picture.
 */
export const WaterfallTable = (props: {
  table: Contributions;
  /** What a month is called: short on a wall. */
  monthName?: (month: string) => string;
  short?: boolean;
}) => {
  const { language, t } = useWords();
  const { table, short = false } = props;
  const nameOf = props.monthName ?? ((month: string) => monthAndYear(month, language));
  const fall = waterfallOf(table);
  const caption = fill(t.waterfallCaption, {
    from: monthAndYear(table.from.period, language),
    start: table.from.value,
    to: monthAndYear(table.to.period, language),
    end: table.to.value,
  });
  return (
    <>
      <table className="fall">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="fall-name">
              <span className="visually-hidden">{t.waterfallPart}</span>
            </th>
            <th scope="col">
              <span className="visually-hidden">{t.waterfallPicture}</span>
            </th>
            <th scope="col" className="fall-points">
              <span className="visually-hidden">{t.waterfallPoints}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Level
            month={nameOf(table.from.period)}
            value={table.from.value}
            percent={fall.startPercent}
          />
          {fall.steps.map((step) => (
            <Step key={step.code} step={step} name={partName(table.by, step.code, language, t)} />
          ))}
          <Level month={nameOf(table.to.period)} value={table.to.value} percent={fall.endPercent} />
        </tbody>
      </table>
      <Sum table={table} fall={fall} short={short} />
    </>
  );
};
