import type { LocalMonth } from '@jishi/contracts/time';
import type { Family } from '../domain/index/family/family-state.ts';
import type { Frame } from '../domain/index/family/frames.ts';
import { type Series, seriesOf } from '../domain/index/family/series.ts';
import type { ValueLine } from '../domain/index/family/value-lines.ts';
import { runningMonth } from './index-asked.ts';
import type { IndexDeps } from './index-deps.ts';

/** Makes the frames that all readers of a view share. */
export interface FrameMaker {
  /** Computes everything once, before the first frame. */
  readonly begin: () => Promise<void>;
  /** All lines as they were last told. */
  readonly whole: () => Frame;
  /** What has moved since the last frame; null: nothing. */
  readonly next: () => Promise<Frame | null>;
  /** Whether lines are left that one frame had no time for. */
  readonly hasMore: () => boolean;
}

/** Told lines with their text: a line is told again when its text is another. */
const createTold = () => {
  const lines = new Map<string, { readonly line: ValueLine; readonly text: string }>();
  return {
    /** True where it is news. */
    tell: (line: ValueLine): boolean => {
      const text = JSON.stringify(line);
      if (lines.get(line.series)?.text === text) return false;
      lines.set(line.series, { line, text });
      return true;
    },
    lines: () => [...lines.values()].map(({ line }) => line),
  };
};

/** Time that one frame may take for computing; what is left comes with the next. */
const FRAME_WORK_MS = 8;
/** The rest follows in what a frame has left of this, one series at least: no news wait for it. */
const REST_WORK_MS = 3;

/**
 * Exact frames. The city and the cells that an event touched come first. The state index of every
 * other cell moves with the city too: it follows, as far as the time of a frame allows.
 */
export const exactFrames = (
  { family, values }: IndexDeps,
  nowMs: () => number = () => performance.now(),
): FrameMaker => {
  const all = seriesOf(family.method);
  const told = createTold();
  const due = new Set<Series>();
  const later = new Set<Series>();
  let seq = 0;
  let recordedAt: string | null = null;
  let month: LocalMonth = '';
  let events: readonly number[] = [];

  const look = (at: Family): void => {
    const touched = family.touchedSince(seq);
    // Another month runs, or the log was restored to an earlier head.
    const isNewMonth = runningMonth(at) !== month || at.market.seq < seq;
    const isMoved = touched.cells === null || touched.cells.size > 0 || isNewMonth;
    for (const series of all) {
      if (isNewMonth || !touched.cells || touched.cells.has(series.cell)) due.add(series);
      else if (isMoved && !series.isCity) later.add(series);
    }
    events = [...events, ...touched.contractSeqs];
    [seq, month, recordedAt] = [at.market.seq, runningMonth(at), at.market.recordedAt];
  };

  const [headline] = all;
  /** The headline at once, then what was touched. */
  const takeDue = (): Series | undefined => {
    const [touched] = due;
    const series = headline && due.has(headline) ? headline : touched;
    if (!series) return undefined;
    due.delete(series);
    later.delete(series);
    return series;
  };
  const takeLater = (): Series | undefined => {
    const [rest] = later;
    if (rest) later.delete(rest);
    return rest;
  };

  const compute = (at: Family): ValueLine[] => {
    const news: ValueLine[] = [];
    const begunMs = nowMs();
    const tell = (series: Series): void => {
      const line = values.line(at, series, month);
      if (told.tell(line)) news.push(line);
    };
    while (due.size > 0 && nowMs() < begunMs + FRAME_WORK_MS) {
      const series = takeDue();
      if (series) tell(series);
    }
    if (due.size > 0) return news;
    do {
      const series = takeLater();
      if (!series) break;
      tell(series);
    } while (nowMs() < begunMs + REST_WORK_MS);
    return news;
  };

  return {
    begin: async () => {
      await values.prepare(family.latest, [runningMonth(family.latest())]);
      const at = family.latest();
      look(at);
      for (const series of all) told.tell(values.line(at, series, month));
      due.clear();
      later.clear();
      events = [];
    },
    whole: () => ({ seq, recordedAt, values: told.lines(), events: [] }),
    next: async () => {
      const at = family.latest();
      look(at);
      const frame = { seq, recordedAt, values: compute(at), events };
      events = [];
      return frame.values.length + frame.events.length === 0 ? null : frame;
    },
    hasMore: () => due.size + later.size > 0,
  };
};

/** Public frames: the city's running month as of each public step. */
export const publicFrames = ({ shown, index }: IndexDeps): FrameMaker => {
  const told = createTold();
  let seq = -1;
  let recordedAt: string | null = null;

  const next = async (): Promise<Frame | null> => {
    if (index.published().seq === seq) return null;
    const { head, running } = await shown.step();
    [seq, recordedAt] = [head.seq, head.recordedAt];
    return told.tell(running) ? { seq, recordedAt, values: [running], events: [] } : null;
  };

  return {
    next,
    begin: async () => {
      await next();
    },
    whole: () => ({ seq: Math.max(seq, 0), recordedAt, values: told.lines(), events: [] }),
    hasMore: () => false,
  };
};
