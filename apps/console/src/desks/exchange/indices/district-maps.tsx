import type { DistrictCode } from '@jishi/contracts/codes';
import type { ValueLine } from '@jishi/contracts/ledger/index-family';
import { shortIndex } from '../../../format/change.ts';
import { districtFullName, regionName } from '../../../format/names.ts';
import { levelOf, TILE_GRID } from '../../../live/tile-grid.ts';
import { addressWith, Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { shortReason } from '../../../words/part-name.ts';
import { useWords } from '../../../words/words.tsx';
import { indicesWords } from './words.ts';

type Figure = 'value' | 'state';

const Tile = (props: {
  code: DistrictCode;
  line: ValueLine | undefined;
  figure: Figure;
  all: readonly number[];
}) => {
  const { code, line, figure, all } = props;
  const { language, t } = useWords();
  const shown = line?.[figure] ?? null;
  const why = line?.hidden ?? line?.reason ?? null;
  const level = shown === null ? 'none' : levelOf(Number(shown), all);
  const more = shown ?? (why ? t[`reason.${why}`] : t.notDefined);
  return (
    <li
      className={`map-tile map-level-${level}`}
      title={`${districtFullName(code, language)} ${more}`}
    >
      <Link to={addressWith('cell', `district:${code}`)}>
        <span className="map-name">{regionName(code, language, t)}</span>
        <span className="map-value">
          {shown === null ? (why ? shortReason(why, t) : t.notDefined) : shortIndex(shown)}
        </span>
      </Link>
    </li>
  );
};

const TileMap = (props: { title: string; lines: readonly ValueLine[]; figure: Figure }) => {
  const { t } = useWords();
  const { title, lines, figure } = props;
  const byCode = new Map(lines.map((line) => [line.series as string, line]));
  const all = lines.flatMap((line) => {
    const shown = line.series.startsWith('district:') ? line[figure] : null;
    return shown === null ? [] : [Number(shown)];
  });
  return (
    <div>
      <h3>{title}</h3>
      <ul className="map-tiles">
        {TILE_GRID.map((place) =>
          place === 'note' || place === 'legend' ? (
            <li key={place} className="map-note">
              {place === 'note' ? t.tileNote : t.levelText}
            </li>
          ) : (
            <Tile
              key={place}
              code={place}
              line={byCode.get(`district:${place}`)}
              figure={figure}
              all={all}
            />
          ),
        )}
      </ul>
    </div>
  );
};

/** The ten districts twice: against their own past, and against each other now. */
export const DistrictMaps = ({ lines }: { lines: readonly ValueLine[] }) => {
  const { w } = useAreaWords(indicesWords);
  const districts = lines.filter(({ series }) => series.startsWith('district:'));
  if (districts.length === 0) return <p className="hint">{w.mapNone}</p>;
  return (
    <div className="maps">
      <TileMap title={w.mapChange} lines={districts} figure="value" />
      <TileMap title={w.mapState} lines={districts} figure="state" />
    </div>
  );
};
