import type { ValueLine } from './value-lines.ts';

/** What one frame of the stream of values says. */
export interface Frame {
  readonly seq: number;
  readonly recordedAt: string | null;
  readonly values: readonly ValueLine[];
  readonly events: readonly number[];
}

/** Two frames as one: of each series the later line, and all events. */
export const mergeFrames = (first: Frame, second: Frame): Frame => {
  const values = new Map([...first.values, ...second.values].map((line) => [line.series, line]));
  return {
    ...{ seq: second.seq, recordedAt: second.recordedAt, values: [...values.values()] },
    events: [...first.events, ...second.events],
  };
};
