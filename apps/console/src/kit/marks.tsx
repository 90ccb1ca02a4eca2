import type { ReactNode } from 'react';

/** `ok` 达到, `warn` △, `bad` ×, `info` neutral with colour, `draft` 草案, `plain` no colour. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'draft' | 'plain';

/** The shape that carries the meaning where colours are not seen. */
const SIGNS: Readonly<Record<Tone, string>> = {
  ok: '✓',
  warn: '△',
  bad: '×',
  info: '',
  draft: '',
  plain: '',
};

export const Tag = (props: { tone: Tone; title?: string; children: ReactNode }) => (
  <span className={`tag tag-${props.tone}`} title={props.title}>
    {SIGNS[props.tone] ? <span aria-hidden="true">{SIGNS[props.tone]} </span> : null}
    {props.children}
  </span>
);

export interface Step {
  readonly label: string;
  readonly note?: ReactNode;
  readonly state: 'done' | 'now' | 'next' | 'stopped';
}

/** Where a record stands on its way: 材料齐备 → 初审 → … */
export const Steps = (props: { label: string; steps: readonly Step[] }) => (
  <ol className="steps" aria-label={props.label}>
    {props.steps.map((step, i) => (
      <li
        key={step.label}
        className={`step step-${step.state}`}
        aria-current={step.state === 'now' ? 'step' : undefined}
      >
        <span className="step-dot" aria-hidden="true">
          {step.state === 'done' ? '✓' : step.state === 'stopped' ? '×' : i + 1}
        </span>
        <span className="step-text">
          {step.label}
          {step.note ? <span className="step-note">{step.note}</span> : null}
        </span>
      </li>
    ))}
  </ol>
);

export interface Segment {
  readonly label: string;
  /** Any unit; shares are computed from the sum. */
  readonly size: bigint;
  readonly look: 'used' | 'this' | 'over' | 'free';
}

/** One stacked bar with words inside: a cap, a clock, a quality. Read aloud by `text`. */
export const StackBar = (props: { segments: readonly Segment[]; text: string }) => {
  const whole = props.segments.reduce((sum, segment) => sum + segment.size, 0n);
  if (whole === 0n) return null;
  return (
    <div className="stack-bar" role="img" aria-label={props.text}>
      {props.segments
        .filter((segment) => segment.size > 0n)
        .map((segment) => (
          <span
            key={segment.label}
            className={`stack-${segment.look}`}
            style={{ flexGrow: Number((segment.size * 10_000n) / whole) }}
          >
            {segment.label}
          </span>
        ))}
    </div>
  );
};
