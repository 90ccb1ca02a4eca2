import { dayOf } from '../../../format/moment.ts';
import { useParameter } from '../../../place.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

const Options = ({ options }: { options: readonly Option[] }) => (
  <>
    {options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </>
);

/** A day in the address, or none; `clear` says what none means. */
export const DayChooser = (props: { label: string; name: string; clear: string }) => {
  const [day, set] = useParameter(props.name);
  return (
    <>
      <label className="chooser">
        <span>{props.label}</span>
        <input
          type="date"
          max={dayOf(Date.now())}
          value={day ?? ''}
          onChange={(event) => set(event.target.value || null)}
        />
      </label>
      {day ? (
        <button type="button" className="quiet" onClick={() => set(null)}>
          {props.clear}
        </button>
      ) : null}
    </>
  );
};

/** One parameter of the address, chosen from a list. */
export const Chooser = (props: {
  label: string;
  name: string;
  value: string;
  options?: readonly Option[];
  groups?: readonly OptionGroup[];
}) => {
  const [, set] = useParameter(props.name);
  return (
    <label className="chooser">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => set(event.target.value)}>
        <Options options={props.options ?? []} />
        {(props.groups ?? []).map(({ label, options }) => (
          <optgroup key={label} label={label}>
            <Options options={options} />
          </optgroup>
        ))}
      </select>
    </label>
  );
};
