import type { RegistrationReason } from '@jishi/contracts/ledger/registration-rules';
import { type KeyboardEvent, useId, useState } from 'react';
import { useAreaWords } from '../../../words/area.ts';
import { fill, type Language } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';

const NOTE_MAX = 500;
const DIGIT_KEYS = 9;

export interface GivenReason {
  readonly code: string;
  readonly note: string;
}

/** Chosen reasons by code, with the sentence that the parties read, as the officer leaves it. */
export type Chosen = ReadonlyMap<string, string>;

export const useChosen = (language: Language) => {
  const [chosen, setChosen] = useState<Chosen>(new Map());
  return {
    chosen,
    toggle: (reason: RegistrationReason): void => {
      const next = new Map(chosen);
      if (!next.delete(reason.code)) next.set(reason.code, reason[language]);
      setChosen(next);
    },
    write: (code: string, note: string): void =>
      setChosen(new Map(chosen).set(code, note.slice(0, NOTE_MAX))),
  };
};
export type Choosing = ReturnType<typeof useChosen>;

/** In the order of the list, whatever the order of choosing was. */
export const givenOf = (
  reasons: readonly RegistrationReason[],
  chosen: Chosen,
): readonly GivenReason[] =>
  reasons.flatMap(({ code }) => {
    const note = chosen.get(code);
    return note === undefined ? [] : [{ code, note: note.trim() }];
  });

/** Digits choose the first nine reasons while the focus is on one of the boxes. */
const chooseByDigit =
  (reasons: readonly RegistrationReason[], toggle: Choosing['toggle']) =>
  (event: KeyboardEvent): void => {
    const reason = reasons[Number(event.key) - 1];
    if (!/^[1-9]$/.test(event.key) || event.nativeEvent.isComposing || !reason) return;
    if (event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    toggle(reason);
  };

/** Several reasons of the published list, each with its sentence to edit. */
export const ReasonPicker = (props: {
  reasons: readonly RegistrationReason[];
  choosing: Choosing;
  /** True once somebody tried to go on without a reason. */
  missing: boolean;
}) => {
  const { w, language } = useAreaWords(registryWords);
  const id = useId();
  const { reasons, choosing } = props;
  const { chosen, toggle, write } = choosing;
  const missing = props.missing && chosen.size === 0;
  return (
    <fieldset
      className="reasons"
      aria-describedby={missing ? `${id}-missing` : undefined}
      onKeyDown={chooseByDigit(reasons, toggle)}
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
      {missing ? (
        <p id={`${id}-missing`} role="alert" className="field-error">
          {w.reasonMissing}
        </p>
      ) : null}
    </fieldset>
  );
};
