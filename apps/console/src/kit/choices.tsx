import { addressWith, Link, useParameter } from '../place.tsx';

export interface Choice {
  /** Value of the parameter; null is the default and leaves the address without it. */
  readonly value: string | null;
  readonly label: string;
  readonly count?: number | string;
}

/** Chips that set one parameter of the address: a filter or a tab that a link carries along. */
export const Choices = (props: {
  label: string;
  parameter: string;
  choices: readonly Choice[];
}) => {
  const [now] = useParameter(props.parameter);
  return (
    <nav className="choices" aria-label={props.label}>
      {props.choices.map((choice) => (
        <Link
          key={choice.value ?? ''}
          to={addressWith(props.parameter, choice.value)}
          className={now === choice.value ? 'choice is-chosen' : 'choice'}
          current={now === choice.value}
        >
          {choice.label}
          {choice.count === undefined ? null : <span className="choice-count">{choice.count}</span>}
        </Link>
      ))}
    </nav>
  );
};

/** The next page of a list that grows. */
export const More = (props: { has: boolean; busy: boolean; label: string; onMore: () => void }) =>
  props.has ? (
    <p className="more">
      <button type="button" className="outlined" disabled={props.busy} onClick={props.onMore}>
        {props.label}
      </button>
    </p>
  ) : null;
