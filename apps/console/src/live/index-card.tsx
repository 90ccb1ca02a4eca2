import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { shortIndex } from '../format/change.ts';
import { monthText } from '../format/moment.ts';
import { flagText } from '../words/part-name.ts';
import { fill, useWords } from '../words/words.tsx';
import type { WordKey } from '../words/zh.ts';
import { BigNumber } from './big-number.tsx';
import { Card } from './card.tsx';
import { ChangeMark } from './change-mark.tsx';
import type { NumberProps } from './number-cards.tsx';

type CellNow = NonNullable<LiveSnapshot['overall']['rolling']>;

/** The same index over twelve months: seasons and single large contracts matter less in it. */
const Rolling = ({ now }: { now: CellNow }) => {
  const { t } = useWords();
  const value = now.point?.value ?? null;
  if (value === null) return null;
  return (
    <p className="under rolling">
      <span className="pair">
        <span className="label">{t.rolling}</span>
        <strong title={value}>{shortIndex(value)}</strong>
      </span>
      {now.yearOnYearBp === null ? null : (
        <ChangeMark label={t.yearOnYear} basisPoints={now.yearOnYearBp} />
      )}
    </p>
  );
};

/** How much stands behind the value: there for whoever looks, and no louder than that. */
const Evidence = ({ overall }: { overall: LiveSnapshot['overall'] }) => {
  const { t } = useWords();
  if (!overall.grade) return null;
  const words = [
    fill(t.grade, { grade: overall.grade }),
    ...overall.flags.map((f) => flagText(f, t)),
  ];
  return (
    <p className="evidence" title={t[`grade.${overall.grade}`]}>
      {words.join(' · ')}
    </p>
  );
};

const useMeta = (snapshot: LiveSnapshot, linked: boolean): string => {
  const { language, t } = useWords();
  const { point, grade } = snapshot.overall;
  const method = fill(t.methodVersion, { version: snapshot.method.version });
  if (!point) return method;
  const month = fill(t.monthNumber, { month: monthText(point.month, language) });
  // The wall has room for one of the two; the evidence is the one that changes.
  const second = linked || !grade ? method : fill(t.grade, { grade });
  return `${month}·${second}`;
};

export const IndexCard = ({ snapshot, gone, linked }: NumberProps) => {
  const { t } = useWords();
  const { point, monthOnMonthBp, yearOnYearBp, rolling } = snapshot.overall;
  const reason: WordKey = point?.reason ? `reason.${point.reason}` : 'noMonthYet';
  const meta = useMeta(snapshot, linked);
  return (
    <Card name="number-index" title={t.index} href={linked ? '/indices' : undefined} meta={meta}>
      {gone ? (
        <BigNumber text={t.none} />
      ) : point?.value ? (
        <>
          <BigNumber text={shortIndex(point.value)} exact={point.value} />
          <p className="under">
            <ChangeMark label={t.monthOnMonth} basisPoints={monthOnMonthBp} />
            <ChangeMark label={t.yearOnYear} basisPoints={yearOnYearBp} />
          </p>
          {rolling ? <Rolling now={rolling} /> : null}
          {linked ? <Evidence overall={snapshot.overall} /> : null}
        </>
      ) : (
        <>
          <p className="big words">{point?.state === 'hidden' ? t.hidden : t.notDefined}</p>
          <p className="under">{t[reason]}</p>
        </>
      )}
    </Card>
  );
};
