import { shortIndex } from '../../../format/change.ts';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { publicWords } from './words.ts';

export interface LinePoint {
  readonly month: string;
  readonly value: string | null;
}

const WIDTH = 720;
const HEIGHT = 200;
const PAD = { left: 48, right: 64, top: 16, bottom: 28 };

interface Place {
  readonly x: number;
  readonly y: number;
  readonly point: LinePoint;
}

/** A gap in the line where a month has no value, instead of a guess across it. */
const pathOf = (places: readonly (Place | null)[]): string => {
  let path = '';
  let isOpen = false;
  for (const place of places) {
    if (!place) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${place.x.toFixed(1)} ${place.y.toFixed(1)}`;
    isOpen = true;
  }
  return path;
};

const scaleOf = (values: readonly number[]) => {
  const low = Math.min(1_000, ...values);
  const high = Math.max(1_000, ...values);
  const margin = Math.max(1, (high - low) * 0.1);
  return { low: low - margin, high: high + margin };
};

/** Published values by month: base line, last value at the line's end, one colour, no fill. */
export const SeriesLine = (props: { cellName: string; points: readonly LinePoint[] }) => {
  const { w } = useAreaWords(publicWords);
  const { points } = props;
  const shown = points.flatMap((point) => (point.value === null ? [] : [Number(point.value)]));
  if (shown.length < 2) return <p className="hint">{w.lineEmpty}</p>;
  const { low, high } = scaleOf(shown);
  const xOf = (at: number): number =>
    PAD.left + (at / Math.max(1, points.length - 1)) * (WIDTH - PAD.left - PAD.right);
  const yOf = (value: number): number =>
    PAD.top + ((high - value) / (high - low)) * (HEIGHT - PAD.top - PAD.bottom);
  const places = points.map((point, at): Place | null =>
    point.value === null ? null : { x: xOf(at), y: yOf(Number(point.value)), point },
  );
  const last = places.findLast((place) => place !== null);
  const label = fill(w.lineText, {
    cell: props.cellName,
    from: points[0]?.month ?? '',
    to: points.at(-1)?.month ?? '',
    low: Math.min(...shown).toFixed(1),
    high: Math.max(...shown).toFixed(1),
    last: last?.point.value ?? '',
  });
  return (
    <figure className="series-line">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <line
          className="base"
          x1={PAD.left}
          x2={WIDTH - PAD.right}
          y1={yOf(1_000)}
          y2={yOf(1_000)}
        />
        <text x={PAD.left - 6} y={yOf(1_000) + 4} textAnchor="end">
          1000
        </text>
        <path d={pathOf(places)} />
        {last ? (
          <>
            <circle cx={last.x} cy={last.y} r={4} />
            <text className="last" x={last.x + 8} y={last.y + 5}>
              {shortIndex(last.point.value ?? '')}
            </text>
          </>
        ) : null}
        <text x={PAD.left} y={HEIGHT - 8}>
          {points[0]?.month}
        </text>
        <text x={WIDTH - PAD.right} y={HEIGHT - 8} textAnchor="end">
          {points.at(-1)?.month}
        </text>
      </svg>
      <figcaption className="hint">
        {w.base} · {w.axis}
      </figcaption>
    </figure>
  );
};
