import type { ReactNode } from 'react';

export interface MarkSpan {
  readonly start: number;
  readonly end: number;
}

const EXCERPT_BEFORE = 24;

/** A text with the phrases marked that were matched or understood. */
export const Marked = (props: { text: string; marks: readonly MarkSpan[] }): ReactNode => {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of [...props.marks].sort((a, b) => a.start - b.start)) {
    if (start < at || end > props.text.length) continue;
    parts.push(props.text.slice(at, start));
    parts.push(<mark key={start}>{props.text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(props.text.slice(at));
  return <>{parts}</>;
};

/** Some characters of a text around its first mark; from the beginning when nothing is marked. */
export const Excerpt = (props: {
  text: string;
  marks: readonly MarkSpan[];
  length: number;
}): ReactNode => {
  const first = props.marks[0]?.start ?? 0;
  const from = first < props.length ? 0 : first - EXCERPT_BEFORE;
  const to = Math.min(props.text.length, from + props.length);
  const marks = props.marks
    .filter((mark) => mark.start >= from && mark.end <= to)
    .map((mark) => ({ start: mark.start - from, end: mark.end - from }));
  return (
    <>
      {from > 0 ? '…' : ''}
      <Marked text={props.text.slice(from, to)} marks={marks} />
      {to < props.text.length ? '…' : ''}
    </>
  );
};
