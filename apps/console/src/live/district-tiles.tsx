import type { DistrictCode } from '@jishi/contracts/codes';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { changeOf } from '../format/change.ts';
import { monthText } from '../format/moment.ts';
import { codeOfCell, districtFullName, regionName } from '../format/names.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { cellText } from './cell-text.ts';
import { ChangeMark } from './change-mark.tsx';
import { levelOf, TILE_GRID } from './tile-grid.ts';

type DistrictNow = LiveSnapshot['districts'][number];

/** `1529.3` and `−14.4%`: what a line of a tile was drawn for. */
const LENGTH_USUAL = 12;

const isLong = (value: string, basisPoints: number | null): boolean =>
  value.length + (basisPoints === null ? 0 : changeOf(basisPoints).text.length) > LENGTH_USUAL;

const Tile = (props: {
  code: DistrictCode;
  now: DistrictNow | undefined;
  values: readonly number[];
  linked: boolean;
}) => {
  const { code, now, values, linked } = props;
  const { language, t } = useWords();
  const { text, more, defined } = cellText(now?.point ?? null, t);
  const level = defined ? `level-${levelOf(Number(now?.point?.value), values)}` : 'level-none';
  const long = defined && isLong(text, now?.monthOnMonthBp ?? null) ? ' long' : '';
  const full = `${districtFullName(code, language)} ${more}`;
  const content = (
    <>
      <span className="tile-name">{regionName(code, language, t)}</span>
      <span className="tile-value">{defined ? text : null}</span>
      <span className="tile-change">
        {defined ? <ChangeMark basisPoints={now?.monthOnMonthBp ?? null} /> : text}
      </span>
    </>
  );
  return (
    <li className={`tile ${level}${long}`} title={full}>
      {linked ? (
        <a className="tile-body" href={`/api/ledger/index/series?cell=district:${code}`}>
          {content}
        </a>
      ) : (
        <div className="tile-body">{content}</div>
      )}
    </li>
  );
};

const Legend = () => {
  const { t } = useWords();
  return (
    <p className="legend">
      <span className="visually-hidden">{t.levelText}</span>
      <span aria-hidden="true">{t.low}</span>
      {[1, 2, 3, 4, 5].map((level) => (
        <span key={level} aria-hidden="true" className={`swatch level-${level}`} />
      ))}
      <span aria-hidden="true">{t.high}</span>
    </p>
  );
};

export const DistrictTiles = (props: { snapshot: LiveSnapshot; linked: boolean }) => {
  const { language, t } = useWords();
  const { districts } = props.snapshot;
  const byCode = new Map(districts.map((now) => [codeOfCell(now.cell), now]));
  const values = districts.flatMap((now) => (now.point?.value ? [Number(now.point.value)] : []));
  const month = districts.find((now) => now.point)?.point?.month;
  const meta = fill(t.districtsMeta, {
    month: month ? fill(t.monthNumber, { month: monthText(month, language) }) : t.notDefined,
  });
  return (
    <Card name="districts" title={t.districts} meta={meta}>
      <ul className="tiles">
        {TILE_GRID.map((place) => {
          if (place === 'note') {
            return (
              <li key={place} className="tile-note">
                {t.tileNote}
              </li>
            );
          }
          if (place === 'legend') {
            return (
              <li key={place} className="tile-legend">
                <Legend />
              </li>
            );
          }
          const now = byCode.get(place);
          return <Tile key={place} code={place} now={now} values={values} linked={props.linked} />;
        })}
      </ul>
    </Card>
  );
};
