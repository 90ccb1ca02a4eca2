import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Trouble } from '../../../api/trouble.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { Skeleton } from '../../../states.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';
import type { GivenReason } from './use-decision.ts';

const NOTE_MAX = 500;
const DIGIT_KEYS = 9;

interface ReasonFormProps {
  readonly title: string;
  readonly hint: string;
  /** The verb of the act, as on the button that opened this. */
  readonly act: string;
  readonly reasons: readonly RegistrationReason[] | undefined;
  readonly busy: boolean;
  readonly trouble: Trouble | null;
  readonly onGive: (reasons: readonly GivenReason[]) => void;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
}

/** Chosen reasons with the sentence that goes to the parties, as the officer leaves it. */
const useChosen = (language: 'zh' | 'en') => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const toggle = (reason: RegistrationReason): void => {
    const next = new Map(chosen);
    if (!next.delete(reason.code)) next.set(reason.code, reason[language]);
    setChosen(next);
  };
  const write = (code: string, note: string): void =>
    setChosen(new Map(chosen).set(code, note.slice(0, NOTE_MAX)));
  return { chosen, toggle, write };
};

/** Several reasons of the list, each with an editable sentence; digits choose, Enter sends. */
export const ReasonForm = (props: ReasonFormProps) => {
  const { w, language } = useAreaWords(registryWords);
  const { t } = useWords();
  const { chosen, toggle, write } = useChosen(language);
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { reasons } = props;
  const ready = reasons !== undefined;
  useEffect(() => {
    if (ready) form.current?.querySelector('input')?.focus();
  }, [ready]);
  if (!reasons) return <Skeleton />;
  const send = (): void => {
    const given = reasons.flatMap(({ code }) => {
      const note = chosen.get(code);
      return note === undefined ? [] : [{ code, note: note.trim() }];
    });
    if (given.length === 0) setMissing(true);
    else props.onGive(given);
  };
  const byDigit = (event: KeyboardEvent): void => {
    const reason = reasons[Number(event.key) - 1];
    if (!/^[1-9]$/.test(event.key) || event.nativeEvent.isComposing || !reason) return;
    if (event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    toggle(reason);
  };
  return (
    <form
      ref={form}
      className="reason-form"
      aria-label={props.title}
      onKeyDown={byDigit}
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy) send();
      }}
    >
      <h2>{props.title}</h2>
      <p className="hint">{props.hint}</p>
      {props.trouble ? <TroubleNotice trouble={props.trouble} /> : null}
      {props.children}
      <fieldset
        className="reasons"
        aria-describedby={missing && chosen.size === 0 ? `${id}-missing` : undefined}
      >
        <legend>{w.reasonsLegend}</legend>
        {reasons.map((reason, i) => (
          <div key={reason.code} className="reason">
            <label>
              <input
                type="checkbox"
                checked={chosen.has(reason.code)}
                onChange={() => toggle(reason)}
              />
              {i < DIGIT_KEYS ? (
                <span className="key" aria-hidden="true">
                  {i + 1}
                </span>
              ) : null}
              {reason[language]}
            </label>
            {chosen.has(reason.code) ? (
              <textarea
                rows={2}
                maxLength={NOTE_MAX}
                aria-label={fill(w.reasonSentence, { reason: reason[language] })}
                value={chosen.get(reason.code)}
                onChange={(event) => write(reason.code, event.target.value)}
              />
            ) : null}
          </div>
        ))}
      </fieldset>
      {missing && chosen.size === 0 ? (
        <p id={`${id}-missing`} role="alert" className="field-error">
          {w.reasonMissing}
        </p>
      ) : null}
      <div className="form-actions">
        <BusyButton submits busy={props.busy}>
          {chosen.size > 0 ? fill(w.actWithReasons, { act: props.act, n: chosen.size }) : props.act}
        </BusyButton>
        <button type="button" className="outlined" onClick={props.onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
};
