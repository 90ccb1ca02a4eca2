import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { monthText } from '../format/moment.ts';
import { codeOfCell } from '../format/names.ts';
import { fill, useWords } from '../words/words.tsx';
import { Card } from './card.tsx';
import { Tile, tileFigures } from './tile.tsx';
import { TILE_GRID } from './tile-grid.ts';
import type { ValuesState } from './values-state.ts';

export const Legend = () => {
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

export const DistrictTiles = (props: {
  snapshot: LiveSnapshot;
  values: ValuesState;
  linked: boolean;
}) => {
  const { language, t } = useWords();
  const { districts } = props.snapshot;
  const { lines, moves } = props.values;
  const byCode = new Map<string, LiveSnapshot['districts'][number]>(
    districts.map((now) => [codeOfCell(now.cell), now]),
  );
  const figuresOf = (code: string) =>
    tileFigures(byCode.get(code), lines.get(`district:${code}` as 'city'));
  const all = districts.map(({ cell }) => figuresOf(codeOfCell(cell)));
  const values = all.flatMap(({ point }) => (point?.value ? [Number(point.value)] : []));
  const moved = new Map<string, number>(moves.map(({ series, seq }) => [series, seq]));
  const running = all.find(({ point }) => point?.provisional)?.point?.month;
  const month = running ?? districts.find((now) => now.point)?.point?.month;
  const meta = fill(running ? t.districtsRunning : t.districtsMeta, {
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
          const movedAt = moved.get(`district:${place}`) ?? null;
          return (
            <Tile
              key={movedAt === null ? place : `${place} ${movedAt}`}
              code={place}
              now={byCode.get(place)}
              figures={figuresOf(place)}
              values={values}
              linked={props.linked}
              movedAt={movedAt}
            />
          );
        })}
      </ul>
    </Card>
  );
};
