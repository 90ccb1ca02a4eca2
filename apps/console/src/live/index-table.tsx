import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { saveText } from '../kit/save-file.ts';
import { useWords } from '../words/words.tsx';
import { cellText } from './cell-text.ts';

/** Comma-separated months and values; the same strings as the ledger gave, nothing rounded. */
export const seriesFile = (snapshot: LiveSnapshot): string =>
  ['month,value,state,provisional,as_of_sequence']
    .concat(
      snapshot.overall.series.map(
        ({ month, value, state, provisional }) =>
          `${month},${value ?? ''},${state},${provisional},${snapshot.asOf.seq}`,
      ),
    )
    .join('\r\n');

/** The numbers behind the line, newest first. */
export const IndexTable = (props: { snapshot: LiveSnapshot; withFile: boolean }) => {
  const { t } = useWords();
  const { snapshot, withFile } = props;
  const points = snapshot.overall.series.toReversed();
  return (
    <>
      <table className="numbers">
        <caption className="visually-hidden">{t.index}</caption>
        <thead>
          <tr>
            <th scope="col">{t.month}</th>
            <th scope="col" className="right">
              {t.value}
            </th>
            <th scope="col">{t.note}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => {
            const { defined, more } = cellText(point, t);
            return (
              <tr key={point.month}>
                <th scope="row">{point.month}</th>
                <td className="right">{point.value ?? t.none}</td>
                <td>{defined ? (point.provisional ? t.provisional : '') : more}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {withFile ? (
        <button
          type="button"
          className="quiet"
          onClick={() =>
            saveText(`jishi-index-${snapshot.asOf.seq}.csv`, `\uFEFF${seriesFile(snapshot)}`)
          }
        >
          {t.tableDownload}
        </button>
      ) : null}
    </>
  );
};
