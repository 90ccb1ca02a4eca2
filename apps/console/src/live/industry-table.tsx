import type { IndustryCode } from '@jishi/contracts/codes';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { monthText } from '../format/moment.ts';
import { codeOfCell, industryName } from '../format/names.ts';
import { Link } from '../place.tsx';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { cellText } from './cell-text.ts';
import { ChangeMark } from './change-mark.tsx';

type IndustryNow = LiveSnapshot['industries'][number];

const IndustryLink = ({ now }: { now: IndustryNow }) => {
  const { language } = useWords();
  const code = codeOfCell(now.cell) as IndustryCode;
  return (
    <Link to={`/indices?cell=industry:${code}`}>
      {code} {industryName(code, language)}
    </Link>
  );
};

const Valued = ({ rows }: { rows: readonly IndustryNow[] }) => {
  const { t } = useWords();
  return (
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
        {rows.map((now) => (
          <tr key={now.cell}>
            <th scope="row">
              <IndustryLink now={now} />
            </th>
            <td className="right" title={now.point?.value ?? undefined} data-label={t.value}>
              {cellText(now.point, t).text}
            </td>
            <td className="right" data-label={t.monthOnMonth}>
              <ChangeMark basisPoints={now.monthOnMonthBp} />
            </td>
            <td className="right" data-label={t.yearOnYear}>
              <ChangeMark basisPoints={now.yearOnYearBp} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What has no value takes one line until asked for; then each is there with its reason. */
const Rest = ({ rows }: { rows: readonly IndustryNow[] }) => {
  const { t } = useWords();
  return (
    <details className="rest">
      <summary>{fill(t.industriesRest, { n: rows.length })}</summary>
      <ul>
        {rows.map((now) => (
          <li key={now.cell}>
            <IndustryLink now={now} />
            <span>{cellText(now.point, t).more}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** The industry indices: on the desk and the phone only, the wall has no room for twenty rows. */
export const IndustryTable = ({ snapshot }: { snapshot: LiveSnapshot }) => {
  const { language, t } = useWords();
  const { industries } = snapshot;
  if (industries.length === 0) return null;
  const valued = industries.filter((now) => now.point?.value);
  const rest = industries.filter((now) => !now.point?.value);
  const month = industries.find((now) => now.point)?.point?.month;
  const meta = fill(t.industriesMeta, {
    month: month ? fill(t.monthNumber, { month: monthText(month, language) }) : t.notDefined,
  });
  return (
    <Card name="industries" title={t.industries} meta={meta}>
      {valued.length > 0 ? <Valued rows={valued} /> : null}
      {rest.length > 0 ? <Rest rows={rest} /> : null}
    </Card>
  );
};
