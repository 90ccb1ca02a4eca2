import type { IndustryCode } from '@jishi/contracts/codes';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { monthText } from '../format/moment.ts';
import { codeOfCell, industryName } from '../format/names.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { cellText } from './cell-text.ts';
import { ChangeMark } from './change-mark.tsx';

/** The industry indices: on the desk and the phone only, the wall has no room for twenty rows. */
export const IndustryTable = ({ snapshot }: { snapshot: LiveSnapshot }) => {
  const { language, t } = useWords();
  const { industries } = snapshot;
  if (industries.length === 0) return null;
  const month = industries.find((now) => now.point)?.point?.month;
  const meta = fill(t.industriesMeta, {
    month: month ? fill(t.monthNumber, { month: monthText(month, language) }) : t.notDefined,
  });
  return (
    <Card name="industries" title={t.industries} meta={meta}>
      <table className="numbers stacking">
        <caption className="visually-hidden">{t.industries}</caption>
        <thead>
          <tr>
            <th scope="col">{t.industry}</th>
            <th scope="col" className="right">
              {t.value}
            </th>
            <th scope="col" className="right">
              {t.monthOnMonth}
            </th>
            <th scope="col" className="right">
              {t.yearOnYear}
            </th>
          </tr>
        </thead>
        <tbody>
          {industries.map((now) => {
            const code = codeOfCell(now.cell) as IndustryCode;
            const { text, more, defined } = cellText(now.point, t);
            return (
              <tr key={now.cell}>
                <th scope="row">
                  <a href={`/api/ledger/index/series?cell=industry:${code}`}>
                    {code} {industryName(code, language)}
                  </a>
                </th>
                <td
                  className={defined ? 'right' : 'right missing'}
                  title={more}
                  data-label={t.value}
                >
                  {defined ? text : more}
                </td>
                <td className="right" data-label={t.monthOnMonth}>
                  <ChangeMark basisPoints={now.monthOnMonthBp} />
                </td>
                <td className="right" data-label={t.yearOnYear}>
                  <ChangeMark basisPoints={now.yearOnYearBp} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
};
