import type { SeriesKey, ValueLine, ValuesFrame } from '@jishi/contracts/ledger/index-family';
import type { IndexPoint, LiveSnapshot } from '@jishi/contracts/ledger/live';

/** A value that moved: what was shown before, and what is shown now. */
export interface Move {
  readonly series: SeriesKey;
  readonly before: string;
  readonly after: string;
  /** The frame that moved it last. */
  readonly seq: number;
}

/** The running values of the family, as the exact view follows them. */
export interface ValuesState {
  /** Sequence of the newest frame; 0 before the first. */
  readonly seq: number;
  readonly lines: ReadonlyMap<SeriesKey, ValueLine>;
  /** What the newest event moved, over all the frames that followed from it. */
  readonly moves: readonly Move[];
  /** The log's sequence that moved it; 0 before the first move. */
  readonly movedBy: number;
}

export const NO_VALUES: ValuesState = { seq: 0, lines: new Map(), moves: [], movedBy: 0 };

/** City first, then as the frame has them: the order in which moves are told. */
const cityFirst = (a: Move, b: Move): number =>
  Number(b.series === 'city') - Number(a.series === 'city');

/**
 * The city and the cells of an event come at once, the others in the frames after it: one event's
 * moves stay together, and make way for those of the next event.
 */
const withMoves = (state: ValuesState, frame: ValuesFrame, moves: readonly Move[]) => {
  const event = Math.max(state.movedBy, ...frame.events);
  const isNext = event > state.movedBy;
  if (moves.length === 0) return { moves: state.moves, movedBy: state.movedBy };
  const together = new Map((isNext ? [] : state.moves).map((move) => [move.series, move]));
  for (const move of moves) {
    const before = together.get(move.series)?.before ?? move.before;
    together.set(move.series, { ...move, before });
  }
  return { moves: [...together.values()].sort(cityFirst), movedBy: event };
};

/**
 * Puts a frame into what is shown: only the cells that it names. A frame older than the one shown
 * is dropped, and a line of an earlier window than the one shown does not replace it.
 */
export const withFrame = (state: ValuesState, frame: ValuesFrame): ValuesState => {
  if (frame.seq < state.seq) return state;
  const lines = new Map(state.lines);
  const moves: Move[] = [];
  for (const line of frame.values) {
    const shown = lines.get(line.series);
    if (shown && shown.period > line.period) continue;
    lines.set(line.series, line);
    const sameWindow = shown?.period === line.period;
    if (sameWindow && shown.value !== null && line.value !== null && shown.value !== line.value) {
      const { series, value: after } = line;
      moves.push({ series, before: shown.value, after, seq: frame.seq });
    }
  }
  return { seq: frame.seq, lines, ...withMoves(state, frame, moves) };
};

const pointOf = (line: ValueLine): IndexPoint => ({
  month: line.period,
  state: line.value === null ? 'not-defined' : 'defined',
  value: line.value,
  reason: line.value === null ? line.reason : null,
  provisional: line.provisional,
});

/**
 * The snapshot with the newer running value of the city, if the frames are ahead of it: snapshots
 * are joined over some time, frames are not.
 */
export const withRunning = (snapshot: LiveSnapshot, { seq, lines }: ValuesState): LiveSnapshot => {
  const city = lines.get('city');
  if (!snapshot.exact || !city?.provisional || seq <= snapshot.asOf.seq) return snapshot;
  if (snapshot.running && snapshot.running.month > city.period) return snapshot;
  return { ...snapshot, running: pointOf(city) };
};
