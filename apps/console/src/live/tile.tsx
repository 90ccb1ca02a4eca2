import type { DistrictCode } from '@jishi/contracts/codes';
import type { ValueLine } from '@jishi/contracts/ledger/index-family';
import type { LiveSnapshot } from '@jishi/contracts/ledger/live';
import { changeOf } from '../format/change.ts';
import { districtFullName, regionName } from '../format/names.ts';
import { Link } from '../place.tsx';
import { shortReason } from '../words/part-name.ts';
import { fill, useWords } from '../words/words.tsx';
import { cellText } from './cell-text.ts';
import { ChangeMark } from './change-mark.tsx';
import { basisPoints } from './printed.ts';
import { type Level, levelOf } from './tile-grid.ts';

type DistrictNow = LiveSnapshot['districts'][number];
type Point = NonNullable<DistrictNow['point']>;

/** What a tile shows: the closed window, or where frames are followed the running one. */
export interface TileFigures {
  readonly point: Point | null;
  readonly changeBp: number | null;
  /** In the exact view: why the public would not see it. */
  readonly withheld: ValueLine['hidden'];
}

export const tileFigures = (
  now: DistrictNow | undefined,
  running: ValueLine | undefined,
): TileFigures => {
  const closed = now?.point ?? null;
  if (!running?.value || !running.provisional) {
    return { point: closed, changeBp: now?.monthOnMonthBp ?? null, withheld: null };
  }
  return {
    point: {
      ...{ month: running.period, state: 'defined', value: running.value },
      ...{ reason: null, provisional: true },
    },
    changeBp: closed?.value ? basisPoints(closed.value, running.value) : null,
    withheld: running.hidden,
  };
};

/** `1529.3` and `−14.4%`: what a line of a tile was drawn for. */
const LENGTH_USUAL = 12;

const isLong = (value: string, change: number | null): boolean =>
  value.length + (change === null ? 0 : changeOf(change).text.length) > LENGTH_USUAL;

const useTitle = (code: DistrictCode, now: DistrictNow | undefined, figures: TileFigures) => {
  const { language, t } = useWords();
  const { more } = cellText(figures.point, t);
  const { withheld } = figures;
  return [
    `${districtFullName(code, language)} ${more}`,
    ...(now?.stateIndex ? [fill(t.stateMeaning, { value: now.stateIndex })] : []),
    ...(now?.grade ? [t[`grade.${now.grade}`]] : []),
    ...(withheld ? [fill(t.notPublic, { reason: t[`reason.${withheld}`] })] : []),
  ].join(' · ');
};

const levelClass = (point: Point | null, values: readonly number[]): `level-${Level | 'none'}` =>
  point?.value ? `level-${levelOf(Number(point.value), values)}` : 'level-none';

/** One district: its value and change, or in hatching the reason why there is none. */
export const Tile = (props: {
  code: DistrictCode;
  now: DistrictNow | undefined;
  figures: TileFigures;
  values: readonly number[];
  linked: boolean;
  /** Sequence of the frame that just moved it. */
  movedAt: number | null;
}) => {
  const { code, now, figures, values, linked, movedAt } = props;
  const { language, t } = useWords();
  const { point, changeBp } = figures;
  const { text, defined } = cellText(point, t);
  const classes = [
    'tile',
    levelClass(point, values),
    ...(defined && isLong(text, changeBp) ? ['long'] : []),
    ...(movedAt === null ? [] : ['moved']),
    ...(figures.withheld ? ['withheld'] : []),
  ];
  const content = (
    <>
      <span className="tile-name">{regionName(code, language, t)}</span>
      {defined ? <span className="tile-value">{text}</span> : null}
      {point?.state === 'hidden' && point.reason !== 'not-published' && !defined ? (
        <span className="tile-why">{text}</span>
      ) : null}
      <span className="tile-change">
        {defined ? (
          <ChangeMark basisPoints={changeBp} />
        ) : point?.reason ? (
          shortReason(point.reason, t)
        ) : (
          text
        )}
      </span>
    </>
  );
  return (
    <li className={classes.join(' ')} title={useTitle(code, now, figures)}>
      {linked ? (
        <Link className="tile-body" to={`/indices?cell=district:${code}`}>
          {content}
        </Link>
      ) : (
        <div className="tile-body">{content}</div>
      )}
    </li>
  );
};
