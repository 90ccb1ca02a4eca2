import { type ReactNode, useId, useState } from 'react';
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form';
import { exactYuan } from '../format/amount.ts';
import { useWords } from '../words/words.tsx';
import { fenOfText, textOfFen } from './text.ts';

interface FieldProps<V extends FieldValues> {
  readonly control: Control<V>;
  readonly name: FieldPath<V>;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly disabled?: boolean;
  /** After the reader leaves the field: check a number, save a draft. */
  readonly onLeave?: () => void;
}

interface Wired {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

/** Label, control, hint and error of one field, tied together for screen readers. */
export const FieldFrame = (props: {
  label: string;
  hint?: ReactNode;
  error: string | undefined;
  optional?: boolean;
  children: (wired: Wired) => ReactNode;
}) => {
  const { t } = useWords();
  const id = useId();
  const described = [props.hint ? `${id}-hint` : null, props.error ? `${id}-error` : null];
  return (
    <div className="field">
      <label htmlFor={id}>
        {props.label}
        {props.optional ? <span className="hint"> {t.optional}</span> : null}
      </label>
      {props.children({
        id,
        'aria-invalid': props.error ? true : undefined,
        'aria-describedby': described.filter(Boolean).join(' ') || undefined,
      })}
      {props.hint ? (
        <p id={`${id}-hint`} className="hint">
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p id={`${id}-error`} className="field-error">
          {props.error}
        </p>
      ) : null}
    </div>
  );
};

interface TextProps<V extends FieldValues> extends FieldProps<V> {
  readonly kind?: 'text' | 'email' | 'date' | 'number' | 'tel';
  readonly lines?: number;
  readonly maxLength?: number;
}

/** A line or, with `lines`, several lines of text; also a day (`kind="date"`). */
export function TextField<V extends FieldValues>(props: TextProps<V>): ReactNode {
  const { field, fieldState } = useController({ control: props.control, name: props.name });
  const shared = {
    ...field,
    value: field.value ?? '',
    disabled: props.disabled,
    maxLength: props.maxLength,
    onBlur: () => {
      field.onBlur();
      props.onLeave?.();
    },
  };
  return (
    <FieldFrame {...props} error={fieldState.error?.message}>
      {(wired) =>
        props.lines ? (
          <textarea {...shared} {...wired} rows={props.lines} />
        ) : (
          <input {...shared} {...wired} type={props.kind ?? 'text'} />
        )
      }
    </FieldFrame>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** One of a list. An empty choice stands first unless `none` is null. */
export function SelectField<V extends FieldValues>(
  props: FieldProps<V> & { options: readonly Option[]; none?: string | null },
): ReactNode {
  const { t } = useWords();
  const { field, fieldState } = useController({ control: props.control, name: props.name });
  return (
    <FieldFrame {...props} error={fieldState.error?.message}>
      {(wired) => (
        <select
          {...field}
          {...wired}
          value={field.value ?? ''}
          disabled={props.disabled}
          onBlur={() => {
            field.onBlur();
            props.onLeave?.();
          }}
        >
          {props.none === null ? null : <option value="">{props.none ?? t.chooseOne}</option>}
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

/** Several of a list (`many`), or one by radio buttons, all of it in sight. */
export function ChoiceField<V extends FieldValues>(
  props: FieldProps<V> & { options: readonly Option[]; many?: boolean },
): ReactNode {
  const { t } = useWords();
  const { field, fieldState } = useController({ control: props.control, name: props.name });
  const id = useId();
  const chosen: readonly string[] = props.many ? (field.value ?? []) : [field.value];
  const set = (value: string, on: boolean): void => {
    if (!props.many) field.onChange(value);
    else field.onChange(on ? [...chosen, value] : chosen.filter((v) => v !== value));
    props.onLeave?.();
  };
  return (
    <fieldset
      className="field choice-field"
      aria-describedby={fieldState.error ? `${id}-error` : undefined}
    >
      <legend>
        {props.label}
        {props.optional ? <span className="hint"> {t.optional}</span> : null}
      </legend>
      <div className="choice-list">
        {props.options.map((option) => (
          <label key={option.value}>
            <input
              type={props.many ? 'checkbox' : 'radio'}
              name={props.many ? undefined : id}
              checked={chosen.includes(option.value)}
              disabled={props.disabled}
              onChange={(event) => set(option.value, event.target.checked)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {props.hint ? <p className="hint">{props.hint}</p> : null}
      {fieldState.error ? (
        <p id={`${id}-error`} className="field-error">
          {fieldState.error.message}
        </p>
      ) : null}
    </fieldset>
  );
}

/** One box to tick: a declaration or a setting. */
export function TickField<V extends FieldValues>(props: FieldProps<V>): ReactNode {
  const { field, fieldState } = useController({ control: props.control, name: props.name });
  return (
    <div className="field tick-field">
      <label>
        <input
          type="checkbox"
          checked={Boolean(field.value)}
          disabled={props.disabled}
          onChange={(event) => field.onChange(event.target.checked)}
        />
        {props.label}
      </label>
      {props.hint ? <p className="hint">{props.hint}</p> : null}
      {fieldState.error ? <p className="field-error">{fieldState.error.message}</p> : null}
    </div>
  );
}

/**
 * An amount, typed in 万元 or 元; the form holds whole fen as a decimal string, or '' for nothing.
 * What is typed but is no amount stays in the field and is said below it.
 */
export function MoneyField<V extends FieldValues>(props: FieldProps<V>): ReactNode {
  const { t } = useWords();
  const { field, fieldState } = useController({ control: props.control, name: props.name });
  const [unit, setUnit] = useState<'wan' | 'yuan'>('wan');
  const held: string = field.value ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (/^\d+$/.test(held) ? textOfFen(BigInt(held), unit) : held);
  const isAmount = /^\d+$/.test(held);
  const type = (text: string, as: 'wan' | 'yuan'): void => {
    setTyped(text);
    setUnit(as);
    const fen = fenOfText(text, as);
    field.onChange(fen === null ? text.trim() : fen.toString());
  };
  const wrong = shown.trim() !== '' && !isAmount ? t.amountForm : undefined;
  const exact = isAmount ? `${exactYuan(BigInt(held))} ${t['unit.yuan']}` : null;
  const hint = [exact, props.hint].filter(Boolean);
  return (
    <FieldFrame
      {...props}
      hint={hint.length > 0 ? hint.map((part, i) => <span key={String(i)}>{part} </span>) : null}
      error={fieldState.error?.message ?? wrong}
    >
      {(wired) => (
        <span className="money">
          <input
            {...wired}
            ref={field.ref}
            name={field.name}
            inputMode="decimal"
            value={shown}
            disabled={props.disabled}
            onChange={(event) => type(event.target.value, unit)}
            onBlur={() => {
              field.onBlur();
              props.onLeave?.();
            }}
          />
          <select
            aria-label={t.unitOfAmount}
            value={unit}
            disabled={props.disabled}
            onChange={(event) => type(shown, event.target.value === 'yuan' ? 'yuan' : 'wan')}
          >
            <option value="wan">{t.wanOfYuan}</option>
            <option value="yuan">{t['unit.yuan']}</option>
          </select>
        </span>
      )}
    </FieldFrame>
  );
}
